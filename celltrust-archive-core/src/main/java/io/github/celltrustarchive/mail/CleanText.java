// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

/**
 * The choke point for everything that comes from a source and goes into a header, a file name or a label: what leaves here
 * holds no line break, no control, no unpaired surrogate and no bidirectional control, so it can't change the structure of
 * an email or the order in which a line is shown.
 *
 * @param text the clean text, without white space at its ends
 * @param changed whether anything was replaced or cut off
 */
record CleanText(String text, boolean changed) {

    private static final int REPLACEMENT = 0xFFFD;

    /** Cleans a text and cuts it off after {@code maxLength} characters, between code points that belong together. */
    static CleanText of(String text, int maxLength) {
        if (text.length() <= maxLength && isPlain(text)) {
            return new CleanText(text, false);
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), maxLength) + 2);
        boolean changed = false;
        int i = 0;
        while (i < text.length() && clean.length() <= maxLength) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int kept = replacement(c);
            changed |= kept != c;
            clean.appendCodePoint(kept);
        }
        if (i < text.length() || clean.length() > maxLength) {
            changed = true;
            clean.setLength(Graphemes.cut(clean, maxLength));
        }
        String stripped = clean.toString().strip();
        return new CleanText(stripped, changed || stripped.length() != clean.length());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return text.isEmpty() || (text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ');
    }

    private static int replacement(int c) {
        if (isLineBreakOrTab(c)) {
            return ' ';
        }
        boolean control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        boolean bidirectional = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        return control || surrogate || bidirectional || noncharacter ? REPLACEMENT : c;
    }

    private static boolean isLineBreakOrTab(int c) {
        return (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
