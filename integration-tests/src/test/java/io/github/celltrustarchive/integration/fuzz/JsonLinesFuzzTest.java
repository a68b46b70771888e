// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The records of any file are its lines, byte for byte, whatever the size of a page. */
class JsonLinesFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void everyByteIsAccountedForWhateverThePageSize(byte[] bytes) throws Exception {
        Path file = Files.createTempFile("fuzz", ".jsonl");
        try {
            Files.write(file, bytes);
            if (isOtherThanText(bytes)) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(file, 1));
                return;
            }
            List<String> expected = lines(bytes);
            for (int pageSize : new int[] {1, 3, 100_000}) {
                assertThat(read(file, pageSize)).as("pages of %d", pageSize).isEqualTo(expected);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** UTF-16 and gzip, which would be nothing but held records. */
    private static boolean isOtherThanText(byte[] bytes) {
        int start = bytes.length < 2 ? 0 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        return start == 0xFEFF || start == 0xFFFE || start == 0x1F8B;
    }

    private static List<String> read(Path file, int pageSize) throws Exception {
        JsonLinesSource source = JsonLinesSource.of(file);
        List<String> records = new ArrayList<>();
        Checkpoint reached = Checkpoint.START;
        String name = file.getFileName().toString();
        while (true) {
            try (SourcePage page = source.read(reached, pageSize)) {
                for (RawRecord record : page.records()) {
                    records.add(record.locator().substring(name.length()) + " " + content(record));
                }
                reached = page.next();
                if (page.records().isEmpty()) {
                    return records;
                }
            }
        }
    }

    private static String content(RawRecord record) throws IOException {
        try (var in = record.bytes().open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The lines of the file as docs/record-format.md describes them, the plain way. */
    private static List<String> lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ef\u00bb\u00bf")) {
            text = text.substring(3);
        }
        List<String> lines = new ArrayList<>();
        String[] parts = text.split("\n", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean terminated = i < parts.length - 1;
            String line =
                    terminated && parts[i].endsWith("\r") ? parts[i].substring(0, parts[i].length() - 1) : parts[i];
            if (!parts[i].matches("[ \t\r]*")) {
                lines.add(":" + (i + 1) + " " + line);
            }
        }
        return lines;
    }
}
