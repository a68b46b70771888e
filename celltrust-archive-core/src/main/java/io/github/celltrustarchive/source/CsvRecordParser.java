// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record of two CSV rows, header and values, as {@link CsvSource} makes them; a host that gets such records elsewhere
 * uses it alone. Which column means what is configured; a field's value is a column's cell or a constant.
 *
 * <p>Cells are data: nothing is trimmed, repaired or guessed, and a cell that looks like a formula is a text. An empty cell
 * means that the row has no such value. A {@link RecordException} names the field, never its value, and the record is held.
 *
 * <p><b>Identity.</b> Without an {@link Builder#id id}, or where its cell is empty, the record's locator (file and line) stands
 * for it and the property {@code note} says so. The identity is weak then: the same message in another file, or in another
 * line, is another message and is archived again.
 *
 * <p>Immutable and thread-safe; the result depends on the record and the configuration alone. Memory: a few times the record.
 */
public final class CsvRecordParser implements RecordParser {

    /** The media type of the records: {@code text/csv} with the parameters of RFC 4180 section 3. */
    public static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private final CsvMapping mapping;
    private final CsvDialect dialect;

    private CsvRecordParser(Builder builder) {
        mapping = new CsvMapping(builder);
        dialect = new CsvDialect(builder.delimiter, builder.quote, builder.maxRecordBytes);
    }

    /** Starts from the defaults. {@code kind}, {@code sent} and {@code from} are needed before {@link Builder#build()}. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        if (record.bytes().size() > dialect.maxRowBytes()) {
            throw new RecordException("the row is longer than " + dialect.maxRowBytes() + " bytes");
        }
        List<List<String>> rows = dialect.rows(record.bytes(), 2);
        if (rows.size() != 2) {
            throw new RecordException("not a header and one row");
        }
        String problem = CsvHeader.problem(rows.get(0), mapping.columns());
        if (problem != null) {
            throw new RecordException("not the configured columns: " + problem);
        }
        CsvHeader header = CsvHeader.of(rows.get(0));
        int cells = rows.get(1).size();
        if (cells != header.count()) {
            throw new RecordException("the row has " + cells + " cells, the header " + header.count());
        }
        return new CsvRowReader(mapping, header, rows.get(1), record).read();
    }

    CsvDialect dialect() {
        return dialect;
    }

    /** What is wrong with a header, or null. */
    @Nullable
    String headerProblem(Content header) throws IOException {
        try {
            List<List<String>> rows = dialect.rows(header, 1);
            return rows.size() == 1
                    ? CsvHeader.problem(rows.get(0), mapping.columns())
                    : "it doesn't begin with a header";
        } catch (RecordException e) {
            return "its first row isn't valid CSV in UTF-8";
        }
    }

    /** The names of the files that a record mentions; none if it can't be read, which {@link #parse} will tell. */
    List<String> attachmentFiles(Content record) throws IOException {
        if (mapping.attachments().isEmpty() || record.size() > dialect.maxRowBytes()) {
            return List.of();
        }
        try {
            List<List<String>> rows = dialect.rows(record, 2);
            boolean whole =
                    rows.size() == 2 && rows.get(0).size() == rows.get(1).size();
            return whole ? mapping.attachmentFiles(CsvHeader.of(rows.get(0)), rows.get(1)) : List.of();
        } catch (RecordException e) {
            return List.of();
        }
    }

    /** Options of a {@link CsvRecordParser}. Not thread-safe. */
    public static final class Builder {
        final Map<String, CsvValue> fields = new LinkedHashMap<>();
        final List<CsvMapping.Recipient> recipients = new ArrayList<>();
        final Map<String, CsvValue> properties = new LinkedHashMap<>();
        final Map<CsvValue, String> attachments = new LinkedHashMap<>();
        final Map<String, Direction> directionWords = new LinkedHashMap<>();
        final Set<String> ignored = new LinkedHashSet<>();

        @Nullable
        CsvParticipant from;

        TimeFormat timeFormat = TimeFormat.rfc3339();

        @Nullable
        ZoneId zone;

        private char delimiter = ',';
        private char quote = '"';
        private int maxRecordBytes = 16 << 20;

        private Builder() {
            directionWords.put("inbound", Direction.INBOUND);
            directionWords.put("outbound", Direction.OUTBOUND);
            directionWords.put("unknown", Direction.UNKNOWN);
        }

        /** The source's own id, kept as it is spelled. Default: none, see the class. */
        public Builder id(CsvValue value) {
            return field(CsvMapping.ID, value);
        }

        /** The kind, such as {@code SMS}; required. */
        public Builder kind(CsvValue value) {
            return field(CsvMapping.KIND, value);
        }

        /** The direction, in the words of {@link #directionWord}. Default: unknown. */
        public Builder direction(CsvValue value) {
            return field(CsvMapping.DIRECTION, value);
        }

        /** A word for a direction, in any case, besides {@code inbound}, {@code outbound} and {@code unknown}. */
        public Builder directionWord(String word, Direction direction) {
            directionWords.put(word.toLowerCase(Locale.ROOT), Objects.requireNonNull(direction, "direction"));
            return this;
        }

        /** When it was sent; required. */
        public Builder sent(CsvValue value) {
            return field(CsvMapping.SENT, value);
        }

        /** When the platform accepted it. Default: not known. */
        public Builder received(CsvValue value) {
            return field(CsvMapping.RECEIVED, value);
        }

        /** When it reached the handset. Default: not known. */
        public Builder delivered(CsvValue value) {
            return field(CsvMapping.DELIVERED, value);
        }

        /** When it was read. Default: not known. */
        public Builder read(CsvValue value) {
            return field(CsvMapping.READ, value);
        }

        /** The source's id of the conversation. Default: none. */
        public Builder conversation(CsvValue value) {
            return field(CsvMapping.CONVERSATION, value);
        }

        /** The id of the message that a receipt, edit or deletion is about. Default: none. */
        public Builder about(CsvValue value) {
            return field(CsvMapping.ABOUT, value);
        }

        /** The text. Default: empty. */
        public Builder text(CsvValue value) {
            return field(CsvMapping.TEXT, value);
        }

        /** The sender; required. A row without one is held. */
        public Builder from(CsvParticipant value) {
            from = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Adds a recipient; for several columns call it several times. */
        public Builder to(CsvParticipant value) {
            recipients.add(new CsvMapping.Recipient(ParticipantRole.TO, value));
            return this;
        }

        /** Adds a recipient of a copy. */
        public Builder cc(CsvParticipant value) {
            recipients.add(new CsvMapping.Recipient(ParticipantRole.CC, value));
            return this;
        }

        /** Adds a recipient of a blind copy. */
        public Builder bcc(CsvParticipant value) {
            recipients.add(new CsvMapping.Recipient(ParticipantRole.BCC, value));
            return this;
        }

        /** Adds a column with the name of an attachment file; for several columns call it several times. */
        public Builder attachment(CsvValue file) {
            attachments.put(file, "");
            return this;
        }

        /** Adds a column with the names of attachment files, with this between them; spaces around a name don't belong to it. */
        public Builder attachments(CsvValue files, String separator) {
            if (separator.isBlank()) {
                throw new IllegalArgumentException("a separator must not be blank");
            }
            attachments.put(files, separator);
            return this;
        }

        /** Adds a property; a row with an empty cell doesn't have it. */
        public Builder property(String name, CsvValue value) {
            properties.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Names columns that are there but not used. They stay in the raw record. */
        public Builder ignore(String... columns) {
            ignored.addAll(List.of(columns));
            return this;
        }

        /** How times are written. Default {@link TimeFormat#rfc3339()}. */
        public Builder timeFormat(TimeFormat value) {
            timeFormat = Objects.requireNonNull(value, "value");
            return this;
        }

        /**
         * The zone of times that have no offset. Default none: such a time holds the row, and a time pattern without an
         * offset isn't accepted. A time that a change of summer time leaves out or repeats always holds the row.
         */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** What stands between cells: an ASCII character. Default {@code ,}. */
        public Builder delimiter(char value) {
            delimiter = value;
            return this;
        }

        /** What stands around cells that hold delimiters, line ends or quotes; doubled inside. Default {@code "}. */
        public Builder quote(char value) {
            quote = value;
            return this;
        }

        /** The largest record, header and row, in bytes. Default 16,777,216 (16 MiB); at least 1, at most 256 MiB. */
        public Builder maxRecordBytes(int value) {
            maxRecordBytes = value;
            return this;
        }

        /**
         * The parser.
         *
         * @throws IllegalStateException naming everything that is missing or out of its bounds
         */
        public CsvRecordParser build() {
            List<String> problems = new ArrayList<>();
            require(problems, fields.containsKey(CsvMapping.KIND), "kind is required");
            require(problems, fields.containsKey(CsvMapping.SENT), "sent is required");
            require(problems, from != null, "from is required");
            require(
                    problems,
                    zone != null || !timeFormat.zoneNeeded(),
                    "the time pattern has no offset, so a zone is required");
            require(problems, isMark(delimiter) && isMark(quote), "delimiter and quote must be ASCII, and no line end");
            require(problems, delimiter != quote, "delimiter and quote must differ");
            require(
                    problems,
                    maxRecordBytes >= 1 && maxRecordBytes <= 256 << 20,
                    "maxRecordBytes must be 1 to 268,435,456");
            if (!problems.isEmpty()) {
                throw new IllegalStateException("CSV record parser: " + String.join("; ", problems));
            }
            return new CsvRecordParser(this);
        }

        private Builder field(String name, CsvValue value) {
            fields.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        private static boolean isMark(char c) {
            return c > 0 && c < 0x7F && c != '\r' && c != '\n';
        }

        private static void require(List<String> problems, boolean holds, String problem) {
            if (!holds) {
                problems.add(problem);
            }
        }
    }
}
