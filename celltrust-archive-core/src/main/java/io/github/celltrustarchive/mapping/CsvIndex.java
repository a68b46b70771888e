// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by what a source calls a participant: a hash table with open addressing, at most half full, because a million
 * entries of a {@link java.util.HashMap} with their keys take more memory than the rows themselves.
 */
final class CsvIndex {

    private final SourceKey keys;
    private @Nullable CsvRow[] table = new @Nullable CsvRow[1_024];
    private int size;

    CsvIndex(SourceKey keys) {
        this.keys = keys;
    }

    /** The rows of a participant, or null. */
    @Nullable
    CsvRow get(String source) {
        long number = keys.number(source);
        return table[place(table, number == 0 ? keys.text(source) : null, number)];
    }

    /** The rows with the key of this one, or null. */
    @Nullable
    CsvRow like(CsvRow row) {
        return table[place(table, row.key(), row.number())];
    }

    /** Puts a row at the head of its chain. */
    void put(CsvRow row) {
        int place = place(table, row.key(), row.number());
        CsvRow chain = table[place];
        table[place] = chain == null ? row : row.before(chain);
        if (chain == null && ++size > table.length / 2) {
            grow();
        }
    }

    int size() {
        return size;
    }

    private void grow() {
        @Nullable CsvRow[] larger = new @Nullable CsvRow[table.length * 2];
        for (CsvRow row : table) {
            if (row != null) {
                larger[place(larger, row.key(), row.number())] = row;
            }
        }
        table = larger;
    }

    /** Where a key is, or the free place where it belongs. */
    private static int place(@Nullable CsvRow[] table, @Nullable String key, long number) {
        int hash = (key == null ? Long.hashCode(number) : key.hashCode()) * 0x9E3779B9;
        int place = (hash ^ (hash >>> 15)) & (table.length - 1);
        for (CsvRow row = table[place]; row != null; row = table[place]) {
            if (row.number() == number && Objects.equals(row.key(), key)) {
                return place;
            }
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }
}
