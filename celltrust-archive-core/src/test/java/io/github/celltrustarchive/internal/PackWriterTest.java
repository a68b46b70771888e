// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.spi.ContentWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackWriterTest {

    private static final byte[] LARGE = randomBytes(PackWriter.RENDER_IN_MEMORY + 12_345);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PackWriter pack = new PackWriter(out);

    @Test
    void everyEntryIsReadByItsOffset() throws IOException {
        PackEntry raw = pack.add("items/1/record", digested("{\"id\":1}"));
        PackEntry eml = pack.add("items/1/message.eml", o -> o.write(utf8("Subject: a\r\n\r\nb\r\n")));
        PackEntry large = pack.add("items/2/message.eml", o -> o.write(LARGE));
        PackEntry empty = pack.add("items/3/part-001", DigestedContent.of(Content.EMPTY));
        pack.finish();

        assertThat(bytesOf(raw)).isEqualTo(utf8("{\"id\":1}"));
        assertThat(bytesOf(eml)).isEqualTo(utf8("Subject: a\r\n\r\nb\r\n"));
        assertThat(bytesOf(large)).isEqualTo(LARGE);
        assertThat(bytesOf(empty)).isEmpty();
        assertThat(large.sha256())
                .isEqualTo(DigestedContent.of(Content.of(LARGE)).sha256());
        assertThat(pack.size()).isEqualTo(out.size());
    }

    @Test
    void javaReadsThePackAndItsManifest() throws IOException {
        Path file = samplePack();

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly("items/1/record", "items/2/message.eml", "manifest.jsonl", "SHA256SUMS");
            assertThat(zip.getInputStream(zip.getEntry("items/2/message.eml")).readAllBytes())
                    .isEqualTo(LARGE);
            String manifest = new String(
                    zip.getInputStream(zip.getEntry("manifest.jsonl")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(fields(manifest.lines().findFirst().orElseThrow()))
                    .containsEntry("name", "items/1/record")
                    .containsEntry("size", "3")
                    .containsEntry("sha256", digested("abc").sha256())
                    .containsEntry("sourceName", "../../étc/\"x\"\r\n\u0000\uD800.jpg");
        }
    }

    @Test
    void manifestIsPlainAsciiWhateverTheSourceSays() throws IOException {
        samplePack();

        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(text).contains("\"sourceName\":\"../../\\u00E9tc/\\\"x\\\"\\r\\n\\u0000\\uD800.jpg\"");
    }

    @Test
    void unzipAndSha256sumCheckAPackWithoutThisLibrary() throws Exception {
        Path file = samplePack();
        assumeTrue(runs("unzip", "-v") && runs("sha256sum", "--version"), "needs unzip and sha256sum");

        assertThat(run("unzip", "-t", file.toString())).contains("No errors detected");
        run("unzip", "-q", file.toString());
        assertThat(run("sha256sum", "--strict", "-c", "SHA256SUMS").lines())
                .containsExactly("items/1/record: OK", "items/2/message.eml: OK", "manifest.jsonl: OK");
    }

    @Test
    void pythonReadsThePack() throws Exception {
        Path file = samplePack();
        assumeTrue(runs("python3", "--version"), "needs python3");

        String code = "import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None;"
                + "print(len(z.read('items/2/message.eml')), all(i.compress_type==0 for i in z.infolist()))";
        assertThat(run("python3", "-c", code, file.toString())).isEqualTo(LARGE.length + " True\n");
    }

    @Test
    @DisplayName("invariant 18: the same entries give the same bytes in any time zone")
    void sameEntriesGiveTheSameBytes() throws IOException {
        TimeZone before = TimeZone.getDefault();
        try {
            samplePack();
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            ByteArrayOutputStream second = new ByteArrayOutputStream();
            fill(new PackWriter(second));

            assertThat(second.toByteArray()).isEqualTo(out.toByteArray());
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void moreThanSixtyFiveThousandEntriesNeedNoOtherFormat() throws IOException {
        for (int i = 0; i < 66_000; i++) {
            pack.add("items/" + i, o -> {});
        }
        pack.finish();

        Path file = Files.write(folder.resolve("many.zip"), out.toByteArray());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(66_002);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/./b", ".a", "-a", "a b", "a\\b", "a:b", "é", "a\n",
                "a\0"
            })
    @DisplayName("invariant 23: a name that leads elsewhere is refused")
    void unsafeNamesAreRefused(String name) {
        assertThatThrownBy(() -> pack.add(name, o -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "MANIFEST.jsonl", "sha256sums"})
    void namesThatWouldCollideOnSomeDiskAreRefused(String name) throws IOException {
        pack.add("a", o -> {});

        assertThatThrownBy(() -> pack.add(name, o -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void metadataCannotTakeTheNameOfAField() {
        assertThatThrownBy(() -> pack.add("a", Map.of("sha256", "x"), o -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writerThatDoesNotRepeatItselfIsNoticed() {
        AtomicInteger call = new AtomicInteger();
        ContentWriter changing = o -> {
            o.write(LARGE);
            o.write(call.getAndIncrement());
        };

        assertThatThrownBy(() -> pack.add("a", changing)).isInstanceOf(IOException.class);
        assertThatThrownBy(pack::finish).isInstanceOf(IOException.class);
    }

    @Test
    void contentThatChangedSinceItWasDigestedIsNoticed() throws IOException {
        DigestedContent before = digested("abc");
        DigestedContent changed = new DigestedContent(Content.ofUtf8("abd"), 3, before.sha256(), before.crc32());

        assertThatThrownBy(() -> pack.add("a", changed)).isInstanceOf(IOException.class);
        assertThatThrownBy(pack::finish).isInstanceOf(IOException.class);
    }

    @Test
    void converterThatFailsLeavesThePackAsItWas() throws IOException {
        ContentWriter broken = o -> {
            o.write(utf8("half a mess"));
            throw new IllegalStateException("bad item");
        };
        pack.add("items/1", digested("abc"));
        assertThatThrownBy(() -> pack.add("items/2", broken)).isInstanceOf(IllegalStateException.class);
        PackEntry next = pack.add("items/3", digested("def"));
        pack.finish();

        assertThat(bytesOf(next)).isEqualTo(utf8("def"));
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain("half a mess", "items/2");
    }

    @Test
    void nothingCanBeAddedToAFinishedPack() throws IOException {
        pack.finish();

        assertThatThrownBy(() -> pack.add("a", o -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pack::finish).isInstanceOf(IllegalStateException.class);
    }

    private Path samplePack() throws IOException {
        fill(pack);
        return Files.write(folder.resolve("pack.zip"), out.toByteArray());
    }

    private static void fill(PackWriter pack) throws IOException {
        Map<String, String> metadata =
                Map.of("role", "part", "sourceName", "../../étc/\"x\"\r\n\u0000\uD800.jpg", "item", "0123");
        pack.add("items/1/record", metadata, digested("abc"));
        pack.add("items/2/message.eml", o -> {
            for (int i = 0; i < LARGE.length; i += 1000) {
                o.write(LARGE, i, Math.min(1000, LARGE.length - i));
            }
        });
        pack.finish();
    }

    private static Map<String, String> fields(String json) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                fields.put(parser.currentName(), parser.getText());
            }
        }
        return fields;
    }

    private byte[] bytesOf(PackEntry entry) {
        return Arrays.copyOfRange(out.toByteArray(), (int) entry.offset(), (int) (entry.offset() + entry.length()));
    }

    private static DigestedContent digested(String text) throws IOException {
        return DigestedContent.of(Content.ofUtf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(List.of(command) + ": " + output).isZero();
        return output;
    }
}
