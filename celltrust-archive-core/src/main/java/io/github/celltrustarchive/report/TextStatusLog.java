// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** A status log as lines. A tab within a cell is escaped, so that tabs separate columns and nothing else. */
final class TextStatusLog {

    private static final int WIDTH = StatusWords.COMPLETION_TIME.length() + 2;

    private final RunReport report;

    TextStatusLog(RunReport report) {
        this.report = report;
    }

    void writeSummary(Appendable target) throws IOException {
        RunCounts counts = report.counts();
        if (counts.isEmpty()) {
            target.append(StatusWords.nothingIngested(report)).append('\n');
        } else {
            writeTotals(target, counts);
        }
        if (report.stopped()) {
            target.append('\n').append(StatusWords.STOPPED).append('\n');
        }
        if (!report.problems().isEmpty()) {
            target.append("\nProblems\n");
            for (String problem : report.problems()) {
                target.append("- ").append(Cells.line(problem)).append('\n');
            }
        }
    }

    void write(Appendable target, LedgerReader ledger) throws IOException {
        target.append("Status log of connector ").append(Cells.line(report.connector()));
        target.append(", run ").append(Long.toString(report.run()));
        target.append(" (").append(Cells.line(report.operation())).append(')');
        target.append(", started ").append(StatusWords.time(report.startedAt())).append("\n\n");
        writeSummary(target);
        try (Stream<RunFailure> failures = ledger.failures(report.connector(), report.run())) {
            writeFailures(target, failures.iterator());
        }
    }

    private void writeTotals(Appendable target, RunCounts counts) throws IOException {
        writeTotal(target, StatusWords.COMPLETION_TIME, StatusWords.time(report.completedAt()));
        for (StatusWords.Total total : StatusWords.totals(counts)) {
            writeTotal(target, total.words(), Long.toString(total.value()));
        }
        target.append('\n').append(StatusWords.equation(counts)).append('\n');
        if (counts.pending() > 0) {
            target.append(StatusWords.PENDING).append('\n');
        }
    }

    private static void writeTotal(Appendable target, String words, String value) throws IOException {
        target.append(words).append(':');
        target.append(" ".repeat(WIDTH - words.length() - 1)).append(value).append('\n');
    }

    private static void writeFailures(Appendable target, Iterator<RunFailure> failures) throws IOException {
        if (!failures.hasNext()) {
            return;
        }
        target.append("\nFailed item details\n");
        target.append(String.join("\t", StatusWords.FAILED_ITEM_COLUMNS)).append('\n');
        while (failures.hasNext()) {
            RunFailure row = failures.next();
            target.append(Cells.line(row.itemId())).append('\t');
            target.append(Cells.line(row.sourceUserId())).append('\t');
            target.append(Cells.line(row.microsoft365UserId())).append('\t');
            target.append(Cells.line(row.reason())).append('\n');
        }
    }
}
