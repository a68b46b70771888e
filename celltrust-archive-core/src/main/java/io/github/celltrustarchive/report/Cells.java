// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import java.text.Normalizer;
import java.util.Locale;

/** Makes cells safe to show: what a source wrote may hold anything, and must not act on whoever reads the report. */
final class Cells {

    /** Longer cells are cut, so that one bad field can't fill a page. */
    static final int MAX_CODE_POINTS = 300;

    private Cells() {}

    /**
     * The cell as part of one line: controls, line separators, bidirectional and other invisible characters and half
     * surrogate pairs as {@code \xNN}, {@code \}{@code uNNNN} or {@code \UNNNNNNNN}, a backslash doubled, so that no two
     * cells look the same unless they are cut.
     */
    static String line(String cell) {
        StringBuilder safe = new StringBuilder(cell.length() + 16);
        int shown = 0;
        for (int i = 0; i < cell.length(); ) {
            if (shown++ == MAX_CODE_POINTS) {
                return safe.append("…[")
                        .append(cell.length())
                        .append(" characters]")
                        .toString();
            }
            int c = cell.codePointAt(i);
            i += Character.charCount(c);
            appendSafely(safe, c);
        }
        return safe.toString();
    }

    /**
     * The cell as text of a spreadsheet: as {@link #line} has it, with {@code '} before it if a spreadsheet might take it
     * for a formula (CWE-1236), or if it begins with {@code '} itself, so that removing one is always right.
     */
    static String csv(String cell) {
        return looksLikeFormula(cell) ? "'" + line(cell) : line(cell);
    }

    /** The cell as HTML text or attribute value. */
    static String html(String cell) {
        String line = line(cell);
        StringBuilder safe = new StringBuilder(line.length() + 16);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private static void appendSafely(StringBuilder safe, int c) {
        if (c == '\\') {
            safe.append("\\\\");
        } else if (!isInvisible(c)) {
            safe.appendCodePoint(c);
        } else if (c <= 0xFF) {
            safe.append(String.format(Locale.ROOT, "\\x%02X", c));
        } else if (c <= 0xFFFF) {
            safe.append(String.format(Locale.ROOT, "\\u%04X", c));
        } else {
            safe.append(String.format(Locale.ROOT, "\\U%08X", c));
        }
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Spreadsheets skip blanks and quotes, and some read full-width forms, before they look for a formula. */
    private static boolean looksLikeFormula(String cell) {
        for (int i = 0; i < cell.length(); ) {
            int c = cell.codePointAt(i);
            i += Character.charCount(c);
            if (Character.getType(c) == Character.CONTROL || c == '\'') {
                return true;
            }
            if (!Character.isSpaceChar(c) && !isInvisible(c) && c != '"') {
                String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
                return plain.startsWith("=")
                        || plain.startsWith("+")
                        || plain.startsWith("-")
                        || plain.startsWith("@")
                        || plain.startsWith("\u2212");
            }
        }
        return false;
    }
}
