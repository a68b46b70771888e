// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.mms;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static io.github.celltrustarchive.integration.engine.Records.smsAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.engine.EngineFixture;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.testkit.CrashPoint;
import io.github.celltrustarchive.testkit.CrashingLedger;
import io.github.celltrustarchive.testkit.CrashingSink;
import io.github.celltrustarchive.testkit.CrashingSource;
import io.github.celltrustarchive.testkit.CrashingStager;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemorySink.Fault;
import io.github.celltrustarchive.testkit.InMemorySource;
import io.github.celltrustarchive.testkit.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small archive with every awkward case, ended at every single call of ledger, stage, sink and source, and resumed: its end
 * must be the end of the history that nothing disturbed.
 */
class CrashAtEveryStepTest {

    @TempDir
    Path scratch;

    private int worlds;

    @Test
    @DisplayName("invariants 1, 3, 4, 7, 8, 11, 12, 20: a crash at any step changes nothing of the end")
    void aCrashAtAnyStepChangesNothingOfTheEnd() throws Exception {
        CrashPoint counting = CrashPoint.never();
        End undisturbed = history(List.of(counting));
        assertThat(undisturbed.totals()).isEqualTo(new ItemTotals(4, 2, 0, 1, 1, 0));
        assertThat(undisturbed.mailboxes()).containsOnlyKeys("ann@example.com", "bob@example.com");
        assertThat(undisturbed.mailboxes().values())
                .allSatisfy(messages -> assertThat(messages)
                        .hasSize(3)
                        .doesNotHaveDuplicates()
                        .noneMatch(message -> message.endsWith("half")));
        assertThat(counting.steps()).isGreaterThan(80);

        for (long step = 1; step <= counting.steps(); step++) {
            assertThat(history(List.of(CrashPoint.at(step))))
                    .as("crash at step " + step)
                    .isEqualTo(undisturbed);
        }
    }

    @Test
    @DisplayName("invariants 1, 3, 7, 8: neither do several crashes, one after the other")
    void neitherDoSeveralCrashes() throws Exception {
        CrashPoint counting = CrashPoint.never();
        End undisturbed = history(List.of(counting));
        SplittableRandom random = new SplittableRandom(7);

        for (int round = 0; round < 60; round++) {
            List<CrashPoint> crashes = new ArrayList<>();
            List<Long> steps = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                steps.add(1 + random.nextLong(counting.steps()));
                crashes.add(CrashPoint.at(steps.get(i)));
            }
            assertThat(history(crashes)).as("crashes at steps " + steps).isEqualTo(undisturbed);
        }
    }

    @Test
    @DisplayName(
            "invariants 1, 7, 8, 12, 20: a release and a remap that crash at any step are done by giving them again")
    void commandsThatCrashAtAnyStepAreDoneByGivingThemAgain() throws Exception {
        CrashPoint counting = CrashPoint.never();
        End undisturbed = operated(counting);
        assertThat(undisturbed.totals()).isEqualTo(new ItemTotals(5, 5, 0, 0, 0, 0));
        assertThat(undisturbed.mailboxes()).containsOnlyKeys("ann@example.com", "bob@example.com", "eve@example.com");
        assertThat(counting.steps()).isGreaterThan(60);

        for (long step = 1; step <= counting.steps(); step++) {
            assertThat(operated(CrashPoint.at(step)))
                    .as("crash at step " + step)
                    .isEqualTo(undisturbed);
        }
    }

    /** Everything goes wrong that can be held; then its causes are mended, and the commands given until they are done. */
    private End operated(CrashPoint crash) throws Exception {
        EngineFixture world = new EngineFixture(Files.createDirectory(scratch.resolve("world-" + ++worlds)))
                .records(
                        smsAt("bad:1", "m-1", "hello", "ann", "bob"),
                        smsAt("bad:2", "m-2", "twice", "ann", "bob"),
                        smsAt("good:3", "m-2", "twice", "ann", "bob"),
                        smsAt("bad:4", "m-1", "hello!", "ann", "bob"),
                        mms("m-3", "look", "AAECAwQFBgc=", "bob", "ann"),
                        sms("m-4", "later", "eve", "ann"));
        InMemorySink broken = new InMemorySink(world.clock).faults(delivery -> Fault.REFUSED);
        try (ArchivePipeline pipeline = world.pipeline(broken)
                .source(new InMemorySource(world.records, CrashAtEveryStepTest::parseGood))
                .mapper(CrashAtEveryStepTest::mapNobodyOrFail)
                .retryPolicy((attempt, random) -> Optional.empty())
                .build()) {
            pipeline.run();
        }
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(6, 0, 0, 6, 0, 0));
        world.clock.advance(Duration.ofDays(100));
        InMemorySink sink = new InMemorySink(world.clock).faults(faults());
        try (JdbcLedger ledger = world.openLedger()) {
            command(world, sink, new CrashingLedger(ledger, crash), crash);
        } catch (SimulatedCrash e) {
            assertThat(crash.crashed()).isTrue();
        }
        try (JdbcLedger ledger = world.openLedger()) {
            command(world, sink, ledger, CrashPoint.never());
        }
        assertThat(runAgain(world, sink)).isEqualTo(RunCounts.NONE);
        world.clock.advance(Duration.ofHours(1));
        return End.of(world, sink);
    }

    private static void command(EngineFixture world, InMemorySink sink, Ledger ledger, CrashPoint crash)
            throws Exception {
        ArchivePipeline pipeline = world.pipeline(new CrashingSink(sink, crash), ledger)
                .source(new CrashingSource(world.source(), crash))
                .stager(new CrashingStager(world.stager, crash))
                .pageSize(2)
                .build();
        assertThat(pipeline.release(Selection.all(), "jo").run().counts().addsUp())
                .isTrue();
        assertThat(pipeline.remap(Selection.all(), "jo").run().counts().addsUp())
                .isTrue();
        assertThat(pipeline.run().counts().addsUp()).isTrue();
    }

    private static SourceItem parseGood(RawRecord record) throws IOException {
        if (record.locator().startsWith("bad")) {
            throw new RecordException("no such kind");
        }
        return JsonRecordParser.ofDefaults().parse(record);
    }

    /** Knows ann, has two of bob, and doesn't know eve. */
    private static Mapping mapNobodyOrFail(Participant participant, Instant at) {
        String address = String.valueOf(participant.email());
        if (address.startsWith("bob")) {
            throw ArchiveException.hold("two users have this address", null);
        }
        return address.startsWith("eve")
                ? Mapping.unmapped("nobody knows them")
                : Mapping.to(new Mailbox(address, address), "test");
    }

    /** Runs until the work is done, each time ended by the next crash point if it is reached. */
    private End history(List<CrashPoint> crashes) throws Exception {
        EngineFixture world = new EngineFixture(Files.createDirectory(scratch.resolve("world-" + ++worlds)))
                .records(
                        sms("m-1", "hello", "ann", "bob"),
                        malformed("bad:2"),
                        smsAt("again:3", "m-1", "hello", "ann", "bob"),
                        smsAt("revised:4", "m-1", "hello!", "ann", "bob"),
                        mms("m-2", "look", "AAECAwQFBgc=", "bob", "ann", "+15550100009"));
        InMemorySink sink = new InMemorySink(world.clock).faults(faults());
        for (CrashPoint crash : crashes) {
            live(world, sink, crash);
        }
        live(world, sink, CrashPoint.never());
        assertThat(runAgain(world, sink)).isEqualTo(RunCounts.NONE);
        world.clock.advance(Duration.ofHours(1)); // whatever a server still had in hand has taken effect
        return End.of(world, sink);
    }

    /** One process: it works until it is done or dies. */
    private static void live(EngineFixture world, InMemorySink sink, CrashPoint crash) throws Exception {
        try (JdbcLedger ledger = world.openLedger()) {
            ArchivePipeline pipeline = world.pipeline(new CrashingSink(sink, crash), new CrashingLedger(ledger, crash))
                    .source(new CrashingSource(world.source(), crash))
                    .stager(new CrashingStager(world.stager, crash))
                    .pageSize(2)
                    .build();
            assertThat(pipeline.run().counts().addsUp()).isTrue();
        } catch (SimulatedCrash e) {
            assertThat(crash.crashed()).isTrue();
        }
    }

    private static RunCounts runAgain(EngineFixture world, InMemorySink sink) throws Exception {
        int packs = world.stager.names().size();
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            RunCounts counts = pipeline.run().counts();
            assertThat(world.stager.names().size()).isLessThanOrEqualTo(packs); // orphans may be swept
            return counts;
        }
    }

    /** Each delivery has a bad start of its own kind, by its mailbox and kind; later attempts succeed. */
    private static Function<Delivery, Fault> faults() {
        Map<String, Integer> seen = new HashMap<>();
        return delivery -> {
            int attempt = seen.merge(delivery.key().hex(), 1, Integer::sum);
            if (attempt > 1) {
                return Fault.NONE;
            }
            boolean ann = delivery.mailbox().id().startsWith("ann");
            if (delivery.envelope().kind().equals("MMS")) {
                return ann ? Fault.INCOMPLETE : Fault.REFUSED;
            }
            return ann ? Fault.APPLIED_LATE : Fault.ANSWER_LOST;
        };
    }
}
