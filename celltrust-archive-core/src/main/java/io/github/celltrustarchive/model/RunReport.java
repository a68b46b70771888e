// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a run did, as far as its outcomes are committed.
 *
 * @param connector the connector's name
 * @param run the run's number: its epoch in the ledger
 * @param operation {@code collect}, {@code deliver}, {@code run}, {@code release} or {@code remap}
 * @param startedAt when it began
 * @param completedAt when it ended
 * @param stopped whether it was asked to stop before its work was done
 * @param counts the numbers
 * @param failures the first {@value #MAX_FAILURES} failed rows; the status log has all
 * @param problems what this run couldn't do but the next one may, such as reading on in a source that didn't answer; no
 *     personal data
 */
public record RunReport(
        String connector,
        long run,
        String operation,
        Instant startedAt,
        Instant completedAt,
        boolean stopped,
        RunCounts counts,
        List<RunFailure> failures,
        List<String> problems) {

    /** How many failed rows a report holds at the most, so that its size is bounded. */
    public static final int MAX_FAILURES = 1000;

    public RunReport {
        Objects.requireNonNull(connector, "connector");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(completedAt, "completedAt");
        Objects.requireNonNull(counts, "counts");
        failures = List.copyOf(failures);
        problems = List.copyOf(problems);
    }
}
