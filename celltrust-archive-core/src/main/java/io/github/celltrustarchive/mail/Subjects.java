// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Subjects such as {@code SMS from Ann Lee to Bob Ray and 2 others}. */
final class Subjects {

    private static final int MAX_KIND = 30;
    private static final int MAX_NAME = 60;
    private static final Map<String, String> KINDS = Map.of(
            "CHAT", "Chat",
            "CALL", "Call",
            "VOICEMAIL", "Voicemail",
            "RECEIPT", "Receipt",
            "EDIT", "Edit",
            "DELETE", "Deletion",
            "REACTION", "Reaction");

    private Subjects() {}

    static String of(SourceItem item) {
        StringBuilder subject = new StringBuilder(kind(item)).append(" from ").append(name(item.sender()));
        List<Participant> recipients = item.recipients();
        if (!recipients.isEmpty()) {
            subject.append(" to ").append(name(recipients.get(0)));
        }
        if (recipients.size() > 1) {
            int others = recipients.size() - 1;
            subject.append(" and ").append(others).append(others == 1 ? " other" : " others");
        }
        return subject.toString();
    }

    static String kind(SourceItem item) {
        String known = KINDS.get(item.kind().toUpperCase(Locale.ROOT));
        String kind =
                known != null ? known : CleanText.of(item.kind(), MAX_KIND).text();
        return kind.isEmpty() ? "Message" : kind;
    }

    private static String name(Participant participant) {
        String label = MailAddresses.label(participant);
        return label.length() <= MAX_NAME ? label : label.substring(0, Graphemes.cut(label, MAX_NAME)) + "…";
    }
}
