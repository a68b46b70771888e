// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import io.github.celltrustarchive.model.Check.Status;
import java.util.List;
import java.util.Objects;

/**
 * What a look at a pipeline's parts found, before anything is read or written.
 *
 * @param connector the connector's name
 * @param lines one for each thing that was looked at, part by part
 */
public record PreflightReport(String connector, List<Line> lines) {

    /**
     * One thing that was looked at.
     *
     * @param part which part of the pipeline said so: {@code source}, {@code user mapper}, {@code stage}, {@code mailboxes},
     *     {@code ledger} or {@code settings}
     * @param check what it found
     */
    public record Line(String part, Check check) {
        public Line {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(check, "check");
        }
    }

    public PreflightReport {
        Objects.requireNonNull(connector, "connector");
        lines = List.copyOf(lines);
    }

    /** Whether nothing failed; there may be warnings. */
    public boolean passed() {
        return count(Status.FAIL) == 0;
    }

    /** How many lines have this status. */
    public long count(Status status) {
        return lines.stream().filter(line -> line.check().status() == status).count();
    }

    /** The numbers; {@code io.github.celltrustarchive.report.PreflightText} has the lines. */
    @Override
    public String toString() {
        return "PreflightReport[" + connector + ", passed " + count(Status.PASS) + ", warnings " + count(Status.WARN)
                + ", failed " + count(Status.FAIL) + "]";
    }
}
