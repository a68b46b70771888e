// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.merge1.SiteWorld.Reading;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could be lost without anybody's noticing: late arrivals that no window shows, bytes that the site deletes too early. */
class Merge1SiteSourceSafetyTest {

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
    void aLateItemOfAConnectorThatHasFallenSilentIsFound() throws Exception {
        world.items(1, 5);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 2);
        world.clock.advance(Duration.ofHours(12));
        for (int i = 1; i <= 3; i++) {
            world.connector.addLate("late " + i, SiteWorld.eml("late " + i), world.clock.instant());
        }
        world.clock.advance(Duration.ofHours(12));

        Reading second = world.read(source, first.reached(), 2);
        world.clock.advance(Duration.ofHours(12));
        Reading third = world.read(source, second.reached(), 2);

        assertThat(second.subjects()).containsExactlyInAnyOrder("late 1", "late 2", "late 3");
        assertThat(third.subjects()).isEmpty();
    }

    @Test
    void aClockThatWasAheadOnceDoesNotEndTheSearchForLateItems() throws Exception {
        world.items(1, 5);
        Merge1SiteSource source = world.source();
        Instant right = world.clock.instant();
        world.clock.set(right.plus(Duration.ofDays(400)));
        Reading first = world.read(source, Checkpoint.START, 9);
        world.clock.set(right.plus(Duration.ofHours(3)));
        world.connector.addLate("late", SiteWorld.eml("late"), right.minus(Duration.ofHours(1)));

        assertThat(world.read(source, first.reached(), 9).subjects()).containsExactly("late");
    }

    @Test
    void aTimeOfStoringThatCannotBeStopsNothing() throws Exception {
        world.connector.add("odd", SiteWorld.eml("odd"), Instant.parse("-999999999-01-01T00:00:00Z"));
        Merge1SiteSource source = world.keep(world.sourceBuilder(world.site())
                .overlap(Duration.ofDays(3_650))
                .build());
        Reading first = world.read(source, Checkpoint.START, 9);
        world.clock.advance(Duration.ofDays(1));
        world.items(1, 1);

        assertThat(first.subjects()).containsExactly("odd");
        assertThat(world.read(source, first.reached(), 9).subjects()).contains("item 1");
    }

    @Test
    void theSiteMayNotDeleteAnItemWhoseBytesItHasNotGivenYet() throws Exception {
        world.connector.deleteAcknowledged(true);
        world.items(1, 2);
        world.connector.add("huge", Content.of(new byte[2_000]), world.clock.instant());
        world.items(3, 4);
        Merge1SiteSource small =
                world.keep(world.sourceBuilder(world.site()).maxItemBytes(1_000).build());
        Reading first = world.read(small, Checkpoint.START, 2);
        small.acknowledge(first.reached());
        small.close();
        world.clock.advance(Duration.ofHours(2));
        Merge1SiteSource large = world.source();
        large.acknowledge(first.reached());

        try (SourcePage page = large.read(first.reached(), 9)) {
            assertThat(page.records()).extracting(RawRecord::mediaType).containsExactly(Merge1EmlParser.MEDIA_TYPE);
            assertThat(page.records().get(0).bytes().size()).isEqualTo(2_000);
            large.acknowledge(page.next());
        }
        world.clock.advance(Duration.ofDays(3));
        world.items(5, 5);
        large.acknowledge(world.read(large, first.reached(), 9).reached());
        assertThat(world.connector.acknowledged()).last().isEqualTo("after:6000000");
    }

    @Test
    void anItemThatIsNeverHadHoldsBackTheAcknowledgementOnlyWhileItIsLookedFor() throws Exception {
        world.items(1, 3);
        world.times(Integer.MAX_VALUE, Merge1Fault.of(Kind.CORRUPTED), path -> path.contains("item%202/content"));
        Merge1SiteSource source = world.source();
        Reading reading = world.read(source, Checkpoint.START, 1);
        source.acknowledge(reading.reached());
        assertThat(world.connector.acknowledgedItems()).isEqualTo(1);

        for (int day = 1; day <= 3; day++) {
            world.clock.advance(Duration.ofDays(2));
            world.items(10 + day, 10 + day);
            reading = world.read(source, reading.reached(), 1);
            source.acknowledge(reading.reached());
        }
        assertThat(world.connector.acknowledgedItems()).isEqualTo(6);
    }

    @Test
    void aLateItemIsNotDeletedForAnAcknowledgementOfWhatCameBefore() throws Exception {
        world.connector.deleteAcknowledged(true);
        world.items(1, 3);
        Merge1SiteSource source = world.source();
        Reading first = world.read(source, Checkpoint.START, 9);
        world.connector.addLate("late", SiteWorld.eml("late"), world.clock.instant());
        source.acknowledge(first.reached());
        world.clock.advance(Duration.ofHours(2));

        assertThat(world.read(source, first.reached(), 9).subjects()).containsExactly("late");
    }

    @Test
    void bytesOfAnItemThatVanishesAreKept() throws Exception {
        world.items(1, 1);
        Merge1SiteSource source = world.source();
        world.simulator.faults((method, path, range) -> {
            if (path.endsWith("item%201")) {
                world.connector.remove("item 1");
            }
            return path.endsWith("/content") ? Merge1Fault.of(Kind.CORRUPTED) : Merge1Fault.NONE;
        });

        try (SourcePage page = source.read(Checkpoint.START, 9)) {
            RawRecord held = page.records().get(0);
            assertThat(held.parts()).containsOnlyKeys("content");
            assertThatThrownBy(() -> source.parse(held)).hasMessageContaining("vanished at the source");
        }
    }

    @Test
    void aSiteThatIgnoresTheLimitIsRefusedAndNotAskedForEver() throws Exception {
        Merge1Item item = new Merge1Item("1", 900, "0".repeat(64), world.clock.instant(), null, null);
        Stream<Merge1Item> items = IntStream.range(0, 5)
                .mapToObj(i -> new Merge1Item("" + i, 900, item.sha256(), item.storedAt(), null, null));
        Merge1Page page = new Merge1Page(items.toList(), "end", false);
        Merge1SiteSource source = world.keep(world.sourceBuilder(new OnePageSite(world.site(), page))
                .maxPageBytes(1_000)
                .build());

        assertThatThrownBy(() -> source.read(Checkpoint.START, 9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more items than were asked for");
    }
}
