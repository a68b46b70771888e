// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.time.Instant;
import java.util.Objects;

/**
 * A run that came to its end: it was neither stopped nor broken off.
 *
 * @param run the run's number
 * @param operation {@code collect}, {@code deliver} or {@code run}
 * @param startedAt when it began
 * @param completedAt when it ended
 */
public record CompletedRun(long run, String operation, Instant startedAt, Instant completedAt) {

    public CompletedRun {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(completedAt, "completedAt");
    }
}
