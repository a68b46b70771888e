// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The names that the columns of a user mapping file have. */
record CsvColumns(String source, String mailbox, String validFrom, String validTo) {

    CsvColumns {
        long different = Stream.of(source, mailbox, validFrom, validTo)
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (different < 4) {
            throw new IllegalArgumentException("the columns of a user mapping file must have different names");
        }
    }

    /** Where the columns are in a given header. */
    record Places(int source, int mailbox, int validFrom, int validTo, int count) {}

    /**
     * Finds the columns.
     *
     * @throws IllegalArgumentException if one is missing, unknown or there twice; names no cell, because a file without a
     *     header begins with personal data
     */
    Places find(List<String> header) {
        int known = 0;
        int[] places = {-1, -1, -1, -1};
        List<String> names = List.of(source, mailbox, validFrom, validTo);
        for (int i = 0; i < header.size(); i++) {
            for (int n = 0; n < names.size(); n++) {
                if (header.get(i).strip().equalsIgnoreCase(names.get(n)) && places[n] < 0) {
                    places[n] = i;
                    known++;
                }
            }
        }
        if (places[0] < 0 || places[1] < 0 || known != header.size()) {
            throw new IllegalArgumentException("user mapping file: the first line must be the header " + source + ","
                    + mailbox + ", with " + validFrom + " and " + validTo + " if need be, and nothing else");
        }
        return new Places(places[0], places[1], places[2], places[3], header.size());
    }
}
