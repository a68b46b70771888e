// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.report.PreflightText;
import io.github.celltrustarchive.report.PreviewText;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Does with an archive what the options say, and tells it. */
final class ArchiveRuns {

    private static final int MAX_PREVIEW = 1_000_000;

    private final HostedArchive archive;
    private final RunOptions options;
    private final PrintWriter screen;
    private final PrintWriter errors;

    ArchiveRuns(HostedArchive archive, RunOptions options) {
        this.archive = archive;
        this.options = options;
        this.screen = archive.command().getOut();
        this.errors = archive.command().getErr();
    }

    /**
     * Looks, previews, runs once, or runs until the process is asked to end.
     *
     * @param headline what is said before a run
     * @return the exit code
     */
    int run(String headline) throws IOException, InterruptedException {
        if (options.dryRun()) {
            return beforehand(pipeline -> {
                PreviewText.write(pipeline.preview(MAX_PREVIEW), screen);
                return CommandLine.ExitCode.OK;
            });
        }
        if (options.preflight()) {
            return beforehand(pipeline -> {
                PreflightReport report = pipeline.preflight();
                PreflightText.write(report, screen);
                return report.passed() ? CommandLine.ExitCode.OK : Commands.NOT_READY;
            });
        }
        screen.println(headline);
        screen.flush();
        Duration every = options.every();
        return every == null ? runOnce() : runEvery(every);
    }

    private int runOnce() throws IOException, InterruptedException {
        ProgressBar progress = ProgressBar.on(screen);
        try (Ledger ledger = archive.ledger();
                ArchivePipeline pipeline = archive.pipeline(ledger, progress)) {
            if (!ready(pipeline)) {
                return Commands.NOT_READY;
            }
            if (options.release()) {
                tell("Released", pipeline.release(Selection.all(), options.operator()));
            }
            if (options.remap()) {
                tell("Remapped", pipeline.remap(Selection.all(), options.operator()));
            }
            RunReport report = pipeline.run();
            progress.end();
            new Summary(archive, screen).print(report, ledger);
        }
        screen.flush();
        return CommandLine.ExitCode.OK;
    }

    private int runEvery(Duration interval) throws IOException, InterruptedException {
        try (Ledger ledger = archive.ledger();
                ArchivePipeline pipeline = archive.pipeline(ledger, ArchiveListener.NONE)) {
            if (!ready(pipeline)) {
                return Commands.NOT_READY;
            }
        }
        new ScheduledArchive(archive, screen, errors).run(interval);
        return CommandLine.ExitCode.OK;
    }

    /** Shows what isn't as it should be. */
    private boolean ready(ArchivePipeline pipeline) throws IOException, InterruptedException {
        PreflightReport report = pipeline.preflight();
        PreflightText.writeFindings(report, errors);
        errors.flush();
        return report.passed();
    }

    private void tell(String what, OperatorReport report) {
        screen.println(what + ": " + report.items() + " records, " + report.participants() + " users of messages, "
                + report.deliveries() + " deliveries; " + report.itemsStillHeld() + " records are still held");
    }

    /** What is done with a pipeline before any run. */
    @FunctionalInterface
    private interface Look {
        int at(ArchivePipeline pipeline) throws IOException, InterruptedException;
    }

    /** Without an archive there is nothing known yet; its folder isn't made for a mere look. */
    private int beforehand(Look look) throws IOException, InterruptedException {
        @Nullable Path empty = archive.exists() ? null : Files.createTempDirectory("celltrust-archive");
        try (Ledger ledger = empty == null ? archive.ledger() : archive.ledgerIn(empty);
                ArchivePipeline pipeline = archive.pipeline(ledger, ArchiveListener.NONE)) {
            return look.at(pipeline);
        } finally {
            if (empty != null) {
                deleteAll(empty);
            }
            screen.flush();
        }
    }

    /** Deletes a folder with what is in it. */
    static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
