// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.PreviewReport.Messages;
import io.github.celltrustarchive.model.PreviewReport.UnmappedUser;
import io.github.celltrustarchive.model.PreviewReport.Users;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A {@link PreviewReport} as lines for people. What a source wrote stays on one line, with invisible characters shown as
 * escapes.
 */
public final class PreviewText {

    private static final int MAX_LINES = 20;

    private PreviewText() {}

    /** Writes the numbers, with reasons and rules; of each list the {@value #MAX_LINES} most frequent. No personal data. */
    public static void writeSummary(PreviewReport report, Appendable target) throws IOException {
        Messages messages = report.messages();
        Users users = report.users();
        line(target, "Records read", report.records() + (report.more() ? " (the source has more)" : ""));
        line(target, "Known already", report.replayed());
        line(target, "To be excluded", report.excluded());
        list(target, report.excludedByRule());
        line(target, "To be held", report.held());
        list(target, report.heldByReason());
        line(
                target,
                "Messages",
                messages.count() + ", " + messages.bytes() + " bytes, the largest " + messages.largestBytes()
                        + " bytes");
        if (messages.partial() > 0) {
            line(
                    target,
                    "Partial",
                    messages.partial() + ", without " + messages.attachmentsLeftOut() + " attachments of "
                            + messages.bytesLeftOut() + " bytes");
        }
        if (messages.tooLarge() > 0) {
            line(target, "Larger than mailboxes take", messages.tooLarge());
        }
        line(target, "Participants", users.participants());
        list(target, users.mappedByRule());
        line(target, "  external", users.external());
        if (users.unanswered() > 0) {
            line(target, "  the directory didn't answer", users.unanswered());
        }
        list(target, users.heldByReason());
        line(
                target,
                "Deliveries",
                report.deliveries() + " to " + report.deliveriesByMailbox().size() + " mailboxes");
        line(target, "Messages in no mailbox", users.messagesOfNobody());
        line(target, "Users without a mailbox", users.unmapped().size());
        for (String problem : report.problems()) {
            target.append("Problem: ").append(Cells.line(problem)).append('\n');
        }
    }

    /**
     * Writes the summary, then every user without a mailbox, and how many messages each mailbox would get: personal data.
     * Columns are separated by tabs.
     */
    public static void write(PreviewReport report, Appendable target) throws IOException {
        target.append("Preview of connector ").append(Cells.line(report.connector()));
        target.append(": nothing was written\n\n");
        writeSummary(report, target);
        if (!report.users().unmapped().isEmpty()) {
            target.append("\nUsers without a mailbox\nMessages\tUser\tReason\n");
            for (UnmappedUser user : report.users().unmapped()) {
                target.append(Long.toString(user.messages())).append('\t');
                target.append(Cells.line(user.sourceUserId())).append('\t');
                target.append(Cells.line(user.reason())).append('\n');
            }
        }
        if (!report.deliveriesByMailbox().isEmpty()) {
            target.append("\nMailboxes\nMessages\tMailbox\n");
            for (Map.Entry<String, Long> mailbox : report.deliveriesByMailbox().entrySet()) {
                target.append(mailbox.getValue().toString()).append('\t');
                target.append(Cells.line(mailbox.getKey())).append('\n');
            }
        }
    }

    private static void line(Appendable target, String words, Object value) throws IOException {
        target.append(words).append(": ").append(value.toString()).append('\n');
    }

    private static void list(Appendable target, Map<String, Long> numbers) throws IOException {
        List<Map.Entry<String, Long>> sorted = numbers.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<String, Long> entry : sorted.subList(0, Math.min(MAX_LINES, sorted.size()))) {
            line(target, "  " + Cells.line(entry.getKey()), entry.getValue());
        }
        if (sorted.size() > MAX_LINES) {
            target.append("  and ")
                    .append(Integer.toString(sorted.size() - MAX_LINES))
                    .append(" more\n");
        }
    }
}
