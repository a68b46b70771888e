// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Encoded-words of RFC 2047: UTF-8, B or Q, whichever is shorter, at most 75 characters each. */
final class EncodedWords {

    private static final String B = "=?UTF-8?B?";
    private static final String Q = "=?UTF-8?Q?";
    private static final String END = "?=";
    private static final int PAYLOAD = 75 - B.length() - END.length();
    private static final String FOLD = "\r\n ";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private EncodedWords() {}

    /** Encodes a clean text into one or more words, one a line; the first starts where the header's line is now. */
    static String encode(String text, int column) {
        boolean base64 = base64IsShorter(text);
        int perWord = base64 ? PAYLOAD / 4 * 3 : PAYLOAD;
        StringBuilder out = new StringBuilder(text.length() * 2);
        if (column + B.length() + END.length() + 12 > EmlWriter.LINE) {
            out.append(FOLD);
            column = 1;
        }
        int room = Math.min(perWord, fit(EmlWriter.LINE - column - B.length() - END.length(), base64));
        int from = 0;
        while (from < text.length()) {
            int to = from;
            int used = 0;
            while (to < text.length()) {
                int c = text.codePointAt(to);
                int cost = base64 ? utf8Length(c) : qLength(c);
                if (used + cost > room && to > from) {
                    break;
                }
                used += cost;
                to += Character.charCount(c);
            }
            append(out, text.substring(from, to), base64);
            from = to;
            room = perWord;
            if (from < text.length()) {
                out.append(FOLD);
            }
        }
        return out.toString();
    }

    private static int fit(int characters, boolean base64) {
        return base64 ? characters / 4 * 3 : characters;
    }

    private static boolean base64IsShorter(String text) {
        int q = 0;
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            q += qLength(c);
            bytes += utf8Length(c);
            i += Character.charCount(c);
        }
        return bytes * 4 / 3 < q;
    }

    private static int utf8Length(int c) {
        if (c < 0x80) {
            return 1;
        }
        if (c < 0x800) {
            return 2;
        }
        return c < 0x10000 ? 3 : 4;
    }

    private static int qLength(int c) {
        return c == ' ' || isSafe(c) ? 1 : 3 * utf8Length(c);
    }

    /** What may stand for itself even within a phrase (RFC 2047 section 5, rule 3). */
    private static boolean isSafe(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '!'
                || c == '*'
                || c == '+'
                || c == '-'
                || c == '/';
    }

    private static void append(StringBuilder out, String piece, boolean base64) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        out.append(base64 ? B : Q);
        if (base64) {
            out.append(Base64.getEncoder().encodeToString(bytes));
        } else {
            for (byte b : bytes) {
                if (b == ' ') {
                    out.append('_');
                } else if (isSafe(b)) {
                    out.append((char) b);
                } else {
                    out.append('=').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
                }
            }
        }
        out.append(END);
    }
}
