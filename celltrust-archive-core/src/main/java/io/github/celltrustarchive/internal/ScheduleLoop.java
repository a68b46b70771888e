// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ScheduleListener;
import io.github.celltrustarchive.spi.ScheduleListener.RunFailed;
import io.github.celltrustarchive.spi.ScheduleListener.RunReported;
import io.github.celltrustarchive.spi.ScheduleListener.Waiting;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the slots of a timetable and does the work at each, one at a time, on one thread, until it is asked to stop. */
public final class ScheduleLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleLoop.class);
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final Work work;
    private final Timetable timetable;
    private final Duration followUp;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ScheduleListener listener;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    private @Nullable Instant lastStart;
    private @Nullable Instant again;
    private @Nullable Instant told;
    private int failuresInARow;

    /** What is done at each slot. */
    public interface Work {
        /** The last run that came to its end; empty if there was none. */
        Optional<LastRun> lastRun() throws IOException, InterruptedException;

        /**
         * Runs once.
         *
         * @param reported is given the report while everything is still open
         */
        void run(Consumer<RunReport> reported) throws IOException, InterruptedException;
    }

    /**
     * What a new schedule knows of those before it.
     *
     * @param leftWork whether something is open that it, or a run after it that didn't come to its end, has left
     */
    public record LastRun(Instant startedAt, Instant finishedAt, boolean leftWork) {}

    /**
     * A loop that hasn't begun.
     *
     * @param followUp how long after a run that left work another follows; zero for never
     */
    public ScheduleLoop(
            Work work,
            Timetable timetable,
            Duration followUp,
            Clock clock,
            Sleeper sleeper,
            ScheduleListener listener) {
        this.work = work;
        this.timetable = timetable;
        this.followUp = followUp;
        this.clock = clock;
        this.sleeper = sleeper;
        this.listener = listener;
    }

    /** {@link #run()} on a new thread. */
    public void start(ThreadFactory threads) {
        Thread own = threads.newThread(() -> {
            try {
                run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.info("the schedule's thread was interrupted; the schedule has ended");
            }
        });
        if (own == null) {
            throw new IllegalStateException("the thread factory made no thread");
        }
        own.start();
    }

    /** Works until {@link #stop()}. Called once. */
    public void run() throws InterruptedException {
        thread = Thread.currentThread();
        try {
            if (!stopping) {
                goOn();
            }
            while (!stopping) {
                Instant now = clock.instant();
                Instant due = due(now);
                if (due.isAfter(now)) {
                    waitFor(due, now);
                } else {
                    runOnce(now);
                }
            }
        } finally {
            ended.countDown();
        }
    }

    /** Asks the loop to end after the work it is at. */
    public void stop() {
        stopping = true;
    }

    /** Whether {@link #stop()} was called. */
    public boolean stopping() {
        return stopping;
    }

    /** Waits until the loop has ended; not if it hasn't begun, nor on its own thread. */
    public void awaitEnd(Duration atMost) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            if (!ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a schedule is closed while its thread is still at work");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the loop has begun and not ended. */
    public boolean running() {
        return thread != null && ended.getCount() > 0;
    }

    /** Takes over from the schedule before it, whose follow-up may be due still. */
    private void goOn() throws InterruptedException {
        try {
            LastRun last = work.lastRun().orElse(null);
            lastStart = last == null ? null : last.startedAt();
            again = last == null || !last.leftWork() || followUp.isZero()
                    ? null
                    : last.finishedAt().plus(followUp);
        } catch (IOException | RuntimeException e) {
            LOG.debug("when the last run was can't be told ({}); one runs at once", Faults.typeOf(e));
        }
    }

    /** When to run, as seen from now. A clock that was set back makes nothing wait longer than it would have. */
    private Instant due(Instant now) {
        if (lastStart != null && lastStart.isAfter(now)) {
            lastStart = now;
        }
        Instant slot = lastStart == null ? now : timetable.next(lastStart);
        if (again == null) {
            return slot;
        }
        if (again.isAfter(now.plus(followUp))) {
            again = now.plus(followUp);
        }
        return again.isBefore(slot) ? again : slot;
    }

    private void waitFor(Instant due, Instant now) throws InterruptedException {
        if (!due.equals(told)) {
            told = due;
            tell(l -> l.onWaiting(new Waiting(due)));
        }
        Duration left = Duration.between(now, due);
        if (!stopping) { // the listener may have closed the schedule
            sleeper.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }

    private void runOnce(Instant now) throws InterruptedException {
        lastStart = now; // however many slots were missed, this one run stands for all of them
        again = null;
        told = null;
        try {
            work.run(this::reported);
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void reported(RunReport report) {
        failuresInARow = 0;
        boolean left = report.stopped()
                || !report.problems().isEmpty()
                || report.counts().pending() > 0;
        if (left) {
            followUp();
        }
        Instant next = again == null || again.isAfter(due(clock.instant())) ? null : again;
        tell(l -> l.onRunReported(new RunReported(report, next)));
    }

    private void failed(Exception failure) {
        if (stopping) {
            LOG.info("a scheduled run ended with {} while the schedule was being closed", Faults.typeOf(failure));
            return;
        }
        failuresInARow++;
        followUp();
        Instant next = due(clock.instant());
        // without the trace: what is behind it may quote a record; the listener gets it all
        String why = failure instanceof ArchiveException known ? known.getMessage() : Faults.typeOf(failure);
        LOG.warn("a scheduled run failed, {} in a row, the next one is due at {}: {}", failuresInARow, next, why);
        tell(l -> l.onRunFailed(new RunFailed(failure, failuresInARow, next)));
    }

    private void followUp() {
        again = followUp.isZero() ? null : clock.instant().plus(followUp);
    }

    private void tell(Consumer<ScheduleListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener of the schedule failed", e);
        }
    }
}
