// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run would do with the source's next records, found out without doing any of it.
 *
 * <p>Holds personal data (mailbox addresses, the users without one): shown to whoever may see the status log, never logged.
 *
 * @param connector the connector's name
 * @param records how many records were read
 * @param replayed how many of them the ledger knows already, or came twice: they would be skipped
 * @param heldByReason how many records would be held, by reason
 * @param excludedByRule how many items would be excluded, by rule
 * @param messages what would be staged
 * @param users who would get it
 * @param deliveriesByMailbox how many messages each mailbox would get, by its primary address
 * @param more whether the source has more than was read
 * @param problems what couldn't be found out; no personal data
 */
public record PreviewReport(
        String connector,
        long records,
        long replayed,
        Map<String, Long> heldByReason,
        Map<String, Long> excludedByRule,
        Messages messages,
        Users users,
        Map<String, Long> deliveriesByMailbox,
        boolean more,
        List<String> problems) {

    /**
     * The emails.
     *
     * @param count how many
     * @param bytes of all emails together; each is staged once
     * @param largestBytes of the largest email
     * @param partial how many lack attachments that are over the size policy
     * @param attachmentsLeftOut how many attachments those are
     * @param bytesLeftOut how many bytes those have
     * @param tooLarge how many emails are larger than the mailboxes take: each of their deliveries would be held
     */
    public record Messages(
            long count,
            long bytes,
            long largestBytes,
            long partial,
            long attachmentsLeftOut,
            long bytesLeftOut,
            long tooLarge) {}

    /**
     * The participants, each counted for every message.
     *
     * @param participants how many there are
     * @param mappedByRule how many have a mailbox, by the rule that found it
     * @param external how many are nobody of the firm's
     * @param unmapped the users without a mailbox, each once
     * @param heldByReason how many would be held, by reason
     * @param unanswered of how many nobody knows, because the directory didn't answer
     * @param messagesOfNobody how many messages would be in no mailbox at all
     */
    public record Users(
            long participants,
            Map<String, Long> mappedByRule,
            long external,
            List<UnmappedUser> unmapped,
            Map<String, Long> heldByReason,
            long unanswered,
            long messagesOfNobody) {
        public Users {
            mappedByRule = copy(mappedByRule);
            unmapped = List.copyOf(unmapped);
            heldByReason = copy(heldByReason);
        }

        /** The numbers. */
        @Override
        public String toString() {
            return "Users[" + participants + " participants, " + unmapped.size() + " users unmapped]";
        }
    }

    /**
     * A user who ought to have a mailbox.
     *
     * @param sourceUserId the user's address or number as the source gave it
     * @param reason why none was found
     * @param messages of how many messages
     */
    public record UnmappedUser(String sourceUserId, String reason, long messages) {
        public UnmappedUser {
            Objects.requireNonNull(sourceUserId, "sourceUserId");
            Objects.requireNonNull(reason, "reason");
        }

        /** Shows the reason only. */
        @Override
        public String toString() {
            return "UnmappedUser[" + reason + "]";
        }
    }

    public PreviewReport {
        Objects.requireNonNull(connector, "connector");
        heldByReason = copy(heldByReason);
        excludedByRule = copy(excludedByRule);
        Objects.requireNonNull(messages, "messages");
        Objects.requireNonNull(users, "users");
        deliveriesByMailbox = copy(deliveriesByMailbox);
        problems = List.copyOf(problems);
    }

    /** How many records would be held. */
    public long held() {
        return sum(heldByReason);
    }

    /** How many items would be excluded. */
    public long excluded() {
        return sum(excludedByRule);
    }

    /** How many deliveries would be planned. */
    public long deliveries() {
        return sum(deliveriesByMailbox);
    }

    /** The numbers; {@code io.github.celltrustarchive.report.PreviewText} has the rest. */
    @Override
    public String toString() {
        return "PreviewReport[" + connector + ", " + records + " records: " + messages.count() + " messages, "
                + replayed
                + " replayed, " + held() + " held, " + excluded() + " excluded; " + deliveries() + " deliveries to "
                + deliveriesByMailbox.size() + " mailboxes, " + users.unmapped().size() + " users unmapped]";
    }

    private static long sum(Map<String, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> copy(Map<String, Long> numbers) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }
}
