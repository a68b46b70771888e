// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Markers, manifests, and what becomes of emails once they are archived. */
class Merge1DropSourceTidyingTest extends DropFolderTest {

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
    void theFolderOfArchivedEmailsIsKnownUnderEveryNameItHas() throws Exception {
        put("a.eml", NOON);
        Path alias = Files.createSymbolicLink(scratch.resolve("alias"), folder());
        Merge1DropSource source = Merge1DropSource.builder(alias, Merge1EmlParser.of(Emails.PROFILE))
                .clock(clock)
                .moveArchived(folder().resolve("Archived").toString())
                .build();
        readAndAcknowledge(source);

        assertThat(names()).containsExactly("Archived/a.eml");
        assertThat(read(source, Checkpoint.START)).isEmpty();
    }

    @Test
    void aLinkInThePlaceOfTheFolderOfArchivedEmailsIsNotFollowed() throws Exception {
        put("day/a.eml", NOON);
        Path outside = Files.createDirectory(scratch.resolve("outside"));
        Files.createSymbolicLink(folder().resolve("Archived"), outside);
        Merge1DropSource source = source().moveArchived("Archived").build();

        assertThatThrownBy(() -> readAndAcknowledge(source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 archived emails couldn't be moved");
        assertThat(outside).isEmptyDirectory();
        assertThat(names()).containsExactly("day/a.eml");
    }

    @Test
    void aFolderThatIsDeletedBeforeItsEmailsAreTidiedAwayStopsNobody() throws Exception {
        put("day/a.eml", NOON);
        put("b.eml", NOON.plusSeconds(1));
        put("day/c.eml", NOON.plusSeconds(2));
        put("d.eml", NOON.plusSeconds(3));
        Merge1DropSource source = source().deleteArchived().build();
        SourcePage page = source.read(Checkpoint.START, 2);
        Files.delete(folder().resolve("day/a.eml"));
        Files.delete(folder().resolve("day/c.eml"));
        Files.delete(folder().resolve("day"));

        source.acknowledge(page.next());
        assertThat(names()).containsExactly("d.eml");
        assertThat(read(source, page.next())).containsExactly("d.eml");
    }

    @Test
    void twoManifestsOfOneTimeAreBothSetAside() throws Exception {
        Merge1DropSource source =
                source().manifest("manifest.json").deleteArchived().build();
        put("day/stays.eml", NOON);
        for (String name : List.of("a.eml", "b.eml")) {
            put("day/" + name, NOON);
            settle(Files.writeString(
                    folder().resolve("day/manifest.json"), manifest(1, name, null, sha("day/" + name))));
            assertThat(readAndAcknowledge(source)).containsExactly("day/" + name);
        }

        assertThat(names()).hasSize(3).contains("day/stays.eml").doesNotContain("day/manifest.json");
        assertThat(read(source, Checkpoint.START)).isEmpty();
    }

    @Test
    void aManifestOfBrokenCharactersHoldsBackItsOwnFolderOnly() throws Exception {
        put("day/a.eml", NOON);
        put("b.eml", NOON);
        byte[] notUtf32 = {0, 0, 0, '{', 0x7F, 0x7F, 0x7F, 0x7F};
        settle(Files.write(folder().resolve("day/manifest.json"), notUtf32));
        settle(Files.writeString(folder().resolve("manifest.json"), manifest(1, "b.eml", null, sha("b.eml"))));
        Merge1DropSource source = source().manifest("manifest.json").build();

        SourcePage page = source.read(Checkpoint.START, 9);
        assertThat(page.records()).hasSize(1);
        assertThatThrownBy(() -> source.read(page.next(), 9))
                .hasMessageContaining("the manifest of folder eml:")
                .hasMessageNotContaining("day");
    }

    @Test
    void emailsWhoseMarkerNeverComesAreReportedAfterADay() throws Exception {
        put("a.eml", clock.instant().minus(Duration.ofHours(25)));
        put("b.eml", clock.instant().minus(Duration.ofHours(23)));
        Merge1DropSource source = source().readyMarker(".ready").build();

        assertThat(source.preflight())
                .extracting(Check::what)
                .contains("1 emails in the drop folder have been waiting for their marker for more than a day");
    }
}
