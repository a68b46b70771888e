// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Merge1DropSourceTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(1)));

    @TempDir
    private Path scratch;

    @Test
    void aFileThatMayStillGrowWaits() throws Exception {
        put("a.eml", clock.instant().minusSeconds(119));
        Merge1DropSource source = source().build();

        assertThat(read(source, Checkpoint.START)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(read(source, Checkpoint.START)).containsExactly("a.eml");
    }

    @Test
    void aFileFromTheFutureIsWatchedForTheQuietPeriod() throws Exception {
        put("a.eml", clock.instant().plus(Duration.ofDays(9_000)));
        Merge1DropSource source = source().build();

        assertThat(read(source, Checkpoint.START)).isEmpty();
        clock.advance(Duration.ofSeconds(119));
        Files.writeString(folder().resolve("a.eml"), "longer");
        Files.setLastModifiedTime(folder().resolve("a.eml"), FileTime.from(NOON.plus(Duration.ofDays(9_000))));
        assertThat(read(source, Checkpoint.START)).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(read(source, Checkpoint.START)).containsExactly("a.eml");
    }

    @Test
    void withMarkersAnEmailWaitsForItsOwn() throws Exception {
        put("a.eml", NOON);
        put("b.eml", clock.instant());
        Files.writeString(folder().resolve("b.eml.ready"), "");
        Merge1DropSource source =
                source().readyMarker(".ready").deleteArchived().build();

        assertThat(readAndAcknowledge(source)).containsExactly("b.eml");
        assertThat(names()).containsExactly("a.eml");
    }

    @Test
    void withoutAnyMemoryOfItsOwnALateEmailWithAnOldTimeIsFound() throws Exception {
        for (int i = 0; i < 50; i++) {
            put("day/0" + i % 10 + "/" + i + ".eml", NOON.plusSeconds(i));
        }
        Checkpoint end = readAll(source().build(), Checkpoint.START, 7, new ArrayList<>());
        put("day/03/late.eml", NOON.plusSeconds(20));
        List<String> later = new ArrayList<>();
        Checkpoint next = readAll(source().build(), end, 7, later);

        assertThat(later).contains("day03late.eml").hasSizeLessThanOrEqualTo(3);
        assertThat(read(source().build(), next)).isEmpty();
    }

    @Test
    void theCheckpointSurvivesTheDeletionOfOldFiles() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            put(i + ".eml", NOON.plusSeconds(i));
        }
        Checkpoint end = readAll(source().build(), Checkpoint.START, 100, new ArrayList<>());
        assertThat(end.value().length()).isLessThan(20_000);
        for (int i = 0; i < 703; i++) {
            Files.delete(folder().resolve(i + ".eml"));
        }
        put("new.eml", NOON.plusSeconds(2_000));
        List<String> later = new ArrayList<>();
        Checkpoint next = readAll(source().build(), end, 100, later);

        assertThat(later).contains("new.eml").hasSizeLessThan(10);
        assertThat(read(source().build(), next)).isEmpty();
    }

    @Test
    void aFileThatChangesIsReadAgain() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON.plusSeconds(1));
        Checkpoint end = readAll(source().build(), Checkpoint.START, 10, new ArrayList<>());
        Files.writeString(folder().resolve("a.eml"), "longer than before");
        Files.setLastModifiedTime(folder().resolve("a.eml"), FileTime.from(NOON.plusSeconds(2)));

        assertThat(read(source().build(), end)).contains("a.eml");
    }

    @Test
    void nothingOutsideTheFolderIsReadThroughLinks() throws Exception {
        Files.createDirectories(folder());
        Path outside = Files.createDirectory(scratch.resolve("outside"));
        Files.writeString(outside.resolve("secret.eml"), "x");
        Files.createSymbolicLink(folder().resolve("a.eml"), outside.resolve("secret.eml"));
        Files.createSymbolicLink(folder().resolve("day"), outside);

        assertThat(read(source().build(), Checkpoint.START)).isEmpty();
        assertThat(source().build().preflight())
                .extracting(Check::what)
                .contains("2 symbolic links lie in the drop folder");
    }

    @Test
    void aFolderThatBecomesALinkWhileItIsReadIsNotFollowed() throws Exception {
        put("a.eml", NOON);
        put("day/b.eml", NOON.plusSeconds(1));
        Merge1DropSource source = source().build();
        SourcePage first = source.read(Checkpoint.START, 1);
        Path outside = Files.move(folder().resolve("day"), scratch.resolve("outside"));
        Files.createSymbolicLink(folder().resolve("day"), outside);

        assertThatThrownBy(() -> source.read(first.next(), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is reached through a symbolic link");
    }

    @Test
    void anEmailThatVanishesStopsNobody() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON.plusSeconds(1));
        put("c.eml", NOON.plusSeconds(2));
        Merge1DropSource source = source().build();
        SourcePage first = source.read(Checkpoint.START, 1);
        Files.delete(folder().resolve("b.eml"));

        assertThat(read(source, first.next())).containsExactly("c.eml");
    }

    @Test
    void anEmailThatChangesWhileItsPageIsOpenFailsThePage() throws Exception {
        put("a.eml", NOON);
        SourcePage page = source().build().read(Checkpoint.START, 1);
        RawRecord record = page.records().get(0);
        Files.writeString(folder().resolve("a.eml"), "something else of another length");

        assertThatThrownBy(() -> record.bytes().open())
                .isInstanceOf(IOException.class)
                .hasMessage(record.locator() + " has changed while it was read, or is gone");
    }

    @Test
    void archivedEmailsMoveIntoTheSameTreeAndReplaceNothing() throws Exception {
        put("day/a.eml", NOON);
        Merge1DropSource source = source().moveArchived("Archived").build();
        assertThat(readAndAcknowledge(source)).containsExactly("day/a.eml");
        put("day/a.eml", NOON.plusSeconds(5));
        assertThat(readAndAcknowledge(source)).containsExactly("day/a.eml");

        assertThat(names()).containsExactly("Archived/day/a-2.eml", "Archived/day/a.eml");
    }

    @Test
    void nothingIsMovedBeforeItIsAcknowledged() throws Exception {
        put("a.eml", NOON);
        put("b.eml", NOON.plusSeconds(1));
        Merge1DropSource source = source().deleteArchived().build();
        SourcePage first = source.read(Checkpoint.START, 1);
        source.read(first.next(), 1).close();
        first.close();
        source.close();
        assertThat(names()).containsExactly("a.eml", "b.eml");

        source().deleteArchived().build().acknowledge(first.next());
        assertThat(names()).containsExactly("b.eml");
    }

    @Test
    void anEmailThatHasChangedSinceItWasReadStays() throws Exception {
        put("a.eml", NOON);
        Merge1DropSource source = source().deleteArchived().build();
        Checkpoint end = source.read(Checkpoint.START, 1).next();
        Files.writeString(folder().resolve("a.eml"), "longer than before");
        source.acknowledge(end);

        assertThat(names()).containsExactly("a.eml");
    }

    @Test
    void foldersThatHaveBeenEmptyForADayGo() throws Exception {
        put("day/12/01/a.eml", NOON);
        put("day/12/02/b.eml", NOON);
        Merge1DropSource source = source().deleteArchived().build();
        readAndAcknowledge(source);
        put("c.eml", NOON);
        clock.set(Instant.parse("2200-01-01T00:00:00Z"));
        readAndAcknowledge(source);

        assertThat(folder().resolve("day/12/01")).doesNotExist();
        assertThat(folder().resolve("day/12")).exists();
    }

    @Test
    void aManifestLetsItsFilesPassTogetherAndChecksThem() throws Exception {
        put("day/a.eml", clock.instant());
        Files.writeString(folder().resolve("day/manifest.json"), manifest(2, "a.eml", "b.eml", sha("day/a.eml")));
        Merge1DropSource source =
                source().manifest("manifest.json").deleteArchived().build();
        assertThat(read(source, Checkpoint.START)).as("b.eml is missing").isEmpty();

        put("day/b.eml", clock.instant());
        put("day/other.eml", NOON);
        assertThat(readAndAcknowledge(source)).containsExactlyInAnyOrder("day/a.eml", "day/b.eml");
        assertThat(names()).hasSize(2).contains("day/other.eml");
        assertThat(read(source, Checkpoint.START)).isEmpty();

        Files.delete(folder().resolve("day/other.eml"));
        put("c.eml", NOON);
        Files.writeString(folder().resolve("manifest.json"), manifest(1, "c.eml", null, sha("c.eml")));
        readAndAcknowledge(source);
        assertThat(names()).noneMatch(name -> name.startsWith("day/"));
    }

    @Test
    void whatDoesNotFitItsManifestIsReportedOnceItHasSettled() throws Exception {
        put("a.eml", NOON);
        put("day/b.eml", NOON);
        settle(Files.writeString(folder().resolve("manifest.json"), manifest(1, "a.eml", null, "0".repeat(64))));
        settle(Files.writeString(folder().resolve("day/manifest.json"), manifest(3, "b.eml", "c.eml", "0".repeat(64))));
        Merge1DropSource source = source().manifest("manifest.json").build();

        assertThatThrownBy(() -> source.read(Checkpoint.START, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has another SHA-256 than the manifest says")
                .hasMessageContaining("it counts 3 files and names 2");
    }

    @Test
    void aFolderThatIsNotThereFailsThePreflight() throws Exception {
        assertThat(source().build().preflight())
                .singleElement()
                .satisfies(check -> assertThat(check.status()).isEqualTo(Check.Status.FAIL))
                .extracting(Check::what)
                .isEqualTo("the drop folder isn't there, or isn't a folder: mount or create it");
        put("a.eml", NOON);
        put("b.eml", clock.instant());
        assertThat(source().build().preflight())
                .containsExactly(Check.pass("1 emails are in the drop folder, 1 more aren't complete yet"));
    }

    @Test
    void aHostileNameIsReadAndNeverShown() throws Exception {
        String name = "ann\u202egnp\n" + "\u00e9".repeat(100) + ".eml";
        put(name, NOON);
        put("unreadable " + name, NOON);
        folder().resolve("unreadable " + name).toFile().setReadable(false);
        Merge1DropSource source = source().build();

        SourcePage page = source.read(Checkpoint.START, 10);
        RawRecord record = page.records().get(0);
        assertThat(record.locator()).matches("eml:[0-9a-f]{32}");
        assertThat(record.bytes().toString() + page + source + page.next().value())
                .doesNotContain("ann");
        assertThat(source.find(record.locator())).isPresent();
    }

    @Test
    void aCheckpointOfAnotherSourceIsRefused() {
        assertThatThrownBy(() -> {
                    Files.createDirectories(folder());
                    source().build().read(new Checkpoint("17"), 1);
                })
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("give another kind another name");
    }

    @Test
    void everyOptionOutOfItsBoundsIsNamed() {
        assertThatThrownBy(() -> source().quietPeriod(Duration.ofDays(8))
                        .readyMarker("x/y")
                        .manifest("..\\x")
                        .moveArchived(".")
                        .maxPageBytes(0)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quietPeriod must")
                .hasMessageContaining("readyMarker must")
                .hasMessageContaining("manifest must")
                .hasMessageContaining("exclude each other")
                .hasMessageContaining("moveArchived must")
                .hasMessageContaining("maxPageBytes must");
    }

    private Path folder() {
        return scratch.resolve("drop");
    }

    private Merge1DropSource.Builder source() {
        return Merge1DropSource.builder(folder(), Merge1EmlParser.of(Emails.PROFILE))
                .clock(clock);
    }

    private void put(String name, Instant time) throws IOException {
        Path file = folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Emails.email(name.replaceAll("[^a-z0-9.]", "")));
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static void settle(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(NOON));
    }

    private String manifest(int count, String first, String second, String sha256) throws IOException {
        String entry = "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}";
        long size = Emails.email(first).length();
        String files = entry.formatted(first, size, sha256)
                + (second == null ? "" : "," + entry.formatted(second, size, digest(Emails.email("day" + second))));
        return "{\"version\":1,\"count\":" + count + ",\"files\":[" + files.replace("" + size, "" + sizeOf(first))
                + "]}";
    }

    private long sizeOf(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return Files.size(
                    files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
        }
    }

    private String sha(String name) throws IOException {
        return digest(Files.readString(folder().resolve(name)));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What lies in the folder, by name. */
    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private List<String> read(Merge1DropSource source, Checkpoint after) throws Exception {
        try (SourcePage page = source.read(after, 1_000)) {
            return names(source, page);
        }
    }

    private List<String> readAndAcknowledge(Merge1DropSource source) throws Exception {
        try (SourcePage page = source.read(Checkpoint.START, 1_000)) {
            List<String> names = names(source, page);
            source.acknowledge(page.next());
            return names;
        }
    }

    private Checkpoint readAll(Merge1DropSource source, Checkpoint after, int max, List<String> into) throws Exception {
        Checkpoint reached = after;
        boolean more = true;
        while (more) {
            try (SourcePage page = source.read(reached, max)) {
                page.records().forEach(record -> assertThat(record.locator()).isNotEmpty());
                into.addAll(texts(page));
                reached = page.next();
                more = page.more();
            }
        }
        return reached;
    }

    /** The file names, which only the folder knows. */
    private List<String> names(Merge1DropSource source, SourcePage page) throws Exception {
        List<String> names = new ArrayList<>();
        for (RawRecord record : page.records()) {
            names.add(folder().relativize(source.find(record.locator()).orElseThrow())
                    .toString());
        }
        return names;
    }

    /** The names that stand in the emails' texts. */
    private List<String> texts(SourcePage page) throws IOException {
        List<String> texts = new ArrayList<>();
        for (RawRecord record : page.records()) {
            try (InputStream in = record.bytes().open()) {
                String email = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                texts.add(email.substring(email.indexOf("\r\n\r\n")).strip());
            }
        }
        return texts;
    }
}
