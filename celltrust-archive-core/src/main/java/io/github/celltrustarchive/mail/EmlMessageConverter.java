// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.MessageConverter;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The default converter: an email (RFC 5322, RFC 2045 to 2047, RFC 2231) with the message's text, a small table of details
 * and its attachments. {@code docs/email-format.md} describes every header and part.
 *
 * <p>Lines are 7-bit, end in CRLF and have at most 998 characters, whatever the item holds. The same item, key and
 * configuration give the same bytes on any machine, in any locale, time zone and Java version, and whatever system properties
 * the host sets; a {@linkplain Builder#displayZone display zone} other than a fixed offset depends on the Java runtime's
 * time-zone rules as well. The email is made while it is written, as often as asked for, in memory that depends neither
 * on the size nor on the number of attachments' bytes.
 *
 * <p>A record of type {@code message/rfc822} passes through: its bytes are untouched behind one {@code -Archive-Key} line.
 *
 * <p>Immutable; may be used by several threads at once.
 */
public final class EmlMessageConverter implements MessageConverter {

    private final ConnectorProfile profile;
    private final Rendering.Options options;

    /** A converter with the defaults of {@link Builder}. */
    public EmlMessageConverter(ConnectorProfile profile) {
        this(builder(profile));
    }

    private EmlMessageConverter(Builder builder) {
        profile = builder.profile;
        options = new Rendering.Options(
                builder.attachRawRecord,
                builder.inlinePictures,
                builder.displayZone,
                new Subjects(builder.subject, builder.subjects));
    }

    /** Starts from the defaults. */
    public static Builder builder(ConnectorProfile profile) {
        return new Builder(profile);
    }

    /**
     * Converts one item. Reads attachments, and the raw record, that have no digest yet.
     *
     * @throws IOException if one of them can't be read now
     * @throws ArchiveException with remedy {@code HOLD} if the sent time isn't in the years 1900 to 9999, or if the text, or a
     *     message that passes through, is over the profile's size policy
     */
    @Override
    public ConvertedMessage convert(SourceItem item, ItemKey key, RawRecord raw) throws IOException {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(raw, "raw");
        if (MediaTypes.isEmail(raw.mediaType())) {
            return PassThrough.convert(profile, item, key, raw);
        }
        return new Rendering(profile, options, item, key).convert(raw);
    }

    /** Collects the options of an {@link EmlMessageConverter}. Not thread-safe. */
    public static final class Builder {
        private final ConnectorProfile profile;
        private final Map<String, SubjectTemplate> subjects = new HashMap<>();
        private String subject = Subjects.DEFAULT;
        private boolean attachRawRecord;
        private boolean inlinePictures = true;
        private ZoneId displayZone = ZoneOffset.UTC;

        private Builder(ConnectorProfile profile) {
            this.profile = Objects.requireNonNull(profile, "profile");
        }

        /**
         * Whether the raw record becomes the last attachment, size policy permitting. Default false: the pack keeps it
         * anyway. Only the record itself: the files that came beside it are in the email as the item's attachments, and all of
         * them are in the pack.
         */
        public Builder attachRawRecord(boolean value) {
            attachRawRecord = value;
            return this;
        }

        /**
         * Whether pictures (JPEG, PNG and GIF by their declared type, up to 10,000,000 bytes each and 50 together) are shown
         * below the text, where they stand once and can still be saved. Default true. With false they are attachments like all
         * others, which Exchange counts as such: a message with nothing but shown pictures has no attachments for it
         * (Microsoft Graph, {@code hasAttachments}).
         */
        public Builder inlinePictures(boolean value) {
            inlinePictures = value;
            return this;
        }

        /**
         * The subject of all kinds that have no {@linkplain #subject(String, String) template of their own}. Default
         * {@code {kind} from {sender}[ to {recipients}]}, and for the kinds {@code JOIN} and {@code LEAVE}
         * {@code {sender} joined the conversation[ with {recipients}]} and the like, which a template given here replaces too.
         *
         * <ul>
         *   <li>{@code {kind}}: {@code SMS}, {@code Call}, {@code Edited message} …; unknown kinds as given, up to 32 characters
         *   <li>{@code {sender}}: name, else number, else email, else {@code unknown}; up to 80 characters
         *   <li>{@code {recipients}}: the first one likewise, and how many others: {@code Bob Ray and 3 others}
         *   <li>{@code {direction}}: {@code inbound}, {@code outbound} or {@code unknown}
         *   <li>{@code {conversation}}, {@code {id}}: the source's ids, up to 80 characters each
         *   <li>{@code {date}}: the date of the sent time in the {@linkplain #displayZone display zone}, {@code 2026-03-04}
         * </ul>
         *
         * <p>What stands in brackets is left out if a placeholder in it has no value; a backslash takes the next character as
         * it is. There is no placeholder for the text: subjects appear in logs and lists that more people see. Values can't
         * change the subject's structure, whatever they hold; a subject over 255 UTF-16 code units is cut between characters as
         * people see them (Exchange takes 255).
         *
         * @throws IllegalArgumentException if the template is blank, longer than 255, malformed, names another placeholder, or
         *     has control or bidi control characters
         */
        public Builder subject(String template) {
            SubjectTemplate.parse(template);
            subject = template;
            return this;
        }

        /**
         * The subject of one kind, compared exactly as the source spells it. The last template of a kind wins.
         *
         * @throws IllegalArgumentException as {@link #subject(String)}
         */
        public Builder subject(String kind, String template) {
            subjects.put(Objects.requireNonNull(kind, "kind"), SubjectTemplate.parse(template));
            return this;
        }

        /** The zone in which the body shows times beside UTC. Default UTC, which shows them once. */
        public Builder displayZone(ZoneId value) {
            displayZone = Objects.requireNonNull(value, "value").normalized();
            return this;
        }

        /** The converter. */
        public EmlMessageConverter build() {
            return new EmlMessageConverter(this);
        }
    }
}
