// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesSourceTest {

    @TempDir
    private Path folder;

    @Test
    void filesAreReadInTheOrderOfTheirNamesLineByLine() throws Exception {
        write("b.jsonl", "3\n");
        write("a.jsonl", "1\r\n\n \t\r\n2");
        write("notes.txt", "no");

        assertThat(readAll(Checkpoint.START, 10)).containsExactly("a.jsonl:1=1", "a.jsonl:4=2", "b.jsonl:1=3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void thePageSizeDoesNotChangeWhatIsRead(int pageSize) throws Exception {
        write("a.jsonl", "1\n2\n\n3\n");
        write("b.jsonl", "");
        write("c.jsonl", "\n\n4\n5\n6");

        assertThat(readAll(Checkpoint.START, pageSize))
                .containsExactly(
                        "a.jsonl:1=1", "a.jsonl:2=2", "a.jsonl:4=3", "c.jsonl:3=4", "c.jsonl:4=5", "c.jsonl:5=6");
    }

    @Test
    void readingIsRepeatableFromEveryCheckpoint() throws Exception {
        write("a.jsonl", "1\n2\n");
        write("b.jsonl", "3\n4\n");
        List<String> all = readAll(Checkpoint.START, 100);

        Checkpoint checkpoint = Checkpoint.START;
        for (int done = 0; done < all.size(); done++) {
            assertThat(readAll(checkpoint, 3)).isEqualTo(all.subList(done, all.size()));
            checkpoint = page(checkpoint, 1).next();
        }
        assertThat(readAll(checkpoint, 3)).isEmpty();
    }

    @Test
    void anEmptyPageKeepsTheCheckpointAndSaysThatThisIsTheEnd() throws Exception {
        write("a.jsonl", "1\n\n\n");
        Checkpoint end = page(Checkpoint.START, 10).next();

        SourcePage page = page(end, 10);

        assertThat(page.records()).isEmpty();
        assertThat(page.next()).isEqualTo(end);
        assertThat(page.more()).isFalse();
    }

    @Test
    void linesAppendedToAnyFileAndLateFilesOfAnyNameAreFound() throws Exception {
        write("b.jsonl", "1\n");
        write("c.jsonl", "2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();

        append("b.jsonl", "3\n");
        append("c.jsonl", "4\n");
        write("a.jsonl", "5\n");

        assertThat(readAll(end, 10)).containsExactly("a.jsonl:1=5", "b.jsonl:2=3", "c.jsonl:2=4");
    }

    @Test
    void deletedFilesAreForgotten() throws Exception {
        write("a.jsonl", "1\n");
        write("b.jsonl", "2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        Files.delete(folder.resolve("a.jsonl"));
        append("b.jsonl", "3\n");

        SourcePage page = page(end, 10);

        assertThat(page.records()).hasSize(1);
        assertThat(page.next().value()).doesNotContain("a.jsonl");
    }

    @Test
    void aLastLineWithoutLineEndIsReadOnceAndTheLineEndThatFollowsIsNoRecord() throws Exception {
        write("a.jsonl", "1\n2");
        Checkpoint end = page(Checkpoint.START, 10).next();
        append("a.jsonl", "\n3\n");

        assertThat(readAll(end, 10)).containsExactly("a.jsonl:3=3");
    }

    @Test
    void aLastLineThatGrowsAfterAllIsReadAgainAsAWhole() throws Exception {
        write("a.jsonl", "1\n{\"id\":");
        Checkpoint end = page(Checkpoint.START, 10).next();
        append("a.jsonl", "2}\n3\n");

        assertThat(readAll(end, 10)).containsExactly("a.jsonl:2={\"id\":2}", "a.jsonl:3=3");
    }

    @Test
    void aLastLineWithoutLineEndWaitsIfFilesGrow() throws Exception {
        JsonLinesSource growing =
                JsonLinesSource.builder(folder).completeFiles(false).build();
        write("a.jsonl", "1\n2");
        write("b.jsonl", "3\n");

        SourcePage first = growing.read(Checkpoint.START, 10);
        append("a.jsonl", "2\n");
        SourcePage second = growing.read(first.next(), 10);

        assertThat(texts(first)).containsExactly("a.jsonl:1=1", "b.jsonl:1=3");
        assertThat(texts(second)).containsExactly("a.jsonl:2=22");
    }

    @Test
    void aByteOrderMarkAtTheStartOfAFileIsNotPartOfTheRecord() throws Exception {
        write("a.jsonl", "\uFEFF1\n\uFEFF2\n");

        assertThat(readAll(Checkpoint.START, 1)).containsExactly("a.jsonl:1=1", "a.jsonl:2=\uFEFF2");
    }

    @Test
    void aFileThatBecameShorterIsNamed() throws Exception {
        write("a.jsonl", "1\n2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        write("a.jsonl", "1\n");

        assertThatThrownBy(() -> page(end, 10)).isInstanceOf(IOException.class).hasMessageContaining("a.jsonl");
    }

    @Test
    void aFileThatWasRewrittenIsNamed() throws Exception {
        write("a.jsonl", "1\n2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        write("a.jsonl", "1\nX\n3\n");

        assertThatThrownBy(() -> page(end, 10)).isInstanceOf(IOException.class).hasMessageContaining("a.jsonl");
    }

    @Test
    void aFileReplacedByOneOfTheSameSizeIsNamed() throws Exception {
        write("a.jsonl", "1\n2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        write("a.jsonl", "1\n3\n");

        assertThatThrownBy(() -> page(end, 10)).isInstanceOf(IOException.class).hasMessageContaining("a.jsonl differs");
    }

    @Test
    void aFileThatIsGoneBeforeItWasReadToItsEndStopsNoneOfItsNeighbours() throws Exception {
        write("a.jsonl", "1\n2\n3\n");
        write("b.jsonl", "4\n");
        Checkpoint half = page(Checkpoint.START, 2).next();
        Files.delete(folder.resolve("a.jsonl"));

        SourcePage others = page(half, 10);
        assertThat(texts(others)).containsExactly("b.jsonl:1=4");
        assertThat(others.more()).isTrue();
    }

    @Test
    void whatIsGoneIsToldWhenNothingElseIsLeftToRead() throws Exception {
        write("a.jsonl", "1\n2\n3\n");
        Checkpoint half = page(Checkpoint.START, 2).next();
        Files.delete(folder.resolve("a.jsonl"));

        assertThatThrownBy(() -> page(half, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.jsonl is gone, and the last 2 bytes");
        JsonLinesSource givenUp =
                JsonLinesSource.builder(folder).giveUp(List.of("a.jsonl")).build();
        assertThat(givenUp.read(half, 10).records()).isEmpty();
    }

    @Test
    void aFileThatChangedStopsNoneOfItsNeighbours() throws Exception {
        write("a.jsonl", "1\n2\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        write("a.jsonl", "1\n");
        write("b.jsonl", "3\n");

        SourcePage page = page(end, 10);

        assertThat(texts(page)).containsExactly("b.jsonl:1=3");
        assertThatThrownBy(() -> page(page.next(), 10)).hasMessageContaining("a.jsonl has become shorter");
    }

    @Test
    void aFolderOfAttachmentsThatIsALinkItselfIsNotFollowedUnlessTheHostNamesIt() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x"), "x");
        Files.createSymbolicLink(folder.resolve("media"), elsewhere);
        write("a.jsonl", "{\"attachments\":[{\"file\":\"x\"}]}");

        assertThat(page(Checkpoint.START, 1).records().get(0).parts()).isEmpty();
        JsonLinesSource named = JsonLinesSource.builder(folder)
                .attachments(folder.resolve("media"))
                .build();
        assertThat(named.read(Checkpoint.START, 1).records().get(0).parts()).containsOnlyKeys("x");
    }

    @Test
    void aLateFileIsFoundHoweverManyWereReadBefore() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            write("export-%05d.jsonl".formatted(i), "1\n");
        }
        Checkpoint end = page(Checkpoint.START, 10_000).next();
        write("a.jsonl", "2\n");
        append("export-00003.jsonl", "3\n");

        assertThat(readAll(end, 10))
                .contains("a.jsonl:1=2", "export-00003.jsonl:2=3")
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void moreFilesThanACheckpointHasRoomForAreRefusedAndNotForgotten() throws Exception {
        for (int i = 0; i < 7_000; i++) {
            write(i + ".jsonl", "1\n");
        }

        assertThatThrownBy(() -> page(Checkpoint.START, 10_000)).hasMessageContaining("more export files");
    }

    @Test
    void aLongLineStaysInItsFile() throws Exception {
        String longLine = "x".repeat(200_000);
        write("a.jsonl", "1\n" + longLine + "\r\n2\n");

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        assertThat(records.get(1).bytes()).isInstanceOf(FileSlice.class);
        assertThat(text(records.get(1))).isEqualTo(longLine);
        assertThat(text(records.get(2))).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {16_382, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537})
    void linesOfEveryLengthComeBackAsTheyWere(int length) throws Exception {
        String line = "y".repeat(length);
        write("a.jsonl", line + "\r\n" + line + "\n" + line);

        assertThat(readAll(Checkpoint.START, 2))
                .containsExactly("a.jsonl:1=" + line, "a.jsonl:2=" + line, "a.jsonl:3=" + line);
    }

    @Test
    void aLineOverTheLimitIsARecordThatTheParserRefuses() throws Exception {
        JsonLinesSource source =
                JsonLinesSource.builder(folder).maxLineBytes(1_000).build();
        write("a.jsonl", "{\"x\":\"" + "y".repeat(2_000) + "\"}\n");

        RawRecord record = source.read(Checkpoint.START, 10).records().get(0);

        assertThat(record.bytes().size()).isEqualTo(2_008);
        assertThatThrownBy(() -> source.parse(record)).hasMessageContaining("longer than 1000 bytes");
    }

    @Test
    void attachmentFilesThatALineMentionsComeWithIt() throws Exception {
        Path media = Files.createDirectory(folder.resolve("media"));
        Files.writeString(media.resolve("cat.png"), "meow");
        write("a.jsonl", "{\"attachments\":[{\"file\":\"cat.png\"},{\"file\":\"gone.png\"}]} broken");

        RawRecord record = page(Checkpoint.START, 1).records().get(0);

        assertThat(record.parts()).containsOnlyKeys("cat.png");
        try (InputStream in = record.parts().get("cat.png").open()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("meow");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "..\\\\secret",
                "/etc/hostname",
                "sub/x",
                "link",
                "sub",
                "\\u0000",
                "\\ud800",
                "CON",
                "aux.txt",
                "x:stream",
                "link.",
                "C:x",
                ".",
                ""
            })
    void nothingOutsideTheAttachmentFolderIsOpened(String name) throws Exception {
        write("secret", "secret");
        Path media = Files.createDirectory(folder.resolve("media"));
        Files.createDirectory(media.resolve("sub"));
        Files.writeString(media.resolve("sub/x"), "x");
        Files.createSymbolicLink(media.resolve("link"), folder.resolve("secret"));
        write("a.jsonl", "{\"attachments\":[{\"file\":\"" + name + "\"}]}");

        assertThat(page(Checkpoint.START, 1).records().get(0).parts()).isEmpty();
    }

    @Test
    void anExportThatIsASymbolicLinkIsNotReadFromAFolder() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x.jsonl"), "1\n");
        Files.createSymbolicLink(folder.resolve("a.jsonl"), elsewhere.resolve("x.jsonl"));

        assertThat(readAll(Checkpoint.START, 10)).isEmpty();
    }

    @Test
    void aMissingFolderIsAnErrorAndNoEmptySource() {
        assertThatThrownBy(() -> JsonLinesSource.of(folder.resolve("gone")).read(Checkpoint.START, 1))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aSingleFileIsASourceToo() throws Exception {
        write("a.jsonl", "1\n");
        write("b.jsonl", "2\n");

        SourcePage page = JsonLinesSource.of(folder.resolve("a.jsonl")).read(Checkpoint.START, 10);

        assertThat(texts(page)).containsExactly("a.jsonl:1=1");
    }

    @Test
    void moreFilesThanACheckpointHoldsAreReadOnceEach() throws Exception {
        int files = 2_500;
        for (int i = 0; i < files; i++) {
            write("export-%05d.jsonl".formatted(i), "1\n");
        }

        SourcePage page = page(Checkpoint.START, 10_000);

        assertThat(page.records()).hasSize(files);
        assertThat(page.next().value().length()).isLessThan(65_536);
        assertThat(page(page.next(), 10).records()).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherSourceIsRefused() {
        assertThatThrownBy(() -> page(new Checkpoint("42"), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(new Checkpoint("{"), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptEndsReading() throws Exception {
        write("a.jsonl", "1\n");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> page(Checkpoint.START, 1)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private SourcePage page(Checkpoint after, int max) throws IOException, InterruptedException {
        return JsonLinesSource.of(folder).read(after, max);
    }

    private List<String> readAll(Checkpoint after, int pageSize) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        Checkpoint checkpoint = after;
        for (boolean more = true; more; ) {
            SourcePage page = page(checkpoint, pageSize);
            assertThat(page.records()).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(texts(page));
            checkpoint = page.next();
            more = page.more();
        }
        return all;
    }

    private static List<String> texts(SourcePage page) throws IOException {
        List<String> texts = new ArrayList<>();
        for (RawRecord record : page.records()) {
            texts.add(record.locator() + "=" + text(record));
        }
        return texts;
    }

    private static String text(RawRecord record) throws IOException {
        try (InputStream in = record.bytes().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
    }
}
