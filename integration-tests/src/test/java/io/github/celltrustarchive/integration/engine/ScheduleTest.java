// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchiveSchedule;
import io.github.celltrustarchive.ArchiveSchedule.PipelineFactory;
import io.github.celltrustarchive.ArchiveScheduleBuilder;
import io.github.celltrustarchive.io.SystemSleeper;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ScheduleListener;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a schedule runs, what it makes of failures, restarts and clocks, and how it ends. */
@Timeout(60)
class ScheduleTest {

    private final ScriptedSink sink = new ScriptedSink();
    private final Diary diary = new Diary();

    @TempDir
    Path folder;

    private EngineFixture world;
    private ManualClock clock;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
        clock = world.clock;
        clock.set(Instant.parse("2026-11-23T10:00:00Z"));
    }

    @Test
    void aConnectorThatNeverRanIsDueAtOnceAndThenEveryDayAtTwo() throws Exception {
        runs(3, schedule());

        assertThat(diary.lines)
                .containsExactly(
                        "run at 2026-11-23T10:00:00Z",
                        "waiting for 2026-11-24T02:00:00Z",
                        "run at 2026-11-24T02:00:00Z",
                        "waiting for 2026-11-25T02:00:00Z",
                        "run at 2026-11-25T02:00:00Z");
    }

    @Test
    void whatArrivesBetweenTheRunsIsArchivedByTheNextOne() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        diary.onReport = () -> world.records(sms("m-" + (diary.reports.size() + 1), "hello", "ann", "bob"));

        runs(3, schedule());

        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2", "m-3");
    }

    @Test
    void daysWithSummerTimeChangesHaveOneRunEach() throws Exception {
        clock.set(Instant.parse("2026-10-30T20:00:00Z"));

        runs(4, schedule().dailyAt(LocalTime.of(1, 30), ZoneId.of("America/New_York")));

        assertThat(diary.starts())
                .containsExactly(
                        "2026-10-30T20:00:00Z", "2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z");
    }

    @Test
    void anIntervalCountsFromOneBeginningToTheNext() throws Exception {
        runs(3, schedule().every(Duration.ofMinutes(90)));

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T11:30:00Z", "2026-11-23T13:00:00Z");
    }

    @Test
    void slotsMissedWhileTheProcessWasOffAreMadeUpForByOneRun() throws Exception {
        runs(1, schedule());
        clock.set(Instant.parse("2026-11-27T15:00:00Z"));

        runs(2, schedule());

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-27T15:00:00Z", "2026-11-28T02:00:00Z");
    }

    @Test
    void aRestartWithoutAMissedSlotRepeatsNothing() throws Exception {
        runs(2, schedule());
        clock.set(Instant.parse("2026-11-24T09:00:00Z"));

        runs(1, schedule());

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-24T02:00:00Z", "2026-11-25T02:00:00Z");
    }

    @Test
    void aRunThatWasStoppedDoesNotCount() throws Exception {
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            pipeline.requestStop();
            assertThat(pipeline.run().stopped()).isTrue();
        }

        runs(1, schedule());

        assertThat(diary.starts()).containsExactly("2026-11-23T10:00:00Z");
    }

    @Test
    void aRunThatWasKilledDoesNotCount() throws Exception {
        try (var ledger = world.openLedger()) {
            ledger.open(EngineFixture.PROFILE.name(), "dead", "run");
        }

        runs(1, schedule());

        assertThat(diary.starts()).containsExactly("2026-11-23T10:00:00Z");
    }

    @Test
    void aRunOfAnotherOperationDoesNotCount() throws Exception {
        runs(1, schedule().collectOnly());
        clock.advance(Duration.ofHours(1));
        runs(1, schedule().deliverOnly());
        clock.advance(Duration.ofHours(1));
        runs(1, schedule().collectOnly());

        assertThat(diary.reports).extracting(RunReport::operation).containsExactly("collect", "deliver", "collect");
        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "2026-11-24T02:00:00Z");
    }

    @Test
    void aRunThatTakesLongerThanItsIntervalIsFollowedByOneRunAtOnce() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        sink.script.add((s, delivery) -> {
            clock.advance(Duration.ofMinutes(215));
            return s.write(delivery);
        });

        runs(3, schedule().every(Duration.ofHours(1)));

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T13:35:00Z", "2026-11-23T14:35:00Z");
    }

    @Test
    void aFailedRunIsToldAndTriedAgainWithinTheHourEvenIfItsRemedyIsStop() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        for (int i = 0; i < 2; i++) {
            sink.script.add((s, delivery) -> {
                throw ArchiveException.stop("the secret has expired", null);
            });
        }

        runs(2, schedule());

        assertThat(diary.lines)
                .containsExactly(
                        "failure 1: the secret has expired, next 2026-11-23T11:00:00Z",
                        "waiting for 2026-11-23T11:00:00Z",
                        "failure 2: the secret has expired, next 2026-11-23T12:00:00Z",
                        "waiting for 2026-11-23T12:00:00Z",
                        "run at 2026-11-23T12:00:00Z",
                        "waiting for 2026-11-24T02:00:00Z",
                        "run at 2026-11-24T02:00:00Z");
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    void withoutFollowUpAFailedRunWaitsForTheNextSlot() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        sink.script.add((s, delivery) -> {
            throw ArchiveException.stop("the secret has expired", null);
        });

        runs(1, schedule().followUp(Duration.ZERO));

        assertThat(diary.lines)
                .containsExactly(
                        "failure 1: the secret has expired, next 2026-11-24T02:00:00Z",
                        "waiting for 2026-11-24T02:00:00Z",
                        "run at 2026-11-24T02:00:00Z");
    }

    @Test
    void aPipelineThatCannotBeOpenedIsAFailedRun() throws Exception {
        List<String> openings = new ArrayList<>();
        PipelineFactory factory = () -> {
            openings.add(clock.instant().toString());
            if (openings.size() <= 2) { // once to ask for the last run, once to run
                throw new IOException("the users file is missing");
            }
            return world.pipeline(sink).build();
        };

        runs(1, options(ArchiveSchedule.builder(factory)));

        assertThat(diary.lines)
                .containsExactly(
                        "failure 1: the users file is missing, next 2026-11-23T11:00:00Z",
                        "waiting for 2026-11-23T11:00:00Z",
                        "run at 2026-11-23T11:00:00Z");
    }

    @Test
    void aRunThatLeftSomethingPendingIsFollowedWithinTheHour() throws Exception {
        world.records(sms("m-1", "hello", "ann", "ann"));
        Instant free = clock.instant().plus(Duration.ofMinutes(90));
        sink.script.add((s, delivery) -> {
            throw ArchiveException.retryNotBefore(free, "busy", null);
        });

        runs(4, schedule());

        assertThat(diary.starts())
                .containsExactly(
                        "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "2026-11-23T12:00:00Z", "2026-11-24T02:00:00Z");
        assertThat(diary.reports).extracting(r -> r.counts().imported()).containsExactly(0L, 0L, 1L, 0L);
    }

    @Test
    void aRestartKnowsOfTheFollowUpThatIsDue() throws Exception {
        aRunThatLeftWork();
        clock.set(Instant.parse("2026-11-23T10:30:00Z"));

        runs(2, schedule());

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "2026-11-24T02:00:00Z");
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    void aFollowUpMissedWhileTheProcessWasOffRunsAtOnce() throws Exception {
        aRunThatLeftWork();
        clock.set(Instant.parse("2026-11-23T14:00:00Z"));

        runs(2, schedule());

        assertThat(diary.starts())
                .containsExactly("2026-11-23T10:00:00Z", "2026-11-23T14:00:00Z", "2026-11-24T02:00:00Z");
    }

    @Test
    void withoutFollowUpARestartWaitsForTheNextSlot() throws Exception {
        aRunThatLeftWork();

        runs(1, schedule().followUp(Duration.ZERO));

        assertThat(diary.starts()).containsExactly("2026-11-23T10:00:00Z", "2026-11-24T02:00:00Z");
    }

    private void aRunThatLeftWork() throws Exception {
        world.records(sms("m-1", "hello", "ann", "ann"));
        sink.script.add((s, delivery) -> {
            throw ArchiveException.retryNotBefore(Instant.parse("2026-11-23T10:55:00Z"), "busy", null);
        });
        runs(1, schedule());
        assertThat(diary.reports.get(0).counts().pending()).isEqualTo(1);
    }

    @Test
    void aClockSetForwardPastASlotStartsItsRunOnce() throws Exception {
        diary.onWaiting = () -> {
            if (diary.reports.size() == 1) {
                clock.set(Instant.parse("2026-11-26T12:00:00Z"));
            }
        };

        runs(3, schedule());

        assertThat(diary.starts()).startsWith("2026-11-23T10:00:00Z").hasSize(3);
        assertThat(diary.starts().get(1)).startsWith("2026-11-26T12:00:0");
        assertThat(diary.starts().get(2)).isEqualTo("2026-11-27T02:00:00Z");
    }

    @Test
    void aClockSetBackRepeatsNothingAndDelaysNothingBeyondTheTimetable() throws Exception {
        boolean[] setBack = {false};
        diary.onWaiting = () -> {
            if (!setBack[0]) {
                setBack[0] = true;
                clock.set(Instant.parse("2026-11-20T12:00:00Z"));
            }
        };

        runs(2, schedule());

        assertThat(diary.starts()).containsExactly("2026-11-23T10:00:00Z", "2026-11-21T02:00:00Z");
    }

    @Test
    void oneOfOnesOwnPipelinesServesAllRunsAndIsClosedWithTheSchedule() throws Exception {
        ArchivePipeline pipeline = world.pipeline(sink).build();

        runs(2, options(ArchiveSchedule.builder(pipeline)));

        assertThat(diary.starts()).hasSize(2);
        assertThatThrownBy(pipeline::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void betweenTheRunsTheLedgerIsFree() throws Exception {
        List<Long> items = new ArrayList<>();
        world.records(sms("m-1", "hello", "ann", "bob"));
        diary.onWaiting = () -> items.add(world.verifiedTotals().done());

        runs(2, schedule());

        assertThat(items).containsExactly(1L);
    }

    @Test
    void closeLetsTheRunEndAfterTheDeliveryItIsAt() throws Exception {
        world.records(sms("m-1", "one", "ann", "ann"), sms("m-2", "two", "ann", "ann"));
        List<Thread> closers = new ArrayList<>();
        ArchiveSchedule schedule = schedule().build();
        sink.script.add((s, delivery) -> {
            Thread closer = new Thread(schedule::close);
            closers.add(closer);
            closer.start();
            while (closer.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // until it waits for this run
            }
            return s.write(delivery);
        });

        schedule.run();
        closers.get(0).join();

        assertThat(sink.contents().get("ann")).containsExactly("m-1");
        assertThat(diary.reports).singleElement().satisfies(report -> {
            assertThat(report.stopped()).isTrue();
            assertThat(report.counts().pending()).isEqualTo(1);
        });
        assertThat(schedule.isRunning()).isFalse();
        runs(1, schedule());
        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2");
    }

    @Test
    void aThreadOfTheHostsMakingWorksUntilTheScheduleIsClosed() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        diary.onWaiting = waiting::countDown;
        List<Thread> threads = new ArrayList<>();
        ArchiveSchedule schedule = schedule()
                .sleeper(new SystemSleeper())
                .threadFactory(work -> {
                    threads.add(new Thread(work, "the host's"));
                    return threads.get(0);
                })
                .build();
        assertThat(schedule.isRunning()).isFalse();

        schedule.start();
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(schedule.isRunning()).isTrue();
        schedule.close();

        threads.get(0).join();
        assertThat(schedule.isRunning()).isFalse();
        assertThat(diary.starts()).hasSize(1);
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        diary.onWaiting = Thread.currentThread()::interrupt;

        try (ArchiveSchedule schedule = schedule().build()) {
            assertThatThrownBy(schedule::run).isInstanceOf(InterruptedException.class);
            assertThat(schedule.isRunning()).isFalse();
        }
    }

    @Test
    void aListenerThatFailsChangesNothing() throws Exception {
        diary.onWaiting = () -> {
            throw new IllegalStateException("the pager is down");
        };

        runs(2, schedule());

        assertThat(diary.starts()).hasSize(2);
    }

    @Test
    void itBeginsOnceAndNeverAfterItWasClosed() throws Exception {
        ArchiveSchedule schedule = schedule().build();
        diary.onReport = schedule::close;
        schedule.run();

        assertThatThrownBy(schedule::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(schedule::start).isInstanceOf(IllegalStateException.class);
        schedule.close();
    }

    @Test
    void everyOptionOutOfItsBoundsIsNamedAtOnce() {
        ArchiveScheduleBuilder options =
                schedule().every(Duration.ofMillis(999)).followUp(Duration.ofSeconds(-1));

        assertThatThrownBy(options::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("every must be from 1 second", "followUp must be from zero");
        options.every(Duration.ofMillis(999))
                .dailyAt(LocalTime.NOON, ZoneId.of("UTC"))
                .followUp(Duration.ZERO);
        options.build().close();
    }

    private ArchiveScheduleBuilder schedule() {
        return options(ArchiveSchedule.builder(() -> world.pipeline(sink).build()));
    }

    private ArchiveScheduleBuilder options(ArchiveScheduleBuilder builder) {
        return builder.clock(clock).sleeper(new ManualSleeper(clock)).listener(diary);
    }

    /** Lets a schedule work until so many more runs have reported, then closes it. */
    private void runs(int count, ArchiveScheduleBuilder options) throws InterruptedException {
        try (ArchiveSchedule schedule = options.build()) {
            diary.end = diary.reports.size() + count;
            diary.atEnd = schedule::close;
            schedule.run();
        }
    }

    /** Writes down what a schedule tells. */
    private static final class Diary implements ScheduleListener {
        final List<String> lines = new ArrayList<>();
        final List<RunReport> reports = new ArrayList<>();
        Runnable onReport = () -> {};
        Runnable onWaiting = () -> {};
        Runnable atEnd = () -> {};
        int end = Integer.MAX_VALUE;

        List<String> starts() {
            return reports.stream().map(report -> report.startedAt().toString()).toList();
        }

        @Override
        public void onWaiting(Waiting event) {
            lines.add("waiting for " + event.next());
            onWaiting.run();
        }

        @Override
        public void onRunReported(RunReported event) {
            reports.add(event.report());
            lines.add("run at " + event.report().startedAt());
            onReport.run();
            if (reports.size() == end) {
                atEnd.run();
            }
        }

        @Override
        public void onRunFailed(RunFailed event) {
            lines.add(
                    "failure " + event.failuresInARow() + ": " + event.cause().getMessage() + ", next " + event.next());
        }
    }
}
