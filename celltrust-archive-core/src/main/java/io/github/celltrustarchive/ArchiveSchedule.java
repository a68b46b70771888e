// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import io.github.celltrustarchive.internal.Engine.Operation;
import io.github.celltrustarchive.internal.ScheduleLoop;
import io.github.celltrustarchive.model.RunReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline again and again: once a day at a local time, or at an interval.
 *
 * <p><b>Once a day.</b> The reference system copies its items once every 24 hours; so does a schedule with its defaults, at
 * 02:00 UTC. In a zone with summer time every date has one run: days of 23 and 25 hours too. A local time that a date
 * doesn't have is as much later as its clocks go forward; of one that it has twice the first counts.
 *
 * <p><b>One at a time.</b> A run that takes longer than a slot delays the next; what was missed meanwhile, or while the
 * process was off or asleep, is made up for by <em>one</em> run, at once. When the last run was is read from the ledger, so
 * a restart neither forgets a missed run nor repeats one. A run that was stopped, broken off or killed doesn't count, a run
 * of the same operation outside the schedule does; a connector that never ran is due at once.
 *
 * <p><b>When a run fails.</b> A run that is broken off, whatever the remedy of its
 * {@link io.github.celltrustarchive.spi.ArchiveException}, {@code STOP} included, is logged and told to the
 * {@linkplain ArchiveScheduleBuilder#listener listener}; the schedule goes on. What stops a run is mended outside of this
 * process (a secret, a full disk, a database), and an archive that never runs again until somebody restarts it loses days
 * without a sound. After a failed run, and after one that left work (problems, something pending), another follows within
 * the hour ({@link ArchiveScheduleBuilder#followUp}) unless a slot comes first; a restart forgets that only where nothing is
 * pending in the ledger. An {@link Error} ends the schedule.
 *
 * <p><b>Clocks.</b> The clock is looked at every second. If it is set forward past a slot, the run begins; if it is set back,
 * no run is repeated and none waits longer than its timetable says.
 *
 * <p><b>Which pipeline.</b> A {@link PipelineFactory} makes a pipeline for each run, which is closed after it: a ledger
 * whose database had failed is opened anew, a mapping file is read anew, and nothing is locked between the runs. A schedule
 * of a given pipeline uses that one for all runs, for sources that live as long as their host; if its ledger fails, every
 * later run fails too until the host makes a new one.
 *
 * <p><b>Threading.</b> The host owns the process: {@link #run()} works on the caller's thread, {@link #start()} on one of the
 * host's making. All methods may be called from any thread.
 */
public final class ArchiveSchedule implements AutoCloseable {

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final PipelineFactory pipelines;
    private final boolean keepOpen;
    private final Operation operation;
    private final ScheduleLoop loop;
    private final ThreadFactory threads;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Object lock = new Object();
    private @Nullable ArchivePipeline current;
    private boolean closed;

    ArchiveSchedule(ArchiveScheduleBuilder options) {
        this.pipelines = options.pipelines;
        this.keepOpen = options.pipeline != null;
        this.current = options.pipeline;
        this.operation = options.operation;
        this.threads = options.threads;
        this.loop = new ScheduleLoop(
                new PipelineWork(),
                options.timetable,
                options.followUp,
                options.clock,
                options.sleeper,
                options.listener);
    }

    /** Makes the pipeline of one run. */
    @FunctionalInterface
    public interface PipelineFactory {
        /**
         * A new pipeline, never null; the schedule closes it after the run. Called on the schedule's thread. If it throws,
         * which is told as a failed run, it has closed what it had opened.
         *
         * @throws IOException if a part can't be opened now
         * @throws InterruptedException if the calling thread was interrupted, which ends the schedule
         */
        ArchivePipeline open() throws IOException, InterruptedException;
    }

    /** Starts a schedule whose runs have a pipeline each. */
    public static ArchiveScheduleBuilder builder(PipelineFactory pipelines) {
        return new ArchiveScheduleBuilder(Objects.requireNonNull(pipelines, "pipelines"), null);
    }

    /** Starts a schedule whose runs share a pipeline; the schedule owns it and closes it. */
    public static ArchiveScheduleBuilder builder(ArchivePipeline pipeline) {
        Objects.requireNonNull(pipeline, "pipeline");
        return new ArchiveScheduleBuilder(() -> pipeline, pipeline);
    }

    /**
     * Works on the calling thread until {@link #close()} is called by another thread or by the listener.
     *
     * @throws InterruptedException if the calling thread was interrupted, which ends the schedule; the next one goes on
     * @throws IllegalStateException if the schedule was begun already, or is closed
     */
    public void run() throws InterruptedException {
        begin();
        loop.run();
    }

    /**
     * Works on a thread of its own until {@link #close()}. By default that is a daemon thread: it doesn't keep the process
     * alive, since the host does.
     *
     * @throws IllegalStateException if the schedule was begun already, or is closed
     */
    public void start() {
        begin();
        loop.start(threads);
    }

    /** Whether the schedule has begun and not ended: for health checks. */
    public boolean isRunning() {
        return loop.running();
    }

    /**
     * Ends the schedule: no further run begins, and one that is under way ends after the page and the deliveries it is at, as
     * {@link ArchivePipeline#requestStop()} says. Waits for it up to about 40 seconds; what is still under way then fails and
     * is resumed by the next run. A second call does nothing more; never throws.
     */
    @Override
    public void close() {
        ArchivePipeline pipeline;
        synchronized (lock) {
            closed = true;
            pipeline = current;
        }
        loop.stop();
        if (pipeline != null) {
            pipeline.close();
        }
        loop.awaitEnd(CLOSE_WAIT);
    }

    private void begin() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the schedule is closed");
            }
        }
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("the schedule was begun already");
        }
    }

    /** What the loop does at each slot. */
    private final class PipelineWork implements ScheduleLoop.Work {

        @Override
        public Optional<ScheduleLoop.LastRun> lastRun() throws IOException, InterruptedException {
            ArchivePipeline pipeline = open();
            try {
                boolean open = pipeline.hasOpenWork();
                return pipeline.lastCompleted(operation)
                        .map(run -> new ScheduleLoop.LastRun(run.startedAt(), run.completedAt(), open));
            } finally {
                release(pipeline);
            }
        }

        @Override
        public void run(Consumer<RunReport> reported) throws IOException, InterruptedException {
            ArchivePipeline pipeline = open();
            try {
                reported.accept(pipeline.run(operation));
            } finally {
                release(pipeline);
            }
        }

        /** A pipeline that {@link #close()} knows of, so that it can stop it. */
        private ArchivePipeline open() throws IOException, InterruptedException {
            ArchivePipeline pipeline = Objects.requireNonNull(pipelines.open(), "the factory made no pipeline");
            boolean late;
            synchronized (lock) {
                late = closed;
                current = pipeline;
            }
            if (late) {
                pipeline.close();
                throw new IllegalStateException("the schedule is closed");
            }
            return pipeline;
        }

        private void release(ArchivePipeline pipeline) {
            if (keepOpen) {
                return;
            }
            synchronized (lock) {
                current = null;
            }
            pipeline.close();
        }
    }
}
