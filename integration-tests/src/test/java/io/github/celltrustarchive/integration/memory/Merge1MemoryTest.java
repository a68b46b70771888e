// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.merge1.ChildSource;
import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Merge1 site made passes with a heap of 128 MB, however much there is of it and however large it is. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class Merge1MemoryTest {

    private static final String HEAP = "-Xmx128m";
    private static final long GIGABYTE = 1L << 30;

    /** The listing of a drop folder is in memory while it is read: about 100 bytes for each email. */
    private static final long SLACK = 6 << 20;

    @TempDir
    private Path folder;

    @Test
    @Tag("ci")
    void twentyThousandEmailsInOneFolderPassWithAFlatHeap() throws Exception {
        emailsInOneFolder(20_000, 10);
    }

    @Test
    @Tag("nightly")
    void aHundredThousandEmailsInOneFolderPassWithAFlatHeap() throws Exception {
        emailsInOneFolder(100_000, 30);
    }

    /** Needs about 4 GB below the temporary folder: the email in the drop folder, the pack and the mailbox. */
    @Test
    @Tag("ci")
    void anEmailOfAGigabyteInADropFolderPassesByteForByte() throws Exception {
        Path email = large(Files.createDirectory(folder.resolve("drop")).resolve("large.eml"));

        MemoryProcess.archive(folder, HEAP, 1, 20, ChildSource.LEAVING_DROP);

        assertArchived(email);
    }

    /** The same, and once more as a download. */
    @Test
    @Tag("ci")
    void anEmailOfAGigabyteOnASitePassesByteForByte() throws Exception {
        Path email = large(folder.resolve("large.eml"));
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        try (Merge1Simulator simulator = Merge1Simulator.start(LoopbackTls.create(certificates))) {
            simulator
                    .connector(ChildSource.CONNECTOR)
                    .add("large", Content.of(email), Instant.parse("2026-11-20T15:00:00Z"));

            MemoryProcess.archive(folder, HEAP, 1, 20, ChildSource.site(simulator, certificates));

            assertThat(simulator.problems()).isEmpty();
        }
        assertArchived(email);
    }

    private void emailsInOneFolder(int emails, int minutes) throws Exception {
        Path drop = Files.createDirectory(folder.resolve("drop"));
        for (int i = 0; i < emails; i++) {
            Files.writeString(drop.resolve(i + ".eml"), head(i) + "\r\nmessage " + i + " of the day\r\n");
        }

        List<String> output = MemoryProcess.archive(folder, HEAP, emails, minutes, ChildSource.LEAVING_DROP);

        MemoryProcess.assertFlat(output, SLACK);
    }

    private static Path large(Path file) throws IOException {
        byte[] line = ("TWVyZ2Ux".repeat(9) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] lines = new byte[line.length * 16_384];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = line[i % line.length];
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            String attachment = """
                    MIME-Version: 1.0
                    Content-Type: application/octet-stream; name=large.bin
                    Content-Transfer-Encoding: base64

                    """.replace("\n", "\r\n");
            out.write((head(1) + attachment).getBytes(StandardCharsets.US_ASCII));
            for (long written = 0; written < GIGABYTE; written += lines.length) {
                out.write(lines);
            }
        }
        return file;
    }

    private static String head(int number) {
        return "From: client" + number % 997 + "@customer.example\r\nTo: person" + number % 100
                + "@example.com\r\nDate: Fri, 20 Nov 2026 14:03:27 +0000\r\nMessage-ID: <" + number
                + "@merge1.example>\r\nSubject: SMS " + number + "\r\n";
    }

    /** The one email in the mailbox is these bytes behind its key. */
    private void assertArchived(Path email) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("mail"))) {
            List<Path> archived =
                    files.filter(file -> file.getParent().endsWith("new")).toList();
            assertThat(archived).hasSize(1);
            long key = Files.size(archived.get(0)) - Files.size(email);
            assertThat(key).as("length of the key's line").isBetween(64L, 120L);
            assertThat(sha256(archived.get(0), key)).isEqualTo(sha256(email, 0));
        }
    }

    private static String sha256(Path file, long from) throws IOException {
        DigestingOutputStream digest = new DigestingOutputStream(OutputStream.nullOutputStream());
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            in.transferTo(digest);
        }
        return digest.sha256();
    }
}
