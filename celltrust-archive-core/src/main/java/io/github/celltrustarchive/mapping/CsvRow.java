// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import io.github.celltrustarchive.model.Mailbox;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the user mapping file.
 *
 * @param from first instant, or null: always before
 * @param to first instant behind, or null: for ever
 * @param next another row of the same source, or null
 */
record CsvRow(
        long line,
        Mailbox mailbox,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable CsvRow next) {

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
            if (overlap && !row.mailbox.id().equals(other.mailbox.id())) {
                return row;
            }
        }
        return null;
    }

    CsvRow before(@Nullable CsvRow chain) {
        return new CsvRow(line, mailbox, from, to, chain);
    }

    private static boolean startsBeforeEnd(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null || start.isBefore(end);
    }
}
