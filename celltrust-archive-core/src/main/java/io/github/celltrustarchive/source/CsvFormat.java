// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A header, then one record per row. A record is the header with one row, so that it says by itself what it means. */
final class CsvFormat implements FileFormat {

    private static final int MAX_ROW_IN_MEMORY = 16_384;
    private static final int MAX_HEADER = 65_536;

    private final CsvRecordParser parser;

    CsvFormat(CsvRecordParser parser) {
        this.parser = parser;
    }

    @Override
    public String extension() {
        return ".csv";
    }

    @Override
    public int maxInMemory() {
        return MAX_ROW_IN_MEMORY;
    }

    @Override
    public LineEnd lineEnd() {
        return parser.dialect().rowEnd();
    }

    @Override
    public boolean everyLineFeedEnds() {
        return false; // it may have been inside quotes
    }

    @Override
    public @Nullable Reader begin(String name, ExportBytes bytes, AttachmentFolder attachments) throws IOException {
        LineReader.Line header = new LineReader(bytes, 0, MAX_HEADER, lineEnd()).next();
        if (header == null || !header.terminated()) {
            if (header != null && header.end() > MAX_HEADER) {
                throw misconfigured(name, "its header is longer than " + MAX_HEADER + " bytes");
            }
            return null;
        }
        if (header.content().size() > MAX_HEADER) {
            throw misconfigured(name, "its header is longer than " + MAX_HEADER + " bytes");
        }
        String problem = parser.headerProblem(header.content());
        if (problem != null) {
            throw misconfigured(name, problem);
        }
        byte[] withLineEnd = bytes.bytes(header.start(), (int) (header.end() - header.start()));
        return new Rows(header, withLineEnd, attachments);
    }

    private static ArchiveException misconfigured(String name, String problem) {
        return ArchiveException.stop(
                "export file " + name + " isn't what the CSV source is configured for: " + problem, null);
    }

    private final class Rows implements Reader {
        private final LineReader.Line header;
        private final byte[] headerBytes;
        private final AttachmentFolder attachments;

        Rows(LineReader.Line header, byte[] headerBytes, AttachmentFolder attachments) {
            this.header = header;
            this.headerBytes = headerBytes;
            this.attachments = attachments;
        }

        @Override
        public long start() {
            return header.end();
        }

        @Override
        public long linesBefore() {
            return header.count();
        }

        @Override
        public @Nullable RawRecord record(String locator, LineReader.Line line) throws IOException {
            if (line.content().size() == 0) {
                return null;
            }
            Content bytes = JoinedContent.of(headerBytes, line.content());
            List<String> names = parser.attachmentFiles(bytes);
            Map<String, Content> parts = names.isEmpty() ? Map.of() : attachments.open(names);
            return new RawRecord(CsvRecordParser.MEDIA_TYPE, bytes, parts, locator);
        }
    }
}
