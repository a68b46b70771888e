// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.util.List;
import java.util.Locale;

/** The state of all mailboxes for people. */
final class Summary {

    private Summary() {}

    static String of(SimulatedTenant tenant, Journal journal) {
        StringBuilder text = new StringBuilder();
        for (SimulatedUser user : tenant.users()) {
            tenant.mailboxOfUser(user).ifPresent(mailbox -> mailbox(text, user, mailbox));
        }
        for (String unexpected : journal.unexpected()) {
            text.append("unexpected: ").append(unexpected).append('\n');
        }
        return text.toString();
    }

    private static void mailbox(StringBuilder text, SimulatedUser user, SimulatedMailbox mailbox) {
        text.append(user.userPrincipalName()).append('\n');
        for (SimulatedFolder folder : mailbox.allFolders()) {
            List<SimulatedMessage> messages = mailbox.allMessages().stream()
                    .filter(message -> message.folderId().equals(folder.id()))
                    .toList();
            if (!messages.isEmpty() || !mailbox.wellKnown(folder.id())) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-32s %6d messages, %d drafts, %d attachments, %,d bytes%n",
                        mailbox.pathOf(folder),
                        messages.size(),
                        messages.stream().filter(SimulatedMessage::draft).count(),
                        messages.stream().mapToInt(m -> m.attachments().size()).sum(),
                        messages.stream().mapToLong(GraphJson::size).sum()));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "  %d requests, %d throttled, at most %d at once, %d named properties%n",
                mailbox.requests(),
                mailbox.throttled(),
                mailbox.mostInFlight(),
                mailbox.namedProperties().size()));
    }
}
