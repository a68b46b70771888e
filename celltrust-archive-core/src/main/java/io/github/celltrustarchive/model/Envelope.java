// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that mapping, delivery and reports need of a message without opening its EML.
 *
 * @param key the item's key
 * @param sourceId the source's id, for reports
 * @param messageId the Message-ID with its angle brackets, or null where a message that passes through has none
 * @param subject the subject as text, not encoded
 * @param kind the item's kind
 * @param direction which way it went
 * @param conversationId the source's conversation id, or null
 * @param sentAt when it was sent
 * @param receivedAt when it was received; the sent time where the source doesn't say
 * @param participants sender first, in the item's order
 * @param attachments in the item's order
 */
public record Envelope(
        ItemKey key,
        String sourceId,
        @Nullable String messageId,
        String subject,
        String kind,
        Direction direction,
        @Nullable String conversationId,
        Instant sentAt,
        Instant receivedAt,
        List<Participant> participants,
        List<AttachmentSummary> attachments) {

    public Envelope {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sourceId, "sourceId");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(receivedAt, "receivedAt");
        participants = List.copyOf(participants);
        attachments = List.copyOf(attachments);
    }

    /**
     * The envelope of an item's message; the received time is the sent time where the source doesn't say.
     *
     * @param messageId the Message-ID with its angle brackets, or null
     * @param attachments in the item's order
     */
    public static Envelope of(
            ItemKey key,
            SourceItem item,
            @Nullable String messageId,
            String subject,
            List<AttachmentSummary> attachments) {
        return new Envelope(
                key,
                item.sourceId(),
                messageId,
                subject,
                item.kind(),
                item.direction(),
                item.conversationId(),
                item.sentAt(),
                item.receivedAt() == null ? item.sentAt() : item.receivedAt(),
                item.participants(),
                attachments);
    }

    /** Whether an attachment was left out, which makes every delivery of this message a partial import. */
    public boolean partial() {
        return attachments.stream().anyMatch(AttachmentSummary::leftOut);
    }

    @Override
    public String toString() {
        return "Envelope[" + key + ", " + kind + ", " + participants.size() + " participants, " + attachments.size()
                + " attachments]";
    }
}
