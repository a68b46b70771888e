// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.util.Objects;

/**
 * The status log of a run: its totals in the words of Microsoft's article "Admin logs for data connectors", its problems,
 * and every failed item. {@code docs/status-log.md} describes the formats.
 *
 * <p>Failed items are read from the ledger as they are written, never held together in memory, and once per call; the
 * ledger must be open. Any number of formats may be written, in any order, by several threads.
 *
 * <p><b>Hostile input.</b> Ids and addresses come from the source. In text and CSV each item stays on one line, whatever
 * it holds, invisible characters are shown as escapes, and cells over 300 characters are cut; JSON has them as they are.
 *
 * <p>A status log holds personal data: ids and addresses of users. Show it to those who may see these.
 */
public final class StatusLog {

    private final RunReport report;
    private final LedgerReader ledger;

    private StatusLog(RunReport report, LedgerReader ledger) {
        this.report = Objects.requireNonNull(report, "report");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    /**
     * The status log of a run.
     *
     * @param ledger the one in which the run is recorded
     */
    public static StatusLog of(RunReport report, LedgerReader ledger) {
        return new StatusLog(report, ledger);
    }

    /** Writes the totals, the equation they fulfil, and the problems, without the failed items. Reads no ledger. */
    public void writeSummary(Appendable target) throws IOException {
        new TextStatusLog(report).writeSummary(target);
    }

    /** Writes everything as lines for people; columns are separated by tabs, lines end with LF. */
    public void writeText(Appendable target) throws IOException {
        new TextStatusLog(report).write(target, ledger);
    }

    /**
     * Writes everything as CSV (RFC 4180) of four columns: first facts, a name and a value each; then, below their header
     * line, the failed items. Numbers are numbers; text that a spreadsheet might take for a formula has a {@code '} before
     * it.
     */
    public void writeCsv(Appendable target) throws IOException {
        new CsvStatusLog(report).write(target, ledger);
    }

    /** Writes everything as one JSON object in ASCII, with nothing cut or changed. */
    public void writeJson(Appendable target) throws IOException {
        new JsonStatusLog(report).write(target, ledger);
    }
}
