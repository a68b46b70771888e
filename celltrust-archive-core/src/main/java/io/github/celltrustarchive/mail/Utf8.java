// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.nio.charset.StandardCharsets;

/** UTF-8 in which an unpaired surrogate is U+FFFD; the JDK's own makes it a question mark that nobody can tell from a real one. */
final class Utf8 {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private Utf8() {}

    /** Writes one code point at {@code at}, which needs up to four bytes; returns how many it took. */
    static int encode(int codePoint, byte[] target, int at) {
        int c = HeaderText.isSurrogate(codePoint) ? 0xFFFD : codePoint;
        if (c < 0x80) {
            target[at] = (byte) c;
            return 1;
        }
        if (c < 0x800) {
            target[at] = (byte) (0xC0 | (c >> 6));
            target[at + 1] = (byte) (0x80 | (c & 0x3F));
            return 2;
        }
        if (c < 0x10000) {
            target[at] = (byte) (0xE0 | (c >> 12));
            target[at + 1] = (byte) (0x80 | ((c >> 6) & 0x3F));
            target[at + 2] = (byte) (0x80 | (c & 0x3F));
            return 3;
        }
        target[at] = (byte) (0xF0 | (c >> 18));
        target[at + 1] = (byte) (0x80 | ((c >> 12) & 0x3F));
        target[at + 2] = (byte) (0x80 | ((c >> 6) & 0x3F));
        target[at + 3] = (byte) (0x80 | (c & 0x3F));
        return 4;
    }

    /** The upper-case hexadecimal digit of the low four bits. */
    static char hexDigit(int value) {
        return (char) HEX[value & 0xF];
    }
}
