// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import io.github.celltrustarchive.ArchiveSchedule.PipelineFactory;
import io.github.celltrustarchive.internal.Engine.Operation;
import io.github.celltrustarchive.internal.Timetable;
import io.github.celltrustarchive.internal.World;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.io.SystemSleeper;
import io.github.celltrustarchive.spi.ScheduleListener;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Collects the options of an {@link ArchiveSchedule}. Every option has a default. Not thread-safe. */
public final class ArchiveScheduleBuilder {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    final PipelineFactory pipelines;
    final @Nullable ArchivePipeline pipeline;
    Operation operation = Operation.RUN;
    Timetable timetable = Timetable.daily(LocalTime.of(2, 0), ZoneOffset.UTC);
    Duration followUp = Duration.ofHours(1);
    ScheduleListener listener = ScheduleListener.NONE;
    Clock clock = Clock.systemUTC();
    Sleeper sleeper = new SystemSleeper();
    ThreadFactory threads = World.daemonThreads("celltrust-archive-schedule");
    private @Nullable Duration interval;

    ArchiveScheduleBuilder(PipelineFactory pipelines, @Nullable ArchivePipeline pipeline) {
        this.pipelines = pipelines;
        this.pipeline = pipeline;
    }

    /**
     * Once a day at this local time. Default 02:00 UTC. Replaces {@link #every}.
     *
     * @param time in whole seconds; fractions are dropped
     * @param zone whose dates and summer time count
     */
    public ArchiveScheduleBuilder dailyAt(LocalTime time, ZoneId zone) {
        timetable = Timetable.daily(time.truncatedTo(ChronoUnit.SECONDS), Objects.requireNonNull(zone, "zone"));
        interval = null;
        return this;
    }

    /**
     * This long after the beginning of the run before, 1 second to 366 days, instead of {@linkplain #dailyAt daily}. A run
     * that takes longer is followed by the next at once.
     */
    public ArchiveScheduleBuilder every(Duration value) {
        interval = Objects.requireNonNull(value, "every");
        timetable = Timetable.every(value);
        return this;
    }

    /** Each run is an {@link ArchivePipeline#collect()}. Default: {@link ArchivePipeline#run()}. */
    public ArchiveScheduleBuilder collectOnly() {
        operation = Operation.COLLECT;
        return this;
    }

    /** Each run is an {@link ArchivePipeline#deliver()}. Default: {@link ArchivePipeline#run()}. */
    public ArchiveScheduleBuilder deliverOnly() {
        operation = Operation.DELIVER;
        return this;
    }

    /**
     * How long after a run that failed or left work (problems, something pending) another run follows, unless a slot comes
     * first. Default 1 hour; zero for none; at most 366 days. A restart forgets it, and waits for the next slot.
     */
    public ArchiveScheduleBuilder followUp(Duration value) {
        followUp = Objects.requireNonNull(value, "followUp");
        return this;
    }

    /** Default: none; failures are logged in any case. */
    public ArchiveScheduleBuilder listener(ScheduleListener value) {
        listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /** Default: the system's clock. */
    public ArchiveScheduleBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Default: real sleep. It is asked for a second at a time. */
    public ArchiveScheduleBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "sleeper");
        return this;
    }

    /** Makes the thread of {@link ArchiveSchedule#start()}. Default: a daemon thread. */
    public ArchiveScheduleBuilder threadFactory(ThreadFactory value) {
        threads = Objects.requireNonNull(value, "threadFactory");
        return this;
    }

    /**
     * The schedule, not begun yet.
     *
     * @throws IllegalStateException naming every option that is out of its bounds
     */
    public ArchiveSchedule build() {
        List<String> problems = new ArrayList<>();
        if (interval != null && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
            problems.add("every must be from 1 second to 366 days");
        }
        if (followUp.isNegative() || followUp.compareTo(LONGEST) > 0) {
            problems.add("followUp must be from zero to 366 days");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("archive schedule: " + String.join("; ", problems));
        }
        return new ArchiveSchedule(this);
    }
}
