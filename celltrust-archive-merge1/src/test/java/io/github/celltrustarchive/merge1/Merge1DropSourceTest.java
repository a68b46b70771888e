// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Merge1DropSourceTest extends DropFolderTest {

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

    @Test
    void namesThatCouldNeverMatchAreRefused() {
        assertThatThrownBy(() -> source().manifest(".manifest").build()).hasMessageContaining("not begin with '.'");
        assertThatThrownBy(() -> source().manifest("batch.EML").build()).hasMessageContaining("not end in .eml");
        assertThatThrownBy(() -> source().readyMarker(".EML").build()).hasMessageContaining("not end in .eml");
    }
}
