// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Reads exports in CSV: one file, or every {@code *.csv} and {@code *.csv.gz} of a folder in the order of their names. Each
 * file begins with a header; each row behind it is a record ({@code docs/csv-format.md}). What the columns mean is told by a
 * {@link CsvRecordParser}.
 *
 * <p><b>Header.</b> It must have the columns that the parser knows, in any order, and no other. A column that is missing,
 * unknown or there twice ends the run with a message that names it, once everything else has been read. An empty file has
 * no header and no records.
 *
 * <p><b>Records.</b> A record is the header with one row, byte for byte as in the file, without the line end behind the row,
 * of the media type {@code text/csv; charset=utf-8; header=present} (RFC 4180 section 3). Rows end at LF or CRLF outside
 * quotes; empty lines are skipped. A row with more or fewer cells than the header, malformed UTF-8 or a quote that isn't closed
 * is held, and the next ones go on; a quote that is never closed takes the rest of the file with it. The locator is
 * {@code <file name>:<number of the line that the row starts in>}.
 *
 * <p><b>Files</b> that grow, are late, compressed, rewritten or gone, long rows and attachment files: all as with
 * {@link JsonLinesSource}.
 */
public final class CsvSource extends FileSource {

    private CsvSource(Builder builder) {
        super(builder, new CsvFormat(builder.parser), builder.parser);
    }

    /** A file, or a folder of {@code *.csv} files, with defaults. It need not exist yet. */
    public static CsvSource of(Path path, CsvRecordParser parser) {
        return builder(path, parser).build();
    }

    /** Starts from the defaults. */
    public static Builder builder(Path path, CsvRecordParser parser) {
        return new Builder(path, parser);
    }

    /** Options of a {@link CsvSource}. Not thread-safe. */
    public static final class Builder extends FileSourceBuilder<Builder> {
        private final CsvRecordParser parser;

        private Builder(Path path, CsvRecordParser parser) {
            super(path);
            this.parser = Objects.requireNonNull(parser, "parser");
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The source.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         */
        public CsvSource build() {
            List<String> problems = problems();
            if (!problems.isEmpty()) {
                throw new IllegalStateException("CSV source: " + String.join("; ", problems));
            }
            return new CsvSource(this);
        }
    }
}
