// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.merge1.internal.EmlReader;
import io.github.celltrustarchive.merge1.internal.HeaderNames;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads emails (records of type {@code message/rfc822}, RFC 5322) as a Merge1 site makes them: who took part, when, and the
 * digest by which an email that comes again is known. The email itself is archived byte for byte by the default converter.
 *
 * <p><b>Participants.</b> The <em>Email</em> field names the addresses of every participant, in as many fields and
 * comma-separated values as there are; From says which of them is the sender. Where it is missing, From, To, Cc and Bcc
 * name them. Participants with a number and no address are known by their stand-in addresses in the profile's domain. An
 * entry that isn't an address, or would have to be repaired to be one, is one participant that no mapper knows, so the
 * report lists it.
 *
 * <p><b>Identity.</b> The digest of the meaning covers From, To, Cc, Bcc, Subject, Date, the fields named here and every
 * part's type, file name and decoded bytes. Received, Message-ID, boundaries, transfer encodings, line ends and all other
 * fields are no part of it: the same email, transported or exported again, is the same item. The source id is the
 * {@linkplain Builder#sourceIdHeader source-id field}; without one it is the digest, unless
 * {@linkplain Builder#stableMessageIds Message-IDs are stable}. Emails that become one item although their Message-IDs differ are
 * {@linkplain #sameByMeaning() counted} and logged by locator.
 *
 * <p><b>Bad emails.</b> Whatever the MIME structure is like, an email that says who took part and when is archived.
 * Otherwise a {@link RecordException} holds it with its bytes.
 *
 * <p>Merge1's own fields, apart from {@code x-kvs-messagetype}, aren't publicly documented: the default names below are
 * an assumption, made so that emails which {@code EmlMessageConverter} wrote are understood. Bounded memory: an email of any
 * size is read as a stream; fields that matter may have 4 MiB.
 *
 * <p>Thread-safe. What it makes of an email depends on nothing but the email and the options.
 */
public final class Merge1EmlParser implements RecordParser {

    /** The media type of the records that this parser reads. */
    public static final String MEDIA_TYPE = "message/rfc822";

    private final EmlReader reader;

    private Merge1EmlParser(Builder builder) {
        reader = new EmlReader(
                builder.profile,
                builder.names(),
                builder.otherKind,
                builder.stableMessageIds,
                builder.receivedTimeForMissingDate);
    }

    /** A parser with the defaults of {@link Builder}. */
    public static Merge1EmlParser of(ConnectorProfile profile) {
        return builder(profile).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(ConnectorProfile profile) {
        return new Builder(profile);
    }

    /**
     * Reads one email, once from the first byte to the last. The item's text is empty; its attachments, up to 1,000 of them,
     * are the parts with a file name or the disposition {@code attachment}, decoded while they are read. The property
     * {@code meaning-sha256} is the digest; {@code note} says what was peculiar about times.
     *
     * @throws RecordException if the record is no email, or nobody or no time can be found in it
     * @throws IOException if the bytes can't be read now
     */
    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        String type = record.mediaType().toLowerCase(Locale.ROOT);
        if (!type.equals(MEDIA_TYPE) && !type.startsWith(MEDIA_TYPE + ";")) {
            throw new RecordException("the record isn't of type " + MEDIA_TYPE);
        }
        return reader.read(record);
    }

    /**
     * How many of the emails that this parser has read were recognised as another one by their meaning, although their Message-IDs (or,
     * where there are none, their places) differ: exported again under new ids, which is as it should be, or two messages that are alike
     * to the second, of which one isn't archived then. Compared with the last 20,000 emails; an email that is read again
     * isn't counted again. The same is logged: each at info, the number as a warning whenever it has doubled.
     */
    public long sameByMeaning() {
        return reader.sameByMeaning();
    }

    /**
     * Collects the options of a {@link Merge1EmlParser}. Names of fields are compared in any case; the defaults begin with the
     * profile's header prefix, such as {@code X-CellTrust}. Not thread-safe.
     */
    public static final class Builder {
        private static final Pattern FIELD = Pattern.compile("[!-9;-~]{1,100}"); // RFC 5322 section 2.2

        private final ConnectorProfile profile;
        private String email;
        private String sourceId;
        private String conversation;
        private String related;
        private String direction;
        private String sent;
        private String received;
        private String delivered;
        private String read;
        private List<String> kinds;
        private String otherKind = "EMAIL";
        private boolean stableMessageIds;
        private boolean receivedTimeForMissingDate;

        private Builder(ConnectorProfile profile) {
            this.profile = Objects.requireNonNull(profile, "profile");
            String prefix = profile.headerPrefix();
            email = prefix + "-Email";
            sourceId = prefix + "-Message-Id";
            conversation = prefix + "-Conversation-Id";
            related = prefix + "-Related-Id";
            direction = prefix + "-Direction";
            sent = prefix + "-Event-Time";
            received = prefix + "-Received-Time";
            delivered = prefix + "-Delivered-Time";
            read = prefix + "-Read-Time";
            kinds = List.of(prefix + "-Type", "X-KVS-MessageType");
        }

        /** The field with the addresses of every participant. Default {@code X-CellTrust-Email}. */
        public Builder emailHeader(String name) {
            email = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the source's own id of the message. Default {@code X-CellTrust-Message-Id}. */
        public Builder sourceIdHeader(String name) {
            sourceId = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the id of the conversation. Default {@code X-CellTrust-Conversation-Id}. */
        public Builder conversationHeader(String name) {
            conversation = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the id of the message that an event is about. Default {@code X-CellTrust-Related-Id}. */
        public Builder relatedHeader(String name) {
            related = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * The fields that may name the kind; the first that is there counts. Default {@code X-CellTrust-Type}, then
         * {@code X-KVS-MessageType}, which Merge1's section <em>Message headers</em> sets for Enterprise Vault. A kind of
         * anything but up to 100 printable ASCII characters without blanks counts as none.
         */
        public Builder kindHeaders(List<String> names) {
            kinds = List.copyOf(names);
            return this;
        }

        /** The kind of an email that names none. Default {@code EMAIL}. */
        public Builder otherKind(String kind) {
            otherKind = Objects.requireNonNull(kind, "kind");
            return this;
        }

        /** The field that says {@code inbound} or {@code outbound}. Default {@code X-CellTrust-Direction}. */
        public Builder directionHeader(String name) {
            direction = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * The field with the sent time (ISO 8601 in UTC, or as Date) that counts where Date is missing or unreadable.
         * Default {@code X-CellTrust-Event-Time}.
         */
        public Builder sentHeader(String name) {
            sent = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the received time, likewise. Default {@code X-CellTrust-Received-Time}. */
        public Builder receivedHeader(String name) {
            received = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the delivered time, likewise. Default {@code X-CellTrust-Delivered-Time}. */
        public Builder deliveredHeader(String name) {
            delivered = Objects.requireNonNull(name, "name");
            return this;
        }

        /** The field with the read time, likewise. Default {@code X-CellTrust-Read-Time}. */
        public Builder readHeader(String name) {
            read = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Whether a Message-ID belongs to one message for ever, which makes it the source id of an email without a source-id
         * field. Default false: a site that exports a message again gives it another Message-ID, and it must not be archived
         * twice. With false, two messages that differ in nothing but their Message-ID (same people, same second, same text) are
         * one, which {@link Merge1EmlParser#sameByMeaning} counts; with true both are archived, and so is a message that is exported
         * again under a new Message-ID.
         */
        public Builder stableMessageIds(boolean value) {
            stableMessageIds = value;
            return this;
        }

        /**
         * Whether the time of the oldest Received field stands in where there is no readable date, which the item's note then
         * says. Default false: such an email is held.
         */
        public Builder receivedTimeForMissingDate(boolean value) {
            receivedTimeForMissingDate = value;
            return this;
        }

        private HeaderNames names() {
            return new HeaderNames(
                    email, sourceId, conversation, related, kinds, direction, sent, received, delivered, read);
        }

        /**
         * The parser.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public Merge1EmlParser build() {
            List<String> names = new ArrayList<>(kinds);
            names.addAll(List.of(email, sourceId, conversation, related, direction, sent, received, delivered, read));
            List<String> problems = new ArrayList<>();
            if (!names.stream().allMatch(name -> FIELD.matcher(name).matches())) {
                problems.add("names of fields must be 1 to 100 printable ASCII characters without ':'");
            }
            if (otherKind.isBlank()) {
                problems.add("otherKind must not be blank");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("EML parser: " + String.join("; ", problems));
            }
            return new Merge1EmlParser(this);
        }
    }
}
