// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the columns of an export are. */
final class CsvHeader {

    private static final int MAX_NAMES = 20;
    private static final int MAX_NAME = 40;

    private final Map<String, Integer> places = new HashMap<>();
    private final int count;

    private CsvHeader(List<String> names) {
        for (String name : names) {
            places.put(name, places.size());
        }
        count = names.size();
    }

    /**
     * What is wrong with a header, or null. Names of unknown columns are told only if at least one is known: a file without
     * a header begins with personal data.
     *
     * @param known the columns that are expected, all of them
     */
    static @Nullable String problem(List<String> names, Set<String> known) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            if (!seen.add(name)) {
                twice.add(name);
            } else if (!known.contains(name)) {
                unknown.add(name);
            }
        }
        List<String> missing =
                known.stream().filter(n -> !seen.contains(n)).sorted().toList();
        List<String> problems = new ArrayList<>();
        tell(problems, "misses", missing);
        boolean isHeader = missing.size() < known.size();
        if (isHeader) {
            tell(problems, "has twice", twice);
            tell(problems, "has unknown", unknown);
        } else if (!missing.isEmpty()) {
            problems.add("has none that is known");
        }
        return problems.isEmpty() ? null : "its header " + String.join(", ", problems);
    }

    static CsvHeader of(List<String> names) {
        return new CsvHeader(names);
    }

    int count() {
        return count;
    }

    String cell(List<String> row, String column) {
        Integer place = places.get(column);
        if (place == null) {
            throw new IllegalStateException("the header was checked");
        }
        return row.get(place);
    }

    private static void tell(List<String> problems, String what, List<String> names) {
        if (!names.isEmpty()) {
            List<String> shown =
                    names.stream().limit(MAX_NAMES).map(CsvHeader::printable).toList();
            String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
            problems.add(what + " " + String.join(" ", shown) + more);
        }
    }

    private static String printable(String name) {
        StringBuilder shown = new StringBuilder("'");
        name.codePoints()
                .limit(MAX_NAME)
                .forEach(c ->
                        shown.appendCodePoint(Character.isLetterOrDigit(c) || " _-./()#".indexOf(c) >= 0 ? c : '?'));
        return shown.append('\'').toString();
    }
}
