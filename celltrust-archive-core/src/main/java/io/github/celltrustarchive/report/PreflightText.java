// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Check.Status;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.PreflightReport.Line;
import java.io.IOException;

/**
 * A {@link PreflightReport} as lines for an operator: what was found, and in the line below it what to do. Names files,
 * folders and servers, but no person.
 */
public final class PreflightText {

    private PreflightText() {}

    /** Writes all lines and their number. */
    public static void write(PreflightReport report, Appendable target) throws IOException {
        for (Line line : report.lines()) {
            write(line, target);
        }
        target.append(report.passed() ? "Ready" : "Not ready").append(": ");
        target.append("passed ").append(Long.toString(report.count(Status.PASS)));
        target.append(", warnings ").append(Long.toString(report.count(Status.WARN)));
        target.append(", failed ")
                .append(Long.toString(report.count(Status.FAIL)))
                .append('\n');
    }

    /** Writes only what isn't as it should be; nothing if all is. */
    public static void writeFindings(PreflightReport report, Appendable target) throws IOException {
        for (Line line : report.lines()) {
            if (line.check().status() != Status.PASS) {
                write(line, target);
            }
        }
    }

    private static void write(Line line, Appendable target) throws IOException {
        Check check = line.check();
        target.append(check.status().name())
                .append("  ")
                .append(Cells.line(line.part()))
                .append(": ");
        target.append(Cells.line(check.what())).append('\n');
        if (!check.remedy().isEmpty()) {
            target.append("      → ").append(Cells.line(check.remedy())).append('\n');
        }
    }
}
