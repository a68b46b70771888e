// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.stream.Stream;

/** A status log as CSV, safe to open in a spreadsheet: facts with their values, then the failed items. */
final class CsvStatusLog {

    /** What is marked as text is quoted as well; CSV itself asks for quotes where a cell holds a comma or a quote. */
    private static final QuoteStrategy MARKED_TEXT = new QuoteStrategy() {
        @Override
        public boolean quoteValue(int lineNo, int fieldIdx, String value) {
            return value.startsWith("'");
        }
    };

    private final RunReport report;

    CsvStatusLog(RunReport report) {
        this.report = report;
    }

    void write(Appendable target, LedgerReader ledger) throws IOException {
        try (CsvWriter csv = CsvWriter.builder()
                .quoteStrategy(MARKED_TEXT)
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new AppendingWriter(target))) {
            writeTotals(csv);
            writeRun(csv);
            report.problems().forEach(problem -> writeFact(csv, "Problem", Cells.csv(problem)));
            csv.writeRecord(StatusWords.FAILED_ITEM_COLUMNS);
            writeFailures(csv, ledger);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void writeTotals(CsvWriter csv) {
        writeFact(csv, StatusWords.COMPLETION_TIME, StatusWords.time(report.completedAt()));
        for (StatusWords.Total total : StatusWords.totals(report.counts())) {
            writeFact(csv, total.words(), Long.toString(total.value()));
        }
        writeFact(csv, "Adds up", Boolean.toString(report.counts().addsUp()));
        if (report.counts().isEmpty()) {
            writeFact(csv, "Note", StatusWords.nothingIngested(report));
        }
    }

    private void writeRun(CsvWriter csv) {
        writeFact(csv, "Connector", Cells.csv(report.connector()));
        writeFact(csv, "Run", Long.toString(report.run()));
        writeFact(csv, "Operation", Cells.csv(report.operation()));
        writeFact(csv, "Started (UTC)", StatusWords.time(report.startedAt()));
        writeFact(csv, "Stopped", Boolean.toString(report.stopped()));
    }

    /** As wide as a failed item, because a CSV table has one width (RFC 4180 section 2). */
    private static void writeFact(CsvWriter csv, String words, String value) {
        csv.writeRecord(words, value, "", "");
    }

    private void writeFailures(CsvWriter csv, LedgerReader ledger) {
        try (Stream<RunFailure> failures = ledger.failures(report.connector(), report.run())) {
            for (Iterator<RunFailure> rows = failures.iterator(); rows.hasNext(); ) {
                RunFailure row = rows.next();
                csv.writeRecord(
                        Cells.csv(row.itemId()),
                        Cells.csv(row.sourceUserId()),
                        Cells.csv(row.microsoft365UserId()),
                        Cells.csv(row.reason()));
            }
        }
    }
}
