// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory is bounded by configuration, not by what is archived: processes with a small heap archive much. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class MemoryTest {

    private static final long GIGABYTE = 1L << 30;
    private static final int TEN_MEGABYTES = 10 << 20;

    /** What a flat heap may differ by from one look to the next: caches that fill, threads that come and go. */
    private static final long SLACK = 6 << 20;

    @TempDir
    private Path folder;

    /** Needs about 5 GB below the temporary folder: the file, pack and mailbox with it as base64, 1 GB once more in the pack. */
    @Test
    @Tag("ci")
    void tenMegabytesInlineAndAFileOfAGigabytePassWithAHeapOf64Megabytes() throws Exception {
        Path media = Files.createDirectory(folder.resolve("media"));
        byte[] inline = new byte[TEN_MEGABYTES];
        new Random(1).nextBytes(inline);
        try (RandomAccessFile large =
                new RandomAccessFile(media.resolve("large.bin").toFile(), "rw")) {
            large.write(inline, 0, 1_000_000);
            large.seek(GIGABYTE - 1_000_000);
            large.write(inline, 1_000_000, 1_000_000);
        }
        try (BufferedWriter export = Files.newBufferedWriter(folder.resolve("export.jsonl"))) {
            export.write(line(
                    1,
                    "{\"name\":\"inline.bin\",\"data\":\"" + Base64.getEncoder().encodeToString(inline) + "\"}"));
            export.write(line(2, "{\"name\":\"large.bin\",\"file\":\"large.bin\"}"));
        }

        archive("-Xmx64m", 2, 5);

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(media.resolve("large.bin"), out);
        }
        String large = HexFormat.of().formatHex(digest.digest());
        digest.update(inline);
        assertThat(attachmentsInMailbox()).containsExactlyInAnyOrder(hex(digest), large);
    }

    @Test
    @Tag("ci")
    void aHundredThousandRecordsPassWithAFlatHeapOf256Megabytes() throws Exception {
        assertFlat(100_000, 10);
    }

    @Test
    @Tag("nightly")
    void aMillionRecordsPassWithAFlatHeapOf256Megabytes() throws Exception {
        assertFlat(1_000_000, 55);
    }

    private void assertFlat(int records, int minutes) throws Exception {
        try (BufferedWriter export = Files.newBufferedWriter(folder.resolve("export.jsonl"))) {
            for (int i = 0; i < records; i++) {
                export.write(line(i, ""));
            }
        }

        List<String> output = archive("-Xmx256m", records, minutes);

        MemoryProcess.assertFlat(output, SLACK);
    }

    private static String line(int number, String attachment) {
        return "{\"id\":\"m" + number + "\",\"kind\":\"SMS\",\"direction\":\"inbound\",\"conversation\":\"c"
                + number % 997
                + "\",\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"phone\":\"+1555010" + (1000 + number % 9000)
                + "\",\"external\":true},\"to\":[{\"email\":\"person" + number % 100 + "@example.com\"}],\"text\":\""
                + "message " + number + " of the day\",\"attachments\":[" + attachment + "]}\n";
    }

    private List<String> archive(String heap, int messages, int minutes) throws Exception {
        return MemoryProcess.archive(folder, heap, messages, minutes, List.of());
    }

    private List<String> attachmentsInMailbox() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            return files.filter(file -> file.getParent().endsWith("new"))
                    .map(MemoryTest::attachment)
                    .toList();
        }
    }

    /** The SHA-256 of an email's attachment, line by line. */
    private static String attachment(Path eml) {
        try (BufferedReader lines = Files.newBufferedReader(eml, StandardCharsets.US_ASCII)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            skipTo(lines, "Content-Disposition: attachment");
            skipTo(lines, "");
            for (String line = lines.readLine(); !line.isEmpty() && !line.startsWith("--"); line = lines.readLine()) {
                digest.update(Base64.getDecoder().decode(line));
            }
            return hex(digest);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void skipTo(BufferedReader lines, String start) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (start.isEmpty() ? line.isEmpty() : line.startsWith(start)) {
                return;
            }
        }
        throw new IOException("no " + start);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
