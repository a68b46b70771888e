// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchiveSchedule;
import io.github.celltrustarchive.ArchiveScheduleBuilder;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.ScheduleListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs an archive again and again until the process is told to end. */
final class ScheduledArchive implements ScheduleListener {

    private final HostedArchive archive;
    private final PrintWriter screen;
    private final PrintWriter errors;
    private @Nullable Ledger ledger;
    private @Nullable ProgressBar progress;

    ScheduledArchive(HostedArchive archive, PrintWriter screen, PrintWriter errors) {
        this.archive = archive;
        this.screen = screen;
        this.errors = errors;
    }

    /**
     * Returns when the process is asked to end, by ctrl-c or otherwise, and a run under way has come to a good place.
     *
     * @throws IllegalStateException if the interval is out of its bounds
     */
    void run(Duration every) throws InterruptedException {
        ArchiveScheduleBuilder options =
                ArchiveSchedule.builder(this::open).every(every).listener(this);
        try (ArchiveSchedule schedule = options.build()) {
            Thread atExit = new Thread(
                    () -> {
                        schedule.close();
                        archive.end();
                        screen.println("Stopped; the next run goes on.");
                        screen.flush();
                    },
                    "archive-exit");
            Runtime.getRuntime().addShutdownHook(atExit);
            schedule.run();
        }
    }

    private ArchivePipeline open() throws IOException {
        Ledger opened = archive.ledger();
        try {
            ledger = opened;
            progress = ProgressBar.on(screen);
            return archive.pipeline(opened, progress); // which closes the ledger
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void onWaiting(Waiting event) {
        screen.println("Next run at " + event.next().truncatedTo(ChronoUnit.SECONDS) + ". Stop with ctrl-c.");
        screen.flush();
    }

    @Override
    public void onRunReported(RunReported event) {
        Objects.requireNonNull(progress, "a run has its progress").end();
        try {
            new Summary(archive, screen).print(event.report(), Objects.requireNonNull(ledger, "and its ledger"));
        } catch (IOException e) {
            errors.println("The status log couldn't be written: " + e.getMessage());
            errors.flush();
        }
        screen.flush();
    }

    @Override
    public void onRunFailed(RunFailed event) {
        Exception cause = event.cause();
        String what = cause instanceof ArchiveException ? cause.getMessage() : cause.toString();
        errors.println("Run failed, " + event.failuresInARow() + " in a row: " + what);
        errors.flush();
    }
}
