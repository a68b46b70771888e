// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.mms;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.RetryPolicy;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** What becomes of deliveries that fail, hang in doubt, or are interrupted. */
class DeliveryTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder).records(sms("m-1", "hello", "ann", "zoe@elsewhere.example"));
    }

    private RunReport run() throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            return pipeline.run();
        }
    }

    @Test
    @DisplayName("invariant 7: after an unknown outcome: look, settle, look again, and only then deliver again")
    void anUnknownOutcomeIsLookedForTwiceBeforeAnotherAttempt() throws Exception {
        sink.script.add((s, d) -> {
            throw new IOException("reset");
        });
        Instant before = world.clock.instant();

        RunReport report = run();

        assertThat(sink.calls).containsExactly("deliver ann m-1", "find ann m-1", "find ann m-1", "deliver ann m-1");
        assertThat(Duration.between(before, world.clock.instant()))
                .isGreaterThanOrEqualTo(SinkTraits.DEFAULTS.settleTime());
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
        assertThat(report.counts()).isEqualTo(new RunCounts(1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("invariant 8: a message that was written although its answer was lost is found, not written again")
    void aLostAnswerIsNoSecondMessage() throws Exception {
        sink.script.add((s, d) -> {
            s.write(d);
            throw new IOException("timeout");
        });

        RunReport report = run();

        assertThat(sink.calls).containsExactly("deliver ann m-1", "find ann m-1");
        assertThat(report.counts()).isEqualTo(new RunCounts(1, 1, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("a write that takes effect late, but within the settle time, is found by the second look")
    void aLateWriteIsFoundByTheSecondLook() throws Exception {
        sink.script.add((s, d) -> {
            s.writeLate(d, world.clock, world.clock.instant().plusSeconds(30));
            throw new IOException("timeout");
        });

        run();

        assertThat(sink.calls).containsExactly("deliver ann m-1", "find ann m-1", "find ann m-1");
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
    }

    @Test
    @DisplayName("several copies raise an alarm and nothing is deleted")
    void severalCopiesRaiseAnAlarm() throws Exception {
        sink.script.add((s, d) -> {
            s.write(d);
            s.write(d);
            throw new IOException("timeout");
        });
        List<String> alarms = new ArrayList<>();
        try (ArchivePipeline pipeline =
                world.pipeline(sink).listener(new AlarmCollector(alarms)).build()) {
            assertThat(pipeline.run().counts().imported()).isEqualTo(1);
        }
        assertThat(alarms).singleElement().asString().contains("2 times in a mailbox");
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1", "m-1")));
    }

    @Test
    @DisplayName("certainly nothing written: tried again at the stored time, without a look")
    void aRefusedDeliveryIsTriedAgain() throws Exception {
        Instant later = world.clock.instant().plusSeconds(40);
        sink.script.add((s, d) -> {
            throw ArchiveException.retryNotBefore(later, "429", null);
        });

        run();

        assertThat(sink.calls).containsExactly("deliver ann m-1", "deliver ann m-1");
        assertThat(world.clock.instant()).isAfterOrEqualTo(later);
    }

    @Test
    @DisplayName("what is due only after the patience is left to a later run")
    void aDistantRetryTimeEndsTheRun() throws Exception {
        sink.script.add((s, d) -> {
            throw ArchiveException.retryNotBefore(world.clock.instant().plus(Duration.ofHours(1)), "429", null);
        });

        RunReport first = run();
        RunReport tooEarly = run();
        world.clock.advance(Duration.ofHours(1));
        RunReport second = run();

        assertThat(first.counts()).isEqualTo(new RunCounts(1, 1, 0, 0, 0, 0, 1));
        assertThat(tooEarly.counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(second.counts()).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("a Retry-After holds back the whole mailbox and no other")
    void aRetryAfterHoldsBackTheWholeMailboxAndNoOther() throws Exception {
        world.records(sms("m-2", "hello", "ann", "bob"));
        Instant later = world.clock.instant().plusSeconds(60);
        sink.script.add((s, d) -> {
            throw ArchiveException.retryNotBefore(later, "429", null);
        });

        run();

        assertThat(sink.calls)
                .containsExactly("deliver ann m-1", "deliver bob m-2", "deliver ann m-1", "deliver ann m-2");
    }

    @Test
    @DisplayName("a delivery that is held stays held, with its reason, and its neighbours go on")
    void aHeldDeliveryStaysHeld() throws Exception {
        world.records(sms("m-2", "hello", "ann", "bob"));
        sink.script.add((s, d) -> {
            throw ArchiveException.hold("mailbox has no licence; assign one and release", null);
        });

        RunReport first = run();
        RunReport second = run();

        assertThat(first.counts()).isEqualTo(new RunCounts(2, 3, 2, 0, 0, 1, 0));
        assertThat(first.failures()).singleElement().satisfies(f -> {
            assertThat(f.microsoft365UserId()).isEqualTo("ann@example.com");
            assertThat(f.reason()).contains("no licence");
        });
        assertThat(second.counts()).isEqualTo(RunCounts.NONE);
        assertThat(world.verifiedTotals().held()).isEqualTo(1);
    }

    @Test
    @DisplayName("when the retry policy gives up the delivery is held, not lost")
    void givingUpHolds() throws Exception {
        for (int i = 0; i < 3; i++) {
            sink.script.add((s, d) -> {
                throw ArchiveException.retry("503", null);
            });
        }
        try (ArchivePipeline pipeline = world.pipeline(sink)
                .retryPolicy(RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofSeconds(8), 3))
                .build()) {
            RunReport report = pipeline.run();
            assertThat(report.counts()).isEqualTo(new RunCounts(1, 1, 0, 0, 0, 1, 0));
            assertThat(report.failures().get(0).reason()).contains("3 attempts", "503");
        }
    }

    @Test
    @DisplayName("a half-written message is resumed with its reference")
    void anIncompleteDeliveryIsResumed() throws Exception {
        List<String> references = new ArrayList<>();
        sink.script.add((s, d) -> {
            throw new IncompleteDeliveryException("half-1", ArchiveException.Remedy.RETRY, "404", null);
        });
        sink.script.add((s, d) -> {
            references.add(String.valueOf(d.incompleteReference()));
            return s.write(d);
        });

        run();

        assertThat(references).containsExactly("half-1");
        assertThat(sink.calls).containsExactly("deliver ann m-1", "deliver ann m-1");
    }

    @Test
    @DisplayName("a Retry-After in the middle of a message holds back the whole mailbox and no other")
    void aRetryAfterInTheMiddleOfAMessageHoldsBackTheWholeMailboxAndNoOther() throws Exception {
        world.records(sms("m-2", "hello", "ann", "bob"));
        Instant later = world.clock.instant().plusSeconds(60);
        List<Instant> resumed = new ArrayList<>();
        sink.script.add((s, d) -> {
            throw new IncompleteDeliveryException("half-1", ArchiveException.Remedy.RETRY, later, "429", null);
        });
        sink.script.add((s, d) -> s.write(d));
        sink.script.add((s, d) -> {
            resumed.add(world.clock.instant());
            assertThat(d.incompleteReference()).isEqualTo("half-1");
            return s.write(d);
        });

        run();

        assertThat(sink.calls)
                .containsExactly("deliver ann m-1", "deliver bob m-2", "deliver ann m-1", "deliver ann m-2");
        assertThat(resumed).singleElement().satisfies(at -> assertThat(at).isAfterOrEqualTo(later));
    }

    @Test
    @DisplayName("a half-written message that a look has found is resumed even after a refusal, not written again")
    void aHalfThatWasFoundIsNotForgottenByARefusal() throws Exception {
        List<String> references = new ArrayList<>();
        sink.script.add((s, d) -> {
            throw new IOException("timeout");
        });
        sink.lookups.add(Lookup.incomplete("half-1"));
        sink.script.add((s, d) -> {
            references.add(String.valueOf(d.incompleteReference()));
            throw ArchiveException.retryNotBefore(world.clock.instant().plusSeconds(10), "429", null);
        });
        sink.script.add((s, d) -> {
            references.add(String.valueOf(d.incompleteReference()));
            return s.write(d);
        });

        run();

        assertThat(references).containsExactly("half-1", "half-1");
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
    }

    @Test
    @DisplayName("a message that was there before our first attempt is skipped as a duplicate")
    void aDuplicateIsSkipped() throws Exception {
        sink.script.add((s, d) -> Receipt.duplicate("there"));

        assertThat(run().counts()).isEqualTo(new RunCounts(1, 1, 0, 0, 1, 0, 0));
    }

    @Test
    @DisplayName("bad credentials break the run off; what was delivered is recorded, the rest is done by the next run")
    void stopBreaksTheRunOff() throws Exception {
        world.records(sms("m-2", "hello", "ann", "bob"));
        sink.script.add(ScriptedSink::write);
        sink.script.add((s, d) -> {
            throw ArchiveException.stop("401: the client secret has expired", null);
        });

        assertThatThrownBy(this::run)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("client secret has expired");
        RunReport second = run();

        assertThat(second.counts()).isEqualTo(new RunCounts(0, 2, 2, 0, 0, 0, 0));
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1", "m-2"), "bob", List.of("m-2")));
        assertThat(world.verifiedTotals().done()).isEqualTo(2);
    }

    @Test
    @DisplayName("invariant 17: an interrupt leaves an unknown outcome, and the next run finds the message")
    void anInterruptIsRecovered() throws Exception {
        sink.script.add((s, d) -> {
            s.write(d);
            throw new InterruptedException();
        });

        assertThatThrownBy(this::run).isInstanceOf(InterruptedException.class);
        RunReport second = run();

        assertThat(sink.calls).containsExactly("deliver ann m-1", "find ann m-1");
        assertThat(second.counts()).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("invariant 17: a stop request ends the run after the delivery it is at, and close may come twice")
    void aStopRequestEndsTheRun() throws Exception {
        world.records(sms("m-2", "hello", "ann", "bob"));
        ArchivePipeline[] running = new ArchivePipeline[1];
        sink.script.add((s, d) -> {
            running[0].requestStop();
            return s.write(d);
        });
        running[0] = world.pipeline(sink).build();

        RunReport first = running[0].run();
        running[0].close();
        running[0].close();
        RunReport second = run();

        assertThat(first.stopped()).isTrue();
        assertThat(first.counts()).isEqualTo(new RunCounts(2, 3, 1, 0, 0, 0, 2));
        assertThat(second.counts()).isEqualTo(new RunCounts(0, 2, 2, 0, 0, 0, 0));
        assertThatThrownBy(running[0]::run).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("invariant 15: staged bytes that changed are never delivered; the delivery is held with an alarm")
    void alteredStagedBytesAreNeverDelivered() throws Exception {
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            pipeline.collect();
        }
        world.corruptStage();

        RunReport report = run();

        assertThat(sink.calls).isEmpty();
        assertThat(report.counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 1, 0));
        assertThat(report.failures().get(0).reason()).contains("integrity");
    }

    @Test
    @DisplayName("a message larger than the mailbox system takes is held with a reason")
    void aMessageThatIsTooLargeIsHeld() throws Exception {
        world.records(mms("m-2", "picture", "A".repeat(40_000), "ann", "zoe@elsewhere.example"));
        sink.traits = SinkTraits.DEFAULTS.withMaxMessageBytes(20_000);

        RunReport report = run();

        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
        assertThat(report.failures().get(0).reason()).contains("20000");
    }

    @Test
    @DisplayName("a delivery that is held or postponed before any attempt is told to the listener too")
    void whatIsDecidedWithoutAnAttemptIsTold() throws Exception {
        List<String> told = new ArrayList<>();
        ArchiveListener listener = new ArchiveListener() {
            @Override
            public void onDeliveryPostponed(DeliveryPostponed event) {
                told.add("postponed " + event.reason());
            }

            @Override
            public void onDeliveryHeld(DeliveryHeld event) {
                told.add("held " + event.reason());
            }
        };
        Stager unreadable = Mockito.spy(world.stager);
        Mockito.doThrow(new IOException("no answer"))
                .doCallRealMethod()
                .when(unreadable)
                .open(Mockito.any(), Mockito.anyLong(), Mockito.anyLong());
        sink.traits = sink.traits.withMaxMessageBytes(100_000);
        try (ArchivePipeline pipeline =
                world.pipeline(sink).stager(unreadable).listener(listener).build()) {
            pipeline.run();
        }
        world.records(sms("m-2", "x".repeat(200_000), "ann", "zoe@elsewhere.example"));
        try (ArchivePipeline pipeline = world.pipeline(sink).listener(listener).build()) {
            pipeline.run();
        }

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).startsWith("postponed the stage can't be read now");
        assertThat(told.get(1))
                .startsWith("held item size exceeded: the message has")
                .contains("this mailbox system takes 100000");
    }
}
