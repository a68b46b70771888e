// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.report.StatusLog;
import io.github.celltrustarchive.report.StatusLogFiles;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Tells a person at the screen what a run did and where to look. */
final class Summary {

    private static final int FAILURES_SHOWN = 20;

    private final HostedArchive archive;
    private final PrintWriter screen;

    Summary(HostedArchive archive, PrintWriter screen) {
        this.archive = archive;
        this.screen = screen;
    }

    void print(RunReport report, LedgerReader ledger) throws IOException {
        StatusLog log = StatusLog.of(report, ledger);
        screen.println();
        if (report.failures().size() <= FAILURES_SHOWN) {
            log.writeText(screen);
        } else {
            log.writeSummary(screen);
        }
        if (report.counts().isEmpty() && report.problems().isEmpty()) {
            screen.println();
            printTotals(ledger.totals(report.connector()));
            return; // nothing happened: no need for another status log
        }
        archive.printMailboxes(screen);
        List<Path> files = StatusLogFiles.write(archive.out().resolve("status"), new DiskStorage(), report, ledger);
        screen.println();
        screen.println("Status log with every failed item (also as .csv, .json and .html)");
        screen.println("  " + files.get(0));
    }

    /** What earlier runs left behind is no news, but shouldn't be forgotten. */
    private void printTotals(ItemTotals all) {
        screen.printf(
                "All runs together: %d items = %d done + %d pending + %d held + %d unmapped + %d excluded%n",
                all.listed(), all.done(), all.pending(), all.held(), all.unmapped(), all.excluded());
    }
}
