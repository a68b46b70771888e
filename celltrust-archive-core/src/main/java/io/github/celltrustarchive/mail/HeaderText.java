// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.util.Set;

/**
 * The one choke point for text on its way into a header or a file name. What leaves it has no control character, no line
 * separator, no bidi control, no noncharacter and no half surrogate pair, and is at most as long as asked for.
 *
 * <p>Nothing here asks {@link Character} for properties that grow with each Unicode version, so every Java version gives
 * the same result.
 */
final class HeaderText {

    /** The longest single value, in UTF-16 code units. */
    static final int MAX_VALUE = 1000;

    /** The longest display name or name in a subject, in UTF-16 code units. */
    static final int MAX_NAME = 80;

    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '\u2026';

    private HeaderText() {}

    /** The value, made safe; the same object if nothing had to be done. */
    static String clean(String value, int maxLength, Set<Note> notes) {
        int length = value.length();
        if (length <= maxLength) {
            int i = 0;
            while (i < length && isPrintableAscii(value.charAt(i))) {
                i++;
            }
            if (i == length) {
                return value;
            }
        }
        return rewrite(value, maxLength, notes);
    }

    private static String rewrite(String value, int maxLength, Set<Note> notes) {
        StringBuilder clean = new StringBuilder(Math.min(value.length(), maxLength + 2));
        int i = 0;
        while (i < value.length() && clean.length() <= maxLength) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            append(clean, c, notes);
        }
        if (clean.length() > maxLength) {
            notes.add(Note.SHORTENED);
            clean.setLength(graphemeBorder(clean, maxLength - 1));
            clean.append(ELLIPSIS);
        }
        return clean.toString();
    }

    private static void append(StringBuilder clean, int c, Set<Note> notes) {
        if (isPrintableAscii(c)) {
            clean.append((char) c);
        } else if (c == '\t') {
            notes.add(Note.CONTROL_CHARACTERS);
            clean.append(' ');
        } else if (isControl(c)) {
            notes.add(Note.CONTROL_CHARACTERS);
            clean.append(REPLACEMENT);
        } else if (isSurrogate(c)) {
            notes.add(Note.UNPAIRED_SURROGATES);
            clean.append(REPLACEMENT);
        } else if (isBidiControl(c)) {
            notes.add(Note.BIDI_CONTROLS);
        } else {
            clean.appendCodePoint(c);
        }
    }

    static boolean isPrintableAscii(int c) {
        return c >= 0x20 && c <= 0x7E;
    }

    /** C0, DEL, C1 with U+0085, the line separators U+2028 and U+2029, and noncharacters. */
    static boolean isControl(int c) {
        return c < 0x20
                || (c >= 0x7F && c <= 0x9F)
                || c == 0x2028
                || c == 0x2029
                || (c & 0xFFFE) == 0xFFFE
                || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** The twelve characters with the Unicode property Bidi_Control. */
    static boolean isBidiControl(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /**
     * The last position up to {@code limit} at which the text may be cut without splitting what a person sees as one
     * character. Only places in front of a character that surely begins a new one count, so long runs of combining
     * marks, flags or joined emoji are dropped whole.
     */
    static int graphemeBorder(CharSequence text, int limit) {
        for (int i = Math.min(limit, text.length()); i > 0; i--) {
            if (i == text.length() || (beginsGrapheme(Character.codePointAt(text, i)) && !joins(text.charAt(i - 1)))) {
                return i;
            }
        }
        return 0;
    }

    private static boolean joins(char before) {
        return before == '\u200D' || (before >= '\u0600' && before <= '\u0605') || before == '\u06DD';
    }

    private static boolean beginsGrapheme(int c) {
        return isPrintableAscii(c)
                || (c >= 0x00A1 && c <= 0x02AF && c != 0x00AD)
                || (c >= 0x0370 && c <= 0x0482)
                || (c >= 0x048A && c <= 0x052F)
                || (c >= 0x05D0 && c <= 0x05EA)
                || (c >= 0x0620 && c <= 0x064A)
                || (c >= 0x3041 && c <= 0x3096)
                || (c >= 0x30A1 && c <= 0x30FA)
                || (c >= 0x3400 && c <= 0x9FFF)
                || (c >= 0x1F300 && c <= 0x1FAFF && !(c >= 0x1F3FB && c <= 0x1F3FF))
                || (c >= 0x20000 && c <= 0x323AF);
    }
}
