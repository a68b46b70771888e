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
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.FaultPlan;
import io.github.celltrustarchive.testkit.FaultyConverter;
import io.github.celltrustarchive.testkit.FaultyLedger;
import io.github.celltrustarchive.testkit.FaultyMapper;
import io.github.celltrustarchive.testkit.FaultySink;
import io.github.celltrustarchive.testkit.FaultySource;
import io.github.celltrustarchive.testkit.FaultyStager;
import io.github.celltrustarchive.testkit.InMemorySink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A small archive in which each single call of each part fails once, before it is done and after: runs that go on until the
 * work is done must end like the one that nothing disturbed.
 */
class FailAtEveryCallTest {

    private enum Part {
        SOURCE,
        CONVERTER,
        MAPPER,
        STAGER,
        SINK,
        LEDGER
    }

    private static final int MOST_RUNS = 30;

    @TempDir
    Path scratch;

    private int worlds;

    @ParameterizedTest
    @EnumSource(Part.class)
    void aCallThatFailsOnceChangesNothingOfTheEnd(Part part) throws Exception {
        FaultPlan counting = FaultPlan.ofAllCalls();
        End undisturbed = history(Map.of(part, counting));
        assertThat(undisturbed.totals()).isEqualTo(new ItemTotals(4, 2, 0, 1, 1, 0));
        assertThat(counting.calls()).isGreaterThan(1);

        for (long call = 1; call <= counting.calls(); call++) {
            assertThat(history(Map.of(part, FaultPlan.ofAllCalls().failAt(call, new IOException("fails once")))))
                    .as("call " + call + " of " + part + " fails")
                    .isEqualTo(undisturbed);
        }
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void anAnswerThatIsLostOnceChangesNothingOfTheEnd(Part part) throws Exception {
        FaultPlan counting = changing(part);
        End undisturbed = history(Map.of(part, counting));
        assertThat(counting.calls()).isGreaterThan(1);

        for (long call = 1; call <= counting.calls(); call++) {
            assertThat(history(Map.of(part, changing(part).loseAnswerAt(call))))
                    .as("the answer of call " + call + " of " + part + " is lost")
                    .isEqualTo(undisturbed);
        }
    }

    /** What changes something: of other calls the answer is all there is to lose. */
    private static FaultPlan changing(Part part) {
        return switch (part) {
            case SOURCE -> FaultPlan.of("read", "acknowledge");
            case CONVERTER, MAPPER -> FaultPlan.ofAllCalls();
            case STAGER -> FaultPlan.of("put", "delete");
            case SINK -> FaultPlan.of("deliver", "deliverAll");
            case LEDGER -> FaultPlan.of("open", "lead", "unlead", "commit", "claim", "release", "swept");
        };
    }

    @Test
    void neitherDoesItMatterIfEveryPartFailsNowAndThen() throws Exception {
        End undisturbed = history(Map.of());
        for (int every = 2; every <= 7; every++) {
            Map<Part, FaultPlan> plans = new EnumMap<>(Part.class);
            for (Part part : List.of(Part.SOURCE, Part.CONVERTER, Part.MAPPER, Part.STAGER, Part.SINK)) {
                FaultPlan plan = FaultPlan.ofAllCalls();
                for (int call = every; call <= 10 * every; call += every) {
                    plan.loseAnswerAt(call);
                }
                plans.put(part, plan);
            }
            assertThat(history(plans))
                    .as("every call number " + every + " fails")
                    .isEqualTo(undisturbed);
        }
    }

    private End history(Map<Part, FaultPlan> plans) throws Exception {
        EngineFixture world = new EngineFixture(Files.createDirectory(scratch.resolve("world-" + ++worlds)))
                .records(
                        sms("m-1", "hello", "ann", "bob"),
                        malformed("bad:2"),
                        smsAt("again:3", "m-1", "hello", "ann", "bob"),
                        smsAt("revised:4", "m-1", "hello!", "ann", "bob"),
                        mms("m-2", "look", "AAECAwQFBgc=", "bob", "ann", "+15550100009"));
        InMemorySink sink = new InMemorySink(world.clock);
        int runs = 0;
        boolean done = false;
        while (!done) {
            assertThat(++runs).as("runs until the work is done").isLessThanOrEqualTo(MOST_RUNS);
            done = run(world, sink, plans);
            world.clock.advance(Duration.ofHours(1));
        }
        assertThat(run(world, sink, Map.of())).isTrue();
        return End.of(world, sink);
    }

    /** One run; whether it could look everywhere and found nothing to do. */
    private static boolean run(EngineFixture world, InMemorySink sink, Map<Part, FaultPlan> plans) throws Exception {
        try (JdbcLedger ledger = world.openLedger();
                ArchivePipeline pipeline = world.pipeline(
                                new FaultySink(sink, plan(plans, Part.SINK)),
                                new FaultyLedger(ledger, plan(plans, Part.LEDGER)))
                        .source(new FaultySource(world.source(), plan(plans, Part.SOURCE)))
                        .converter(new FaultyConverter(
                                new EmlMessageConverter(EngineFixture.PROFILE), plan(plans, Part.CONVERTER)))
                        .mapper(new FaultyMapper(
                                new EmailUserMapper(EngineFixture.PROFILE.ownedDomains()), plan(plans, Part.MAPPER)))
                        .stager(new FaultyStager(world.stager, plan(plans, Part.STAGER)))
                        .pageSize(2)
                        .build()) {
            RunReport report = pipeline.run();
            assertThat(report.counts().addsUp()).isTrue();
            return report.counts().isEmpty() && report.problems().isEmpty();
        } catch (ArchiveException e) {
            assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP);
            assertThat(plans).as("who may end a run: " + e.getMessage()).containsOnlyKeys(Part.LEDGER);
            return false;
        }
    }

    private static FaultPlan plan(Map<Part, FaultPlan> plans, Part part) {
        return plans.getOrDefault(part, FaultPlan.ofAllCalls());
    }
}
