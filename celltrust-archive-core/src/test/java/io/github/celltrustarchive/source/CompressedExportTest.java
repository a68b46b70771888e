// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedExportTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    @AfterEach
    void nothingIsLeftInTheTemporaryFolder() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void compressedAndPlainFilesAreReadInTheOrderOfTheirNames(int pageSize) throws Exception {
        write("b.jsonl.gz", gzip("1\n2\n3\n"));
        write("a.jsonl", "0\n".getBytes(StandardCharsets.UTF_8));
        write("c.jsonl.gz", gzip("4"));

        assertThat(readAll(Checkpoint.START, pageSize))
                .containsExactly("a.jsonl:1=0", "b.jsonl.gz:1=1", "b.jsonl.gz:2=2", "b.jsonl.gz:3=3", "c.jsonl.gz:1=4");
    }

    @Test
    void readingIsRepeatableFromEveryCheckpoint() throws Exception {
        write("a.jsonl.gz", gzip("1\n2\n3\n4\n"));
        List<String> all = readAll(Checkpoint.START, 100);

        Checkpoint checkpoint = Checkpoint.START;
        for (int done = 0; done < all.size(); done++) {
            assertThat(readAll(checkpoint, 3)).isEqualTo(all.subList(done, all.size()));
            try (JsonLinesSource source = source();
                    SourcePage page = source.read(checkpoint, 1)) {
                checkpoint = page.next();
            }
        }
        assertThat(readAll(checkpoint, 3)).isEmpty();
    }

    @Test
    void membersThatAreAppendedAreRead() throws Exception {
        write("a.jsonl.gz", gzip("1\n"), gzip("2\n3"), gzip("\n"));
        Checkpoint end = end();
        assertThat(readAll(Checkpoint.START, 10)).hasSize(3);
        Files.write(folder.resolve("a.jsonl.gz"), gzip("4\n"), StandardOpenOption.APPEND);

        assertThat(readAll(end, 10)).containsExactly("a.jsonl.gz:4=4");
    }

    @Test
    void aFileCutOffAnywhereIsRefusedAndReadWhenItIsWhole() throws Exception {
        byte[] whole = gzip(randomLines(200));
        for (int length : new int[] {1, 9, 10, 11, whole.length / 2, whole.length - 8, whole.length - 1}) {
            write("a.jsonl.gz", Arrays.copyOf(whole, length));
            try (JsonLinesSource source = source()) {
                assertThatThrownBy(() -> source.read(Checkpoint.START, 1))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("a.jsonl.gz is cut off or damaged");
                write("a.jsonl.gz", whole);
                try (SourcePage page = source.read(Checkpoint.START, 1_000)) {
                    assertThat(page.records()).hasSize(200);
                }
            }
        }
    }

    @Test
    void aMemberBehindSomethingThatIsNotGzipIsNotLostSilently() throws Exception {
        write("a.jsonl.gz", gzip("1\n"), new byte[] {1, 2, 3}, gzip("2\n"));
        assertThatThrownBy(() -> readAll(Checkpoint.START, 1)).hasMessageContaining("cut off or damaged");

        byte[] second = gzip("2\n");
        write("a.jsonl.gz", gzip("1\n"), Arrays.copyOf(second, 5));
        assertThatThrownBy(() -> readAll(Checkpoint.START, 1)).hasMessageContaining("cut off or damaged");
    }

    @Test
    void aDamagedFileStopsNoneOfItsNeighbours() throws Exception {
        byte[] damaged = gzip(randomLines(50));
        damaged[damaged.length / 2] ^= 0x55;
        write("a.jsonl.gz", damaged);
        write("b.jsonl.gz", gzip("1\n2\n"));
        List<String> read = new ArrayList<>();

        assertThatThrownBy(() -> readAll(Checkpoint.START, 1, read)).hasMessageContaining("a.jsonl.gz");

        assertThat(read).containsExactly("b.jsonl.gz:1=1", "b.jsonl.gz:2=2");
    }

    @Test
    void aBombIsRefusedByItsRatioAndByItsSize() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 20; i++) {
                gzip.write(zeros);
            }
        }
        write("a.jsonl.gz", bomb.toByteArray());

        assertThatThrownBy(() -> readAll(Checkpoint.START, 1)).hasMessageContaining("more than 100 times its own size");
        try (JsonLinesSource source = JsonLinesSource.builder(folder)
                .temporaryFolder(temporary)
                .maxUnpackedBytes(1_000_000)
                .build()) {
            assertThatThrownBy(() -> source.read(Checkpoint.START, 1)).hasMessageContaining("more than 1000000 bytes");
        }
        try (JsonLinesSource source = JsonLinesSource.builder(folder)
                        .temporaryFolder(temporary)
                        .maxUnpackedRatio(1_032)
                        .build();
                SourcePage page = source.read(Checkpoint.START, 1)) {
            assertThat(page.records()).hasSize(1);
        }
    }

    @Test
    void aShortFileThatRepeatsItselfIsNoBomb() throws Exception {
        write("a.jsonl.gz", gzip("{\"x\":1}\n".repeat(1_000_000)));

        assertThat(readAll(Checkpoint.START, 1_000_000)).hasSize(1_000_000);
    }

    @Test
    void longLinesOfManyFilesCanBeReadUntilTheirPageIsClosed() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("export-" + i + ".jsonl.gz", gzip("x".repeat(50_000 + i) + "\n"));
        }

        assertThat(readAll(Checkpoint.START, 100))
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).hasSizeGreaterThan(50_000));
    }

    @Test
    void anUnchangedFileThatWasReadIsNotUnpackedAgain() throws Exception {
        write("a.jsonl.gz", gzip("1\n"));
        Checkpoint end = end();
        try (JsonLinesSource source =
                JsonLinesSource.builder(folder).maxUnpackedBytes(1).build()) {
            assertThat(source.read(end, 1).records()).isEmpty();
        }
    }

    @Test
    void aFileReplacedByOneOfTheSameNameIsNamed() throws Exception {
        write("a.jsonl.gz", gzip("1\n2\n"));
        Checkpoint end = end();
        write("a.jsonl.gz", gzip("1\n3\n4\n"));

        assertThatThrownBy(() -> readAll(end, 1)).hasMessageContaining("a.jsonl.gz differs");
    }

    @Test
    void gzipUnderAnotherNameAndUtf16AreNamedAndNoMillionHeldRecords() throws Exception {
        write("a.jsonl", gzip("1\n"));
        assertThatThrownBy(() -> readAll(Checkpoint.START, 1)).hasMessageContaining("a.jsonl is compressed");

        write("a.jsonl", "\uFEFF1\n".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> readAll(Checkpoint.START, 1)).hasMessageContaining("a.jsonl is UTF-16");
    }

    private JsonLinesSource source() {
        return JsonLinesSource.builder(folder).temporaryFolder(temporary).build();
    }

    private Checkpoint end() throws IOException, InterruptedException {
        try (JsonLinesSource source = source();
                SourcePage page = source.read(Checkpoint.START, 1_000)) {
            return page.next();
        }
    }

    private List<String> readAll(Checkpoint after, int pageSize) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        readAll(after, pageSize, all);
        return all;
    }

    private void readAll(Checkpoint after, int pageSize, List<String> into) throws IOException, InterruptedException {
        Checkpoint checkpoint = after;
        try (JsonLinesSource source = source()) {
            for (boolean more = true; more; ) {
                try (SourcePage page = source.read(checkpoint, pageSize)) {
                    for (RawRecord record : page.records()) {
                        try (InputStream in = record.bytes().open()) {
                            into.add(record.locator() + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                        }
                    }
                    checkpoint = page.next();
                    more = page.more();
                }
            }
        }
    }

    private static String randomLines(int count) {
        Random random = new Random(count);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(Long.toHexString(random.nextLong())).append('\n');
        }
        return lines.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private void write(String name, byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        Files.write(folder.resolve(name), all.toByteArray());
    }
}
