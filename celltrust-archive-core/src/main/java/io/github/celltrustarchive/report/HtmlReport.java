// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A run on one page for people: totals, drawn and in numbers, problems, and the first failed items. One self-contained
 * HTML file in UTF-8, without scripts, links or remote content, light or dark as the reader's system is.
 *
 * <p>Everything that came from a source is escaped, with invisible characters shown as in {@link StatusLog}. The page
 * holds personal data, as the status log does.
 */
public final class HtmlReport {

    /** How many failed items the page shows at the most; the status log has all. */
    public static final int MAX_FAILED_ITEMS = 500;

    private final RunReport report;
    private final LedgerReader ledger;

    private HtmlReport(RunReport report, LedgerReader ledger) {
        this.report = Objects.requireNonNull(report, "report");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    /**
     * The page of a run.
     *
     * @param ledger the one in which the run is recorded
     */
    public static HtmlReport of(RunReport report, LedgerReader ledger) {
        return new HtmlReport(report, ledger);
    }

    /** Writes the page, to be encoded as UTF-8. The ledger must be open. */
    public void write(Appendable target) throws IOException {
        String title = Cells.html(report.connector()) + ", run " + report.run();
        target.append(HtmlParts.HEAD.replace("$TITLE", title));
        target.append("<h1>").append(title).append("</h1>\n");
        writeFacts(target);
        if (report.counts().isEmpty()) {
            writeParagraph(target, StatusWords.nothingIngested(report));
        } else {
            writeTotals(target, report.counts());
        }
        if (report.stopped()) {
            writeParagraph(target, StatusWords.STOPPED);
        }
        writeProblems(target, report.problems());
        try (Stream<RunFailure> failures = ledger.failures(report.connector(), report.run())) {
            writeFailures(target, failures.iterator());
        }
        target.append("</body>\n</html>\n");
    }

    private void writeFacts(Appendable target) throws IOException {
        target.append("<p class=\"facts\">").append(Cells.html(report.operation()));
        target.append(", started ").append(StatusWords.time(report.startedAt()));
        target.append(", ended ").append(StatusWords.time(report.completedAt())).append("</p>\n");
    }

    private void writeTotals(Appendable target, RunCounts counts) throws IOException {
        target.append(HtmlParts.bar(counts));
        target.append("<table class=\"totals\">\n");
        writeTotal(target, StatusWords.COMPLETION_TIME, StatusWords.time(report.completedAt()), "");
        for (StatusWords.Total total : StatusWords.totals(counts)) {
            writeTotal(target, total.words(), Long.toString(total.value()), HtmlParts.swatch(total.jsonName()));
        }
        target.append("</table>\n");
        String style = counts.addsUp() ? "equation" : "equation wrong";
        target.append("<p class=\"").append(style).append("\">");
        target.append(Cells.html(StatusWords.equation(counts))).append("</p>\n");
        if (counts.pending() > 0) {
            writeParagraph(target, StatusWords.PENDING);
        }
    }

    private static void writeTotal(Appendable target, String words, String value, String swatch) throws IOException {
        target.append("<tr><th scope=\"row\">").append(swatch).append(words).append("</th><td>");
        target.append(value).append("</td></tr>\n");
    }

    private static void writeProblems(Appendable target, List<String> problems) throws IOException {
        if (problems.isEmpty()) {
            return;
        }
        target.append("<h2>Problems</h2>\n<ul>\n");
        for (String problem : problems) {
            target.append("<li>").append(Cells.html(problem)).append("</li>\n");
        }
        target.append("</ul>\n");
    }

    private static void writeFailures(Appendable target, Iterator<RunFailure> failures) throws IOException {
        if (!failures.hasNext()) {
            return;
        }
        target.append("<h2>Failed item details</h2>\n<table class=\"failed\">\n<thead><tr>");
        for (String column : StatusWords.FAILED_ITEM_COLUMNS) {
            target.append("<th scope=\"col\">").append(column).append("</th>");
        }
        target.append("</tr></thead>\n<tbody>\n");
        for (int shown = 0; shown < MAX_FAILED_ITEMS && failures.hasNext(); shown++) {
            RunFailure row = failures.next();
            target.append("<tr>");
            for (String cell : List.of(row.itemId(), row.sourceUserId(), row.microsoft365UserId(), row.reason())) {
                target.append("<td><bdi>").append(Cells.html(cell)).append("</bdi></td>");
            }
            target.append("</tr>\n");
        }
        target.append("</tbody>\n</table>\n");
        if (failures.hasNext()) {
            writeParagraph(
                    target,
                    "These are the first " + MAX_FAILED_ITEMS
                            + " failed items. The status log as text, CSV or JSON has all of them.");
        }
    }

    private static void writeParagraph(Appendable target, String text) throws IOException {
        target.append("<p>").append(Cells.html(text)).append("</p>\n");
    }
}
