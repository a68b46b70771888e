// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a record means. All texts are kept as the source spells them; nothing is derived or normalised.
 *
 * <p>Two records with the same source id and equal components are the same item seen again; with the same id and any
 * other difference, the later one is a new revision and is archived too (see {@link ItemKey}). A parser therefore leaves
 * out what changes from one reading to the next: page tokens, signed URLs, fetch times, names that somebody's address book
 * gives a number.
 *
 * @param sourceId the source's own id; the record's locator where the source gives none
 * @param kind {@code SMS}, {@code MMS}, {@code CHAT}, {@code CALL}, {@code VOICEMAIL}, {@code RECEIPT}, {@code EDIT},
 *     {@code DELETE} or any other word: an open vocabulary
 * @param direction which way it went
 * @param sentAt when it was sent
 * @param receivedAt when the platform accepted it, or null
 * @param deliveredAt when it reached the handset, or null
 * @param readAt when it was read, or null
 * @param conversationId the source's id of the conversation, or null
 * @param relatedId the source id of the message that this event is about (receipt, edit, delete, reaction), or null
 * @param sender who sent it; role {@code FROM}
 * @param recipients everybody else, in the source's order; may be empty
 * @param text the body, possibly empty
 * @param attachments in the source's order
 * @param properties whatever else is worth keeping, such as {@code carrier} or {@code status}. Names that
 *     {@code docs/email-format.md} lists become header fields; all others stand in the email's details
 */
public record SourceItem(
        String sourceId,
        String kind,
        Direction direction,
        Instant sentAt,
        @Nullable Instant receivedAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable String conversationId,
        @Nullable String relatedId,
        Participant sender,
        List<Participant> recipients,
        String text,
        List<Attachment> attachments,
        Map<String, String> properties) {

    public SourceItem {
        requireText(sourceId, "sourceId");
        requireText(kind, "kind");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(sentAt, "sentAt");
        Objects.requireNonNull(sender, "sender");
        if (sender.role() != ParticipantRole.FROM) {
            throw new IllegalArgumentException("the sender's role must be FROM");
        }
        recipients = List.copyOf(recipients);
        if (recipients.stream().anyMatch(r -> r.role() == ParticipantRole.FROM)) {
            throw new IllegalArgumentException("a recipient's role must be TO, CC or BCC");
        }
        Objects.requireNonNull(text, "text");
        attachments = List.copyOf(attachments);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Sender first, then the recipients in order. */
    public List<Participant> participants() {
        return Stream.concat(Stream.of(sender), recipients.stream()).toList();
    }

    /** This item with other attachments, such as the same ones with their digests known. */
    public SourceItem withAttachments(List<Attachment> newAttachments) {
        return new SourceItem(
                sourceId,
                kind,
                direction,
                sentAt,
                receivedAt,
                deliveredAt,
                readAt,
                conversationId,
                relatedId,
                sender,
                recipients,
                text,
                newAttachments,
                properties);
    }

    /** Kind and sizes; never text, names, numbers or addresses. */
    @Override
    public String toString() {
        return "SourceItem[" + kind + ", " + direction + ", " + text.length() + " chars, " + recipients.size()
                + " recipients, " + attachments.size() + " attachments]";
    }

    /** Starts an item. {@code sender} is needed as well before {@link Builder#build()}. */
    public static Builder builder(String sourceId, String kind, Instant sentAt) {
        return new Builder(sourceId, kind, sentAt);
    }

    private static void requireText(String value, String name) {
        if (Objects.requireNonNull(value, name).isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    /** Collects the components of a {@link SourceItem}. Not thread-safe. */
    public static final class Builder {
        private final String sourceId;
        private final String kind;
        private final Instant sentAt;
        private Direction direction = Direction.UNKNOWN;
        private @Nullable Instant receivedAt;
        private @Nullable Instant deliveredAt;
        private @Nullable Instant readAt;
        private @Nullable String conversationId;
        private @Nullable String relatedId;
        private @Nullable Participant sender;
        private final List<Participant> recipients = new ArrayList<>();
        private String text = "";
        private final List<Attachment> attachments = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();

        private Builder(String sourceId, String kind, Instant sentAt) {
            this.sourceId = sourceId;
            this.kind = kind;
            this.sentAt = sentAt;
        }

        /** Default {@link Direction#UNKNOWN}. */
        public Builder direction(Direction value) {
            direction = value;
            return this;
        }

        /** Default: not known. */
        public Builder receivedAt(@Nullable Instant value) {
            receivedAt = value;
            return this;
        }

        /** Default: not known. */
        public Builder deliveredAt(@Nullable Instant value) {
            deliveredAt = value;
            return this;
        }

        /** Default: not known. */
        public Builder readAt(@Nullable Instant value) {
            readAt = value;
            return this;
        }

        /** Default: none. */
        public Builder conversationId(@Nullable String value) {
            conversationId = value;
            return this;
        }

        /** Default: none. */
        public Builder relatedId(@Nullable String value) {
            relatedId = value;
            return this;
        }

        /** Required; its role becomes {@code FROM}. */
        public Builder sender(Participant value) {
            sender = value.withRole(ParticipantRole.FROM);
            return this;
        }

        /** Adds a recipient; its role must be {@code TO}, {@code CC} or {@code BCC}. */
        public Builder recipient(Participant value) {
            recipients.add(value);
            return this;
        }

        /** Default: empty. */
        public Builder text(String value) {
            text = value;
            return this;
        }

        /** Adds an attachment. */
        public Builder attachment(Attachment value) {
            attachments.add(value);
            return this;
        }

        /** Sets a property; the last value of a name wins. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * The item.
         *
         * @throws IllegalStateException without a sender
         * @throws IllegalArgumentException if a component is out of its bounds
         */
        public SourceItem build() {
            if (sender == null) {
                throw new IllegalStateException("an item needs a sender");
            }
            return new SourceItem(
                    sourceId,
                    kind,
                    direction,
                    sentAt,
                    receivedAt,
                    deliveredAt,
                    readAt,
                    conversationId,
                    relatedId,
                    sender,
                    recipients,
                    text,
                    attachments,
                    properties);
        }
    }
}
