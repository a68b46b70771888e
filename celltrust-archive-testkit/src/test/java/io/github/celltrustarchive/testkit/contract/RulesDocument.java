// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of {@code docs/rules.md}. */
record RulesDocument(List<Row> rows) {

    private static final Path FILE = Path.of("..", "docs", "rules.md");
    private static final Pattern ROW = Pattern.compile("\\| ([a-z]+)\\.(\\d+) \\| (.*) \\| (.*) \\|");

    /**
     * A rule.
     *
     * @param type {@code source}, {@code stager}, ...
     * @param number counted from 1 within the type
     * @param promise one sentence
     * @param checked who checks it: {@code test}, {@code test, if ...} or {@code review: why}
     */
    record Row(String type, int number, String promise, String checked) {

        String rule() {
            return type + "." + number;
        }

        /** How the name of its test method begins. */
        String methodPrefix() {
            return String.format(Locale.ROOT, "%s%02d_", type, number);
        }

        boolean tested() {
            return checked.equals("test") || checked.startsWith("test, ");
        }

        boolean reviewed() {
            return checked.startsWith("review: ");
        }
    }

    static RulesDocument read() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), Integer.parseInt(row.group(2)), row.group(3), row.group(4)));
            } else if (line.startsWith("|") && !line.startsWith("| rule |") && !line.startsWith("|---")) {
                throw new IOException("not a rule: " + line);
            }
        }
        return new RulesDocument(rows);
    }
}
