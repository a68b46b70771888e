// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Checkpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * Which files have been read, and how far: the words of this source's checkpoints. A file that was read to its end is its
 * fingerprint, one that was read in part {@code fingerprint=records}, with blanks between. So a file that turns up later is
 * found whatever its name or age, and one that was written anew under its old name is another file.
 */
record Progress(Map<String, Integer> read) {

    private static final int WHOLE = Integer.MAX_VALUE;

    static Progress at(Checkpoint checkpoint) {
        Map<String, Integer> read = new LinkedHashMap<>();
        for (String word : checkpoint.value().split(" ", -1)) {
            String[] parts = word.split("=", 2);
            read.put(parts[0], parts.length == 1 ? WHOLE : Integer.parseInt(parts[1]));
        }
        return new Progress(read);
    }

    /** How many records of this file have been read. */
    int of(String fingerprint) {
        return read.getOrDefault(fingerprint, 0);
    }

    boolean isWhole(String fingerprint) {
        return of(fingerprint) == WHOLE;
    }

    boolean isInPart(String fingerprint) {
        return of(fingerprint) > 0 && !isWhole(fingerprint);
    }

    /** The checkpoint after so many records of this file. Files that are gone are forgotten. */
    Checkpoint after(String fingerprint, int records, boolean whole, Collection<String> present) {
        Map<String, Integer> next = new LinkedHashMap<>(read);
        next.keySet().retainAll(present);
        next.put(fingerprint, whole ? WHOLE : records);
        return new Checkpoint(next.entrySet().stream().map(Progress::word).collect(Collectors.joining(" ")));
    }

    private static String word(Entry<String, Integer> file) {
        return file.getValue() == WHOLE ? file.getKey() : file.getKey() + "=" + file.getValue();
    }
}
