// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.merge1.SiteWorld.Reading;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Merge1SiteSourceTest {

    @TempDir
    static Path certificates;

    private static LoopbackTls tls;

    @TempDir
    Path folder;

    private SiteWorld world;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(certificates);
    }

    @BeforeEach
    void start() throws IOException {
        world = new SiteWorld(tls, folder);
    }

    @AfterEach
    void nothingUnexpectedWasAsked() throws Exception {
        world.close();
        assertThat(world.simulator.problems()).isEmpty();
    }

    @Test
    void theFirstRunTakesEverythingAndTheNextWhatIsNew() throws Exception {
        world.items(1, 7);
        Merge1SiteSource source = world.source();

        Reading first = world.read(source, Checkpoint.START, 3);
        world.clock.advance(Duration.ofDays(1));
        world.items(8, 9);
        Reading second = world.read(source, first.reached(), 3);

        assertThat(first.subjects()).containsExactlyElementsOf(names(1, 7));
        assertThat(second.subjects()).containsExactlyElementsOf(names(8, 9));
        assertThat(contentRequests()).as("every item downloaded once").isEqualTo(9);
    }

    @Test
    void aRunCostsWhatIsNewHoweverMuchWasArchivedLongAgo() throws Exception {
        world.items(1, 60);
        Merge1SiteSource source = world.source();
        Reading reading = world.read(source, Checkpoint.START, 5);
        int quietDay = 0;
        for (int day = 0; day < 4; day++) {
            world.clock.advance(Duration.ofDays(2));
            world.items(100 + day, 100 + day);
            int before = world.simulator.exchanges().size();
            reading = world.read(source, reading.reached(), 5);
            quietDay = world.simulator.exchanges().size() - before;
        }

        assertThat(quietDay).as("requests of a day with one new item").isLessThan(6);
    }

    @Test
    void anItemThatTurnsUpLateInThePartThatWasReadAlreadyIsFound() throws Exception {
        world.items(1, 5);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 2);

        world.connector.addLate(
                "late", SiteWorld.eml("late"), world.clock.instant().minus(Duration.ofHours(20)));
        world.clock.advance(Duration.ofHours(12));
        world.items(6, 6);
        Reading second = world.read(source, first.reached(), 2);

        assertThat(second.subjects()).containsExactly("late", "item 6");
    }

    @Test
    void anItemThatIsLaterThanTheOverlapIsNotLookedFor() throws Exception {
        world.items(1, 5);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 2);

        world.connector.addLate(
                "late", SiteWorld.eml("late"), world.clock.instant().minus(Duration.ofHours(30)));
        world.clock.advance(Duration.ofHours(12));

        assertThat(world.read(source, first.reached(), 2).subjects()).isEmpty();
    }

    @Test
    void withoutAMemoryTheWindowIsDownloadedAgainAndReadingStillEnds() throws Exception {
        world.items(1, 6);
        Merge1SiteSource source =
                world.keep(world.sourceBuilder(world.site()).remembered(0).build());
        Reading first = world.read(source, Checkpoint.START, 4);
        world.clock.advance(Duration.ofHours(2));

        Reading second = world.read(source, first.reached(), 4);
        Reading third = world.read(source, second.reached(), 4);

        assertThat(second.subjects()).containsExactlyElementsOf(names(1, 6));
        assertThat(third.subjects())
                .as("within the hour nothing is looked at again")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PAGE_REVERSED", "PAGE_SHRUNK", "PAGE_DOUBLED", "PAGE_EMPTY", "CIRCLE"})
    void oddPagesChangeNothingAboutWhatIsRead(Kind kind) throws Exception {
        world.items(1, 8);
        world.once(Merge1Fault.of(kind), path -> path.contains("cursor="));

        Reading reading = world.read(world.source(), Checkpoint.START, 3);

        assertThat(reading.subjects()).containsExactlyInAnyOrderElementsOf(names(1, 8));
    }

    @Test
    void aPageThatComesAgainIsRefusedAndReadAnew() throws Exception {
        world.items(1, 8);
        Merge1SiteSource source = world.source();
        Checkpoint after = source.read(Checkpoint.START, 3).next();
        world.once(Merge1Fault.of(Kind.PAGE_REPEATED), path -> path.contains("cursor="));

        assertThatThrownBy(() -> source.read(after, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("same cursor");
        assertThat(world.read(source, after, 3).subjects()).containsExactlyElementsOf(names(4, 8));
    }

    @Test
    void cursorsThatGoInACircleForeverAreFoundOut() throws Exception {
        world.items(1, 8);
        world.times(Integer.MAX_VALUE, Merge1Fault.of(Kind.CIRCLE), path -> path.contains("after%3A7000000"));
        Merge1SiteSource source =
                world.keep(world.sourceBuilder(world.site()).remembered(0).build());

        assertThatThrownBy(() -> world.read(source, Checkpoint.START, 1))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("circle");
    }

    @Test
    void emptyPagesWithoutEndAreGivenUp() throws Exception {
        world.items(1, 2);
        Merge1SiteSource source =
                world.keep(world.sourceBuilder(new EndlessSite(world.site())).build());

        assertThatThrownBy(() -> source.read(Checkpoint.START, 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10000 pages");
    }

    @Test
    void anItemThatIsGoneWhenItIsFetchedIsHeldAsVanishedAndItsNeighboursAreRead() throws Exception {
        world.items(1, 3);
        Merge1SiteSource source = world.source();
        world.simulator.faults((method, path, range) -> {
            if (path.contains("item%202/content")) {
                world.connector.remove("item 2");
            }
            return Merge1Fault.NONE;
        });

        Reading reading = world.read(source, Checkpoint.START, 10);

        assertThat(reading.subjects()).hasSize(3).contains("item 1", "item 3").anyMatch(s -> s.startsWith("vanished"));
    }

    @Test
    void anItemThatChangesWhileItIsFetchedIsReadAsItIsListedThen() throws Exception {
        world.items(1, 3);
        Merge1SiteSource source = world.keep(world.sourceBuilder(smallRanges()).build());
        world.simulator.faults((method, path, range) -> {
            if (range.startsWith("bytes=100-")) {
                try {
                    world.connector.change("item 2", SiteWorld.eml("item 2, corrected"));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Merge1Fault.NONE;
        });

        Reading reading = world.read(source, Checkpoint.START, 10);

        assertThat(reading.subjects()).containsExactlyInAnyOrder("item 1", "item 2, corrected", "item 3");
    }

    @Test
    void anItemThatChangesLaterIsReadAgain() throws Exception {
        world.items(1, 3);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 10);
        world.connector.change("item 2", SiteWorld.eml("item 2, corrected"));
        world.clock.advance(Duration.ofHours(2));

        assertThat(world.read(source, first.reached(), 10).subjects()).containsExactly("item 2, corrected");
    }

    @Test
    void bytesThatNeverHaveTheDigestThatTheSiteStatesAreHeldWithTheEntry() throws Exception {
        world.items(1, 3);
        world.times(Integer.MAX_VALUE, Merge1Fault.of(Kind.CORRUPTED), path -> path.contains("item%202/content"));
        Merge1SiteSource source = world.source();

        try (SourcePage page = source.read(Checkpoint.START, 10)) {
            RawRecord held = page.records().get(1);

            assertThat(held.parts()).containsOnlyKeys("content");
            assertThat(held.parts().get("content").size())
                    .isEqualTo(SiteWorld.eml("item 2").size());
            assertThatThrownBy(() -> source.parse(held))
                    .hasMessageContaining("digest")
                    .hasMessageNotContaining("item 2");
        }
    }

    @Test
    void anItemWhoseLinkLeadsAwayIsHeldAndNothingIsAskedThere() throws Exception {
        world.items(1, 1);
        try (SiteWorld elsewhere = new SiteWorld(tls, folder.resolve("elsewhere"))) {
            String foreign = elsewhere.simulator.root() + "/connectors/connector-1/items/item%201/content";
            Merge1Fault fault = new Merge1Fault(Kind.REDIRECTED, foreign);
            world.times(Integer.MAX_VALUE, fault, path -> path.contains("/content"));

            Reading reading = world.read(world.source(), Checkpoint.START, 10);

            assertThat(reading.subjects()).singleElement().asString().contains("leads away from the site");
            assertThat(elsewhere.simulator.exchanges()).isEmpty();
        }
    }

    @Test
    void anItemOverTheLimitIsHeldWithoutBeingDownloaded() throws Exception {
        world.items(1, 2);
        world.connector.add("huge", Content.of(new byte[2_000]), world.clock.instant());
        Merge1SiteSource source =
                world.keep(world.sourceBuilder(world.site()).maxItemBytes(1_000).build());

        Reading reading = world.read(source, Checkpoint.START, 10);

        assertThat(reading.subjects()).hasSize(3).anyMatch(s -> s.contains("maxItemBytes"));
        assertThat(contentRequests()).isEqualTo(2);
    }

    @Test
    void anInterruptedDownloadGoesOnWhereItEnded() throws Exception {
        world.items(1, 1);
        Merge1SiteSource source = world.keep(world.sourceBuilder(smallRanges()).build());
        world.simulator.faults((method, path, range) ->
                range.startsWith("bytes=200-") ? Merge1Fault.of(Kind.TRUNCATED) : Merge1Fault.NONE);
        assertThatThrownBy(() -> source.read(Checkpoint.START, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("merge1-site:");
        world.simulator.faults((method, path, range) -> Merge1Fault.NONE);
        int before = contentRequests();

        Reading reading = world.read(source, Checkpoint.START, 10);

        assertThat(reading.subjects()).containsExactly("item 1");
        assertThat(contentRequests() - before)
                .as("ranges of 100 bytes, the first two not again")
                .isEqualTo(2);
    }

    @Test
    void aWriteThatFailsHalfwayLeavesNoDamagedItem() throws Exception {
        world.items(1, 2);
        FullDisk disk = new FullDisk(250);
        Merge1SiteSource source =
                world.keep(world.sourceBuilder(smallRanges()).storage(disk).build());
        assertThatThrownBy(() -> source.read(Checkpoint.START, 10)).hasMessageContaining("No space left");
        disk.makeRoom();

        try (SourcePage page = source.read(Checkpoint.START, 10)) {
            for (int i = 0; i < 2; i++) {
                assertThat(page.records().get(i).bytes().open().readAllBytes())
                        .isEqualTo(SiteWorld.eml("item " + (i + 1)).open().readAllBytes());
            }
        }
    }

    @Test
    void aReadThatIsInterruptedHalfwaySaysSoAndTheNextGoesOn() throws Exception {
        world.items(1, 3);
        Merge1SiteSource source = world.source();
        Thread reader = Thread.currentThread();
        world.simulator.faults((method, path, range) -> {
            if (path.contains("item%202/content")) {
                reader.interrupt();
            }
            return Merge1Fault.NONE;
        });
        assertThatThrownBy(() -> source.read(Checkpoint.START, 10)).isInstanceOf(InterruptedException.class);
        world.simulator.faults((method, path, range) -> Merge1Fault.NONE);

        assertThat(world.read(source, Checkpoint.START, 10).subjects()).containsExactlyElementsOf(names(1, 3));
    }

    @Test
    void whatAFailedPageHadDownloadedIsNotDownloadedAgain() throws Exception {
        world.items(1, 5);
        Merge1SiteSource source = world.source();
        world.once(Merge1Fault.of(Kind.TRUNCATED), path -> path.contains("item%205/content"));
        assertThatThrownBy(() -> source.read(Checkpoint.START, 10)).isInstanceOf(IOException.class);

        world.read(source, Checkpoint.START, 10);

        assertThat(contentRequests()).as("the truncated one twice").isEqualTo(6);
    }

    @Test
    void aPageUsesNoMoreDiskThanItMay() throws Exception {
        world.items(1, 9);
        long size = SiteWorld.eml("item 1").size();
        Merge1SiteSource source = world.keep(
                world.sourceBuilder(world.site()).maxPageBytes(2 * size).build());

        try (SourcePage page = source.read(Checkpoint.START, 9)) {
            assertThat(page.records()).hasSize(2);
        }
        assertThat(world.read(source, Checkpoint.START, 9).subjects()).containsExactlyElementsOf(names(1, 9));
    }

    @Test
    void downloadsAreForTheOwnerAloneAndGoWithTheirPage() throws Exception {
        world.items(1, 3);
        Merge1SiteSource source = world.source();

        SourcePage page = source.read(Checkpoint.START, 9);

        assertThat(downloads())
                .hasSize(3)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
        page.close();
        assertThat(downloads()).isEmpty();
    }

    @Test
    void whatADeadProcessDownloadedIsDeleted() throws Exception {
        world.items(1, 1);
        Files.createDirectories(world.downloads());
        Files.writeString(world.downloads().resolve("1.eml.part"), "half");

        world.source().read(Checkpoint.START, 9).close();

        assertThat(downloads()).isEmpty();
    }

    @Test
    void twoSourcesDoNotShareAFolder() throws Exception {
        world.items(1, 1);
        world.source().read(Checkpoint.START, 9).close();
        Merge1SiteSource second = world.source();

        assertThatThrownBy(() -> second.read(Checkpoint.START, 9))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP));
    }

    @Test
    void onlyAnAcknowledgementTellsTheSiteAnything() throws Exception {
        world.items(1, 4);
        Merge1SiteSource source = world.source();
        Reading reading = world.read(source, Checkpoint.START, 2);
        assertThat(world.connector.acknowledged()).isEmpty();

        source.acknowledge(reading.reached());
        source.acknowledge(reading.reached());

        assertThat(world.connector.acknowledgedItems()).isEqualTo(4);
    }

    @Test
    void aSiteThatDeletesWhatIsAcknowledgedIsReadOn() throws Exception {
        world.connector.deleteAcknowledged(true);
        world.items(1, 4);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 2);
        source.acknowledge(first.reached());
        world.clock.advance(Duration.ofDays(1));
        world.items(5, 6);

        assertThat(world.read(source, first.reached(), 2).subjects()).containsExactlyElementsOf(names(5, 6));
    }

    @Test
    void aConnectorThatTheSiteDoesNotHaveStopsTheRun() throws Exception {
        Merge1SiteSource source = world.keep(Merge1SiteSource.builder(world.site(), "other", folder, record -> {
                    throw new IllegalStateException();
                })
                .build());

        assertThatThrownBy(() -> source.read(Checkpoint.START, 9)).hasMessageContaining("Save & Finish");
        assertThat(source.preflight()).anyMatch(check -> check.status() == Check.Status.FAIL);
    }

    @Test
    void preflightLooksAtSignInClockConnectorAndSpace() throws Exception {
        HttpsMerge1Site site = world.siteBuilder().clock(Clock.systemUTC()).build();

        assertThat(world.keep(world.sourceBuilder(site).build()).preflight())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(check -> check.status() != Check.Status.FAIL);
    }

    @Test
    void aCheckpointOfAnotherSourceIsRefused() throws Exception {
        Merge1SiteSource source = world.source();

        assertThatThrownBy(() -> source.read(new Checkpoint("17"), 9)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theCheckpointShowsNoIdAndStaysSmall() throws Exception {
        world.items(1, 50);
        Reading reading = world.read(
                world.keep(world.sourceBuilder(world.site()).remembered(20).build()), Checkpoint.START, 7);

        assertThat(reading.reached().value())
                .contains("\"merge1-site\":1")
                .doesNotContain("item")
                .hasSizeLessThan(800);
    }

    private HttpsMerge1Site smallRanges() {
        return world.siteBuilder().rangeBytes(100).build();
    }

    private int contentRequests() {
        return (int) world.simulator.exchanges().stream()
                .filter(e -> e.path().endsWith("/content"))
                .count();
    }

    private List<Path> downloads() throws IOException {
        try (Stream<Path> files = Files.list(world.downloads())) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "item " + i).toList();
    }
}
