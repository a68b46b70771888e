// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record per line; blank lines are skipped. */
final class JsonLinesFormat implements FileFormat {

    private static final int MAX_LINE_IN_MEMORY = 16_384;
    private static final String MEDIA_TYPE = "application/json";

    private final JsonFileNames fileNames = new JsonFileNames();

    @Override
    public String extension() {
        return ".jsonl";
    }

    @Override
    public int maxInMemory() {
        return MAX_LINE_IN_MEMORY;
    }

    @Override
    public LineEnd lineEnd() {
        return LineEnd.every();
    }

    @Override
    public boolean everyLineFeedEnds() {
        return true;
    }

    @Override
    public Reader begin(String name, ExportBytes bytes, AttachmentFolder attachments) {
        return new Lines(attachments);
    }

    private final class Lines implements Reader {
        private final AttachmentFolder attachments;

        Lines(AttachmentFolder attachments) {
            this.attachments = attachments;
        }

        @Override
        public long start() {
            return 0;
        }

        @Override
        public long linesBefore() {
            return 0;
        }

        @Override
        public @Nullable RawRecord record(String locator, LineReader.Line line) throws IOException {
            if (line.blank()) {
                return null;
            }
            Map<String, Content> parts =
                    line.mentionsFile() ? attachments.open(fileNames.of(line.content())) : Map.of();
            return new RawRecord(MEDIA_TYPE, line.content(), parts, locator);
        }
    }
}
