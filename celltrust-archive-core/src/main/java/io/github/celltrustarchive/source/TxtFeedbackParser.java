// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a push of CellTrust's TxTFeedback, in each form it comes in: {@code application/x-www-form-urlencoded},
 * {@code multipart/form-data} (RFC 7578), and XML ({@code text/xml}, {@code application/xml} or {@code +xml}), told apart by
 * the record's media type, which is the request's {@code Content-Type} with its parameters. Fields and what becomes of them:
 * {@code docs/txt-feedback.md}.
 *
 * <p><b>Time.</b> {@code AcceptedTime} is {@code ddMMM,yy HH:mm:ss} with an English month, a year of this century, and no
 * zone: {@link Builder#zone} is required. A time that a change of summer time leaves out or repeats is held rather than
 * guessed; an operator can release such records with a parser whose zone is a fixed offset.
 *
 * <p><b>Identity.</b> The feed has no id of a message, and two people do send the same words in the same second, so nothing in
 * a push tells its repetition from a second message. Each accepted push is therefore a message of its own: the record's
 * locator is the source id, and a {@code note} says so. A record that is read again is recognised; a push that the gateway
 * repeats, because it missed our answer, is archived again.
 *
 * <p><b>Strictness.</b> A field that occurs twice, a required one that is missing, bytes that aren't of the declared charset,
 * a body that is cut off, and XML with a document type, an entity of its own or nested fields make a {@link RecordException}.
 * A charset may be UTF-8, US-ASCII, ISO-8859-1, windows-1252 or UTF-16. A form has at most 200 fields, whose names have at
 * most 200 characters. A field that isn't known is kept as a property under its name.
 *
 * <p><b>Attachments</b> are the files of a multipart form, and the record's parts. Memory: a few times
 * {@link Builder#maxRecordBytes} while a record is parsed or a file of a multipart form is read, and none afterwards; a host
 * that receives larger files hands them over as parts.
 *
 * <p>Immutable and thread-safe; the result depends on the record and the options alone.
 */
public final class TxtFeedbackParser implements RecordParser {

    private final int maxRecordBytes;
    private final Charset charset;
    private final RecordTime times;

    private TxtFeedbackParser(Builder builder) {
        maxRecordBytes = builder.maxRecordBytes;
        charset = builder.charset;
        times = new RecordTime(builder.zone);
    }

    /** Starts from the defaults. {@link Builder#zone} is required. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        if (record.bytes().size() > maxRecordBytes) {
            throw new RecordException("the record is longer than " + maxRecordBytes + " bytes");
        }
        ContentType type = contentType(record.mediaType());
        byte[] body = body(record);
        FeedbackFields fields = new FeedbackFields();
        switch (type.getBaseType().toLowerCase(Locale.ROOT)) {
            case "application/x-www-form-urlencoded" -> FormBody.read(body, charsetOf(type), fields);
            case "multipart/form-data" -> new MultipartBody(record, type, charset).read(body, fields);
            case "text/xml", "application/xml" -> XmlBody.read(body, type.getParameter("charset"), fields);
            default -> {
                if (!type.getSubType().toLowerCase(Locale.ROOT).endsWith("+xml")) {
                    throw new RecordException("the media type is neither a form nor XML");
                }
                XmlBody.read(body, type.getParameter("charset"), fields);
            }
        }
        return fields.toItem(record, times);
    }

    private Charset charsetOf(ContentType type) {
        String name = type.getParameter("charset");
        return name == null ? charset : StrictText.charset(name);
    }

    private static ContentType contentType(String mediaType) {
        try {
            return new ContentType(mediaType);
        } catch (ParseException e) { // its message quotes
            throw new RecordException("the media type can't be read");
        }
    }

    private static byte[] body(RawRecord record) throws IOException {
        try (InputStream in = record.bytes().open()) {
            return in.readAllBytes();
        }
    }

    /** Options of a {@link TxtFeedbackParser}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ZoneId zone;
        private Charset charset = StandardCharsets.UTF_8;
        private int maxRecordBytes = 16 << 20;

        private Builder() {}

        /** Required: the zone of {@code AcceptedTime}. The gateway's, not the host's. */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** The charset of forms that don't name theirs. Default UTF-8. XML names its own, or is UTF-8. */
        public Builder charset(Charset value) {
            charset = Objects.requireNonNull(value, "value");
            return this;
        }

        /** The largest record, in bytes, its parts not counted. Default 16,777,216 (16 MiB); at least 1. */
        public Builder maxRecordBytes(int value) {
            maxRecordBytes = value;
            return this;
        }

        /**
         * The parser.
         *
         * @throws IllegalStateException naming every option that is missing or out of its bounds
         */
        public TxtFeedbackParser build() {
            List<String> problems = new ArrayList<>();
            if (zone == null) {
                problems.add("zone is required, because the feed's times have none");
            }
            if (maxRecordBytes < 1) {
                problems.add("maxRecordBytes must be at least 1");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("TxTFeedback parser: " + String.join("; ", problems));
            }
            return new TxtFeedbackParser(this);
        }
    }
}
