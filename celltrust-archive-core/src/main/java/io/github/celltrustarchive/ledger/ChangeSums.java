// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * Compares two sets of changes without keeping them: those that the audit rows tell of, and those that the tables say there
 * were. Each change has a number of 64 bits; equal sets have equal sums, in whatever order they come.
 */
final class ChangeSums {

    private static final class Sums {
        private long audited;
        private long auditedCount;
        private long recorded;
        private long recordedCount;
    }

    private final Map<String, Sums> tables = new HashMap<>();

    void audited(String table, long first, long second, long change) {
        Sums sums = tables.computeIfAbsent(table, t -> new Sums());
        sums.audited += mix(first, second, change);
        sums.auditedCount++;
    }

    /** A row that has changed this often. */
    void recorded(String table, long first, long second, long changes) {
        Sums sums = tables.computeIfAbsent(table, t -> new Sums());
        for (long change = 1; change <= changes; change++) {
            sums.recorded += mix(first, second, change);
            sums.recordedCount++;
        }
    }

    void compare(Findings findings) {
        tables.forEach((table, sums) -> findings.expect(
                sums.audited == sums.recorded && sums.auditedCount == sums.recordedCount,
                "table " + table + " has " + sums.recordedCount + " changes, the audit trail tells of "
                        + sums.auditedCount + (sums.auditedCount == sums.recordedCount ? " others" : "")));
    }

    /** The finalizer of SplitMix64, once for each number. */
    private static long mix(long first, long second, long third) {
        return mix(mix(mix(first + 0x9E3779B97F4A7C15L) + second) + third);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
