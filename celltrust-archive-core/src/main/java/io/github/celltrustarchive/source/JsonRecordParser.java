// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a record of the project's own JSON format, described in {@code docs/record-format.md}: one JSON object (RFC 8259)
 * in UTF-8. {@link JsonLinesSource} uses it for every line; a host that is pushed such records uses it alone.
 *
 * <p>It is strict, because a guess would end up as evidence: malformed UTF-8, a key that occurs twice, anything behind the
 * object, a field of the wrong type, a time without a known zone, base64 with a foreign character, or a size or digest
 * that doesn't fit make a {@link RecordException}, and the record is held. A field it doesn't know is no error: it stays
 * in the raw record, and the number of such fields is logged at debug level.
 *
 * <p>Nesting (64 levels), keys (1,000 characters), numbers (40 characters), attachments (1,000) and the record as a whole
 * are limited. Attachments inside the record aren't copied: their contents read the record, so they can be read as long
 * as the page is open. Memory: the record's longest text, plus buffers.
 *
 * <p>Immutable and thread-safe; the result depends on the record and the configured zone alone.
 */
public final class JsonRecordParser implements RecordParser {

    /** The default limit for one record: 64 MiB. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JsonRecordParser.class);

    private final int maxRecordBytes;
    private final RecordTime times;
    private final JsonFactory json;

    private JsonRecordParser(Builder builder) {
        maxRecordBytes = builder.maxRecordBytes;
        times = new RecordTime(builder.zone);
        json = new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(64)
                        .maxNumberLength(JsonRecordReader.MAX_NUMBER)
                        .maxNameLength(1_000)
                        .maxStringLength(maxRecordBytes)
                        .maxDocumentLength(maxRecordBytes)
                        .build())
                .build();
    }

    /** No zone, {@link #DEFAULT_MAX_RECORD_BYTES}. */
    public static JsonRecordParser ofDefaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        if (record.bytes().size() > maxRecordBytes) {
            throw new RecordException("the record is longer than " + maxRecordBytes + " bytes");
        }
        try (InputStream bytes = new Utf8Check(record.bytes().open());
                JsonParser parser = json.createParser(bytes)) {
            JsonRecordReader reader = new JsonRecordReader(parser, record, times);
            SourceItem item = reader.read();
            if (reader.unknownFields() > 0) {
                LOG.debug("a record has {} fields that are not known", reader.unknownFields());
            }
            return item;
        } catch (Utf8Check.NotUtf8Exception e) {
            throw new RecordException("the record is " + e.getMessage());
        } catch (StreamConstraintsException e) {
            throw new RecordException(
                    "the record is nested too deeply, or a key, number or text in it is too long" + place(e));
        } catch (JsonProcessingException e) { // its message quotes the record
            throw new RecordException(
                    String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
                            ? "a key occurs twice in one object" + place(e)
                            : "the record isn't valid JSON" + place(e));
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ", at byte " + e.getLocation().getByteOffset();
    }

    /** Options of a {@link JsonRecordParser}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ZoneId zone;
        private int maxRecordBytes = DEFAULT_MAX_RECORD_BYTES;

        private Builder() {}

        /**
         * The zone of times that have no offset. Default none: such a time is an error. A time that a change of summer
         * time leaves out or repeats is always an error.
         */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** The largest record, in bytes. Default 67,108,864 (64 MiB); at least 1. */
        public Builder maxRecordBytes(int value) {
            maxRecordBytes = value;
            return this;
        }

        /**
         * The parser.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public JsonRecordParser build() {
            if (maxRecordBytes < 1) {
                throw new IllegalStateException("JSON record parser: maxRecordBytes must be at least 1");
            }
            return new JsonRecordParser(this);
        }
    }
}
