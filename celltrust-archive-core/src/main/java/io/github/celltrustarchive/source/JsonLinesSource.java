// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.spi.RecordParser;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads exports in JSON Lines: one file, or every {@code *.jsonl} and {@code *.jsonl.gz} of a folder in the order of their
 * names, one record per line (LF or CRLF, UTF-8; {@code docs/record-format.md}). Blank lines and a byte order mark at the
 * start of a file are skipped.
 *
 * <p><b>Growing and late files.</b> The checkpoint says how far each file has been read. Lines that are appended later and
 * files that turn up later, whatever their name, are read at the next run; files that have been deleted after they were
 * read are forgotten. A file that became shorter, that changed in its first 4 KiB or in the last 4 KiB before the place
 * reached, or that is gone before it was read to its end, makes {@code read} fail with an {@link java.io.IOException} that
 * names it, once everything else has been read: exports are appended to, never rewritten. A checkpoint has room for about
 * 6,000 files; if there are more, {@code read} fails and says so.
 *
 * <p><b>Compressed files</b> (gzip, RFC 1952, of one or several members) are unpacked as a whole into a temporary file
 * before a record of them is used, so that of a file that is cut off, damaged or larger than allowed nothing is read: {@code
 * read} names it and tries again when it has changed. Positions count in the unpacked text. A file may grow by whole
 * members.
 *
 * <p><b>Long lines.</b> At most 16 KiB of a line are held in memory; of a longer one the record's content reads the file.
 * Files must therefore stay until the page is committed. A line over {@link Builder#maxLineBytes} is a record like any
 * other; its parser refuses it, so it is held with all its bytes.
 *
 * <p><b>Attachment files</b> lie in one folder, {@code media} beside the exports by default. Only a plain file directly in
 * it is opened: names with separators, control characters or {@code ..}, names that Windows takes for something else, and
 * symbolic links are not, and the record that names them is held. So is a record whose file is missing: write attachments
 * first, then the line that names them. A repaired record is exported again as a new line.
 *
 * <p>{@code close} frees what was unpacked, and {@code acknowledge} deletes nothing. The locator is
 * {@code <file name>:<line number>}.
 */
public final class JsonLinesSource extends FileSource {

    private JsonLinesSource(Builder builder) {
        super(builder, new JsonLinesFormat(), builder.parserOrDefault());
    }

    /** A file, or a folder of {@code *.jsonl} files, with defaults. It need not exist yet. */
    public static JsonLinesSource of(Path path) {
        return builder(path).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    /** Options of a {@link JsonLinesSource}. Not thread-safe. */
    public static final class Builder extends FileSourceBuilder<Builder> {
        private @Nullable ZoneId zone;
        private int maxLineBytes = JsonRecordParser.DEFAULT_MAX_RECORD_BYTES;
        private @Nullable RecordParser parser;

        private Builder(Path path) {
            super(path);
        }

        @Override
        Builder self() {
            return this;
        }

        /** The zone of times that have no offset; see {@link JsonRecordParser.Builder#zone}. Default none. */
        public Builder zone(@Nullable ZoneId value) {
            zone = value;
            return this;
        }

        /** The longest line that is parsed, in bytes. Default 67,108,864 (64 MiB). */
        public Builder maxLineBytes(int value) {
            maxLineBytes = value;
            return this;
        }

        /**
         * Another format, or a {@link JsonRecordParser} with other limits, in the same transport: this parser gets every
         * line. Default: a {@link JsonRecordParser} with {@link #zone} and {@link #maxLineBytes}, which then must not be
         * set here.
         */
        public Builder parser(RecordParser value) {
            parser = Objects.requireNonNull(value, "parser");
            return this;
        }

        /**
         * The source.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public JsonLinesSource build() {
            List<String> problems = problems();
            if (parser != null && (zone != null || maxLineBytes != JsonRecordParser.DEFAULT_MAX_RECORD_BYTES)) {
                problems.add("zone and maxLineBytes belong to the parser given");
            }
            if (maxLineBytes < 1) {
                problems.add("maxLineBytes must be at least 1");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("JSON Lines source: " + String.join("; ", problems));
            }
            return new JsonLinesSource(this);
        }

        private RecordParser parserOrDefault() {
            return parser != null
                    ? parser
                    : JsonRecordParser.builder()
                            .zone(zone)
                            .maxRecordBytes(maxLineBytes)
                            .build();
        }
    }
}
