// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

/**
 * Writes text as RFC 2047 encoded-words: UTF-8, Q or B whichever is shorter, split between code points, no word over 75
 * characters, no line over 76. Q uses the small alphabet of section 5 (3), which is right in phrases as well.
 */
final class EncodedWords {

    private static final int MAX_WORD = 75;
    private static final int MAX_LINE = 76;
    private static final String PREFIX = "=?UTF-8?";
    private static final int OVERHEAD = PREFIX.length() + "Q?".length() + "?=".length();

    /** Room for one four-byte character in either encoding. */
    private static final int MIN_WORD = OVERHEAD + 12;

    private final HeaderFields out;
    private final byte[] chunk = new byte[MAX_WORD];

    private EncodedWords(HeaderFields out) {
        this.out = out;
    }

    /**
     * Writes a space or a fold, and then {@code text} with {@code reserve} columns kept free behind its last word.
     *
     * @param text clean and not empty
     */
    static void write(HeaderFields out, String text) {
        new EncodedWords(out).words(text, qIsShorter(text));
    }

    private void words(String text, boolean q) {
        int i = 0;
        while (i < text.length()) {
            if (i > 0 || MAX_LINE - out.column() - 1 < MIN_WORD) {
                out.fold();
            } else {
                out.append(' ');
            }
            int room = Math.min(MAX_WORD, MAX_LINE - out.column()) - OVERHEAD;
            int bytes = 0;
            int used = 0;
            while (i < text.length()) {
                int c = text.codePointAt(i);
                int size = Utf8.encode(c, chunk, bytes);
                int grown = q ? used + qLength(chunk, bytes, size) : (bytes + size + 2) / 3 * 4;
                if (grown > room) {
                    break;
                }
                bytes += size;
                used = grown;
                i += Character.charCount(c);
            }
            word(q, bytes);
        }
    }

    private void word(boolean q, int bytes) {
        out.append(PREFIX);
        out.append(q ? "Q?" : "B?");
        if (q) {
            for (int i = 0; i < bytes; i++) {
                q(chunk[i] & 0xFF);
            }
        } else {
            out.base64(chunk, bytes);
        }
        out.append("?=");
    }

    private void q(int b) {
        if (b == ' ') {
            out.append('_');
        } else if (isPlain(b)) {
            out.append((char) b);
        } else {
            out.append('=');
            out.append(Utf8.hexDigit(b >> 4));
            out.append(Utf8.hexDigit(b));
        }
    }

    private static int qLength(byte[] bytes, int from, int size) {
        int b = bytes[from] & 0xFF;
        return size == 1 && (b == ' ' || isPlain(b)) ? 1 : 3 * size;
    }

    private static boolean qIsShorter(String text) {
        int q = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || isPlain(c)) {
                q++;
                bytes++;
            } else {
                // each half of a surrogate pair stands for two of its four bytes
                int size = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
                q += 3 * size;
                bytes += size;
            }
        }
        return q <= (bytes + 2) / 3 * 4;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '!'
                || c == '*'
                || c == '+'
                || c == '-'
                || c == '/';
    }
}
