// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The words of a status log, in one place: those of Microsoft's article "Admin logs for data connectors" in its order,
 * then ours.
 */
final class StatusWords {

    static final String COMPLETION_TIME = "Import completion time (UTC)";
    static final List<String> FAILED_ITEM_COLUMNS =
            List.of("Item id", "Source User ID", "M365 User ID", "Failure Reason");
    static final String STOPPED = "Stopped before the work was done; the next run goes on.";
    static final String PENDING = "Pending items are decided by a later run.";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StatusWords() {}

    /** One number of a run, with its words and its name in JSON. */
    record Total(String words, String jsonName, long value) {}

    static List<Total> totals(RunCounts counts) {
        return List.of(
                new Total("Items available from source", "itemsAvailableFromSource", counts.availableFromSource()),
                new Total("Items available for import", "itemsAvailableForImport", counts.availableForImport()),
                new Total("Items imported successfully", "itemsImportedSuccessfully", counts.imported()),
                new Total("Items partially imported", "itemsPartiallyImported", counts.partiallyImported()),
                new Total("Items skipped", "itemsSkipped", counts.skipped()),
                new Total("Items failed", "itemsFailed", counts.failed()),
                new Total("Items pending", "itemsPending", counts.pending()));
    }

    /** The numbers behind each other, checked. */
    static String equation(RunCounts counts) {
        return "available for import %d %s imported %d + partially imported %d + skipped %d + failed %d + pending %d%s"
                .formatted(
                        counts.availableForImport(),
                        counts.addsUp() ? "=" : "IS NOT",
                        counts.imported(),
                        counts.partiallyImported(),
                        counts.skipped(),
                        counts.failed(),
                        counts.pending(),
                        counts.addsUp() ? "" : ": the numbers don't add up, report this");
    }

    static String nothingIngested(RunReport report) {
        return "No items ingested on " + DAY.format(report.completedAt()) + ".";
    }

    /** To the second: sorts, and reads as what the column says. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
