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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells a person at the screen what a run did and where to look. */
final class Summary {

    private static final int FAILURES_SHOWN = 20;
    private static final int MAILBOXES_SHOWN = 5;
    private static final String MAILDIR = "Maildir";

    private final Path out;
    private final PrintWriter screen;

    Summary(Path out, PrintWriter screen) {
        this.out = out;
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
        printMailboxes();
        List<Path> files = StatusLogFiles.write(out.resolve("status"), new DiskStorage(), report, ledger);
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

    private void printMailboxes() throws IOException {
        List<Path> maildirs = maildirs();
        if (maildirs.isEmpty()) {
            return;
        }
        screen.println();
        screen.println("Mailboxes" + (maildirs.size() > MAILBOXES_SHOWN ? " (the first " + MAILBOXES_SHOWN + ")" : ""));
        for (Path maildir : maildirs.subList(0, Math.min(MAILBOXES_SHOWN, maildirs.size()))) {
            screen.printf("  %6d messages in %s%n", messages(maildir), maildir);
        }
        screen.println("Open one with");
        screen.println("  neomutt -f " + maildirs.get(0));
    }

    /** The folders CellTrust of the mailboxes below {@code mail/<domain>/<local part>}. */
    private List<Path> maildirs() throws IOException {
        Path mail = out.resolve("mail");
        if (!Files.isDirectory(mail)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.find(
                mail,
                4,
                (path, attributes) -> path.endsWith(Path.of(MAILDIR, ".CellTrust")) && attributes.isDirectory())) {
            return folders.sorted().limit(MAILBOXES_SHOWN + 1L).toList();
        }
    }

    private static long messages(Path maildir) throws IOException {
        long messages = 0;
        for (String folder : List.of("new", "cur")) {
            if (Files.isDirectory(maildir.resolve(folder))) {
                try (Stream<Path> files = Files.list(maildir.resolve(folder))) {
                    messages += files.count();
                }
            }
        }
        return messages;
    }
}
