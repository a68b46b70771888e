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
import java.util.ArrayList;
import java.util.List;
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
 * <p>Nesting, keys, numbers, texts, attachments and the record as a whole are limited; see {@link Builder}. Attachments inside the record aren't copied: their contents read the record, so they can be read as long
 * as the page is open. Memory: the record's longest text, plus buffers.
 *
 * <p>Immutable and thread-safe; the result depends on the record and the configured zone alone.
 */
public final class JsonRecordParser implements RecordParser {

    /** The default limit for one record: 64 MiB. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(JsonRecordParser.class);

    private final int maxRecordBytes;
    private final int maxNumberLength;
    private final int maxAttachments;
    private final RecordTime times;
    private final JsonFactory json;

    private JsonRecordParser(Builder builder) {
        maxRecordBytes = builder.maxRecordBytes;
        maxNumberLength = builder.maxNumberLength;
        maxAttachments = builder.maxAttachments;
        times = new RecordTime(builder.zone);
        json = new JsonFactoryBuilder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(builder.maxNesting)
                        .maxNumberLength(builder.maxNumberLength)
                        .maxNameLength(builder.maxNameLength)
                        .maxStringLength(builder.maxTextLength)
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
            JsonRecordReader reader = new JsonRecordReader(parser, record, times, maxNumberLength, maxAttachments);
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
        private int maxNesting = 64;
        private int maxNameLength = 1_000;
        private int maxNumberLength = 40;
        private int maxTextLength = 8 << 20;
        private int maxAttachments = 1_000;

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

        /** How deeply objects and lists may be nested. Default 64 levels; 4 to 1,000. */
        public Builder maxNesting(int levels) {
            maxNesting = levels;
            return this;
        }

        /** The longest key, in characters. Default 1,000; at least 20. */
        public Builder maxNameLength(int characters) {
            maxNameLength = characters;
            return this;
        }

        /** The longest number, in characters. Default 40; 20 to 1,000. */
        public Builder maxNumberLength(int characters) {
            maxNumberLength = characters;
            return this;
        }

        /**
         * The longest text, in UTF-16 code units. Default 8,388,608; at least 1,000. Data of attachments doesn't count: it is
         * never held in memory as a whole.
         */
        public Builder maxTextLength(int characters) {
            maxTextLength = characters;
            return this;
        }

        /** The most attachments of one record. Default 1,000; at least 0. */
        public Builder maxAttachments(int count) {
            maxAttachments = count;
            return this;
        }

        /**
         * The parser.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public JsonRecordParser build() {
            List<String> problems = new ArrayList<>();
            require(problems, maxRecordBytes >= 1, "maxRecordBytes must be at least 1");
            require(problems, maxNesting >= 4 && maxNesting <= 1_000, "maxNesting must be 4 to 1,000");
            require(problems, maxNameLength >= 20, "maxNameLength must be at least 20");
            require(problems, maxNumberLength >= 20 && maxNumberLength <= 1_000, "maxNumberLength must be 20 to 1,000");
            require(problems, maxTextLength >= 1_000, "maxTextLength must be at least 1,000");
            require(problems, maxAttachments >= 0, "maxAttachments must be at least 0");
            if (!problems.isEmpty()) {
                throw new IllegalStateException("JSON record parser: " + String.join("; ", problems));
            }
            return new JsonRecordParser(this);
        }

        private static void require(List<String> problems, boolean holds, String problem) {
            if (!holds) {
                problems.add(problem);
            }
        }
    }
}
