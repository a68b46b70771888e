// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import io.github.celltrustarchive.model.Mailbox;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the user mapping file, small, because there may be a million.
 *
 * @param key what it is found by, or null if that is a number
 * @param number the digits of the number in E.164, else 0
 * @param address the mailbox's, as spelled
 * @param from first instant, or null: always before
 * @param to first instant behind, or null: for ever
 * @param next another row of the same source, or null
 */
record CsvRow(
        int line,
        @Nullable String key,
        long number,
        String address,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable CsvRow next) {

    Mailbox mailbox() {
        return new Mailbox(address.toLowerCase(Locale.ROOT), address);
    }

    @Nullable
    CsvRow at(Instant instant) {
        for (CsvRow row = this; row != null; row = row.next) {
            boolean begun = row.from == null || !instant.isBefore(row.from);
            boolean over = row.to != null && !instant.isBefore(row.to);
            if (begun && !over) {
                return row;
            }
        }
        return null;
    }

    /** A row of this chain that gives another mailbox for a time that both rows cover, or null. */
    @Nullable
    CsvRow conflictWith(CsvRow other) {
        for (CsvRow row = this; row != null; row = row.next) {
            boolean overlap = startsBeforeEnd(row.from, other.to) && startsBeforeEnd(other.from, row.to);
            if (overlap && !row.address.equalsIgnoreCase(other.address)) {
                return row;
            }
        }
        return null;
    }

    boolean isLongerThan(int rows) {
        int count = 0;
        for (CsvRow row = this; row != null && count <= rows; row = row.next) {
            count++;
        }
        return count > rows;
    }

    CsvRow before(CsvRow chain) {
        return new CsvRow(line, key, number, address, from, to, chain);
    }

    private static boolean startsBeforeEnd(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null || start.isBefore(end);
    }
}
