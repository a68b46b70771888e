// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A ledger that knows the failed items of one run, and reports of such a run. */
class Rows implements LedgerReader {

    static final RunCounts COUNTS = new RunCounts(12, 31, 24, 1, 2, 3, 1);

    private final List<RunFailure> failures;
    int opened;
    int closed;

    Rows(RunFailure... failures) {
        this.failures = List.of(failures);
    }

    static RunReport report(RunCounts counts, String... problems) {
        return new RunReport(
                "sms",
                7,
                "run",
                Instant.parse("2026-11-23T23:59:58.250Z"),
                Instant.parse("2026-11-24T00:00:05.500Z"),
                false,
                counts,
                List.of(),
                List.of(problems));
    }

    @Override
    public RunCounts counts(String connector, long run) {
        throw new AssertionError("the report has the counts");
    }

    @Override
    public Stream<RunFailure> failures(String connector, long run) {
        if (!connector.equals("sms") || run != 7) {
            throw new AssertionError("another run was asked for");
        }
        opened++;
        return failures.stream().onClose(() -> closed++);
    }

    @Override
    public ItemTotals totals(String connector) {
        throw new AssertionError("not needed");
    }
}
