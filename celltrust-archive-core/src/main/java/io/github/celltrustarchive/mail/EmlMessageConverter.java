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
    private final boolean attachRawRecord;
    private final ZoneId displayZone;

    /** A converter with the defaults of {@link Builder}. */
    public EmlMessageConverter(ConnectorProfile profile) {
        this(builder(profile));
    }

    private EmlMessageConverter(Builder builder) {
        profile = builder.profile;
        attachRawRecord = builder.attachRawRecord;
        displayZone = builder.displayZone;
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
        return new Rendering(profile, displayZone, item, key).convert(raw, attachRawRecord);
    }

    /** Collects the options of an {@link EmlMessageConverter}. Not thread-safe. */
    public static final class Builder {
        private final ConnectorProfile profile;
        private boolean attachRawRecord;
        private ZoneId displayZone = ZoneOffset.UTC;

        private Builder(ConnectorProfile profile) {
            this.profile = Objects.requireNonNull(profile, "profile");
        }

        /**
         * Whether the raw record becomes the last attachment, size policy permitting. Default false: the pack keeps it
         * anyway.
         */
        public Builder attachRawRecord(boolean value) {
            attachRawRecord = value;
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
