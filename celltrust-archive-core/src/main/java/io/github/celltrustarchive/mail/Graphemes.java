// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

/**
 * Where a text may be cut without tearing apart what is read as one character. The ranges are fixed: the tables of the Java
 * platform change from version to version, and with them the bytes of an email would.
 */
final class Graphemes {

    private static final int JOINER = 0x200D;

    private Graphemes() {}

    /** The largest position up to {@code max} at which {@code text} may be cut. */
    static int cut(CharSequence text, int max) {
        if (text.length() <= max) {
            return text.length();
        }
        int position = max;
        while (position > 0 && !mayCut(text, position)) {
            position--;
        }
        return position == 0 ? cutBetweenCodePoints(text, max) : position;
    }

    /** For a text that is one endless cluster. */
    private static int cutBetweenCodePoints(CharSequence text, int max) {
        return max > 0 && Character.isSurrogatePair(text.charAt(max - 1), text.charAt(max)) ? max - 1 : max;
    }

    private static boolean mayCut(CharSequence text, int position) {
        if (Character.isSurrogatePair(text.charAt(position - 1), text.charAt(position))) {
            return false;
        }
        int before = Character.codePointBefore(text, position);
        int after = Character.codePointAt(text, position);
        return before != JOINER && !extendsCluster(after) && !(isRegional(before) && isRegional(after));
    }

    private static boolean extendsCluster(int c) {
        return c == JOINER
                || (c >= 0x0300 && c <= 0x036F)
                || (c >= 0x20D0 && c <= 0x20FF)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0x1F3FB && c <= 0x1F3FF)
                || (c >= 0xE0020 && c <= 0xE007F);
    }

    private static boolean isRegional(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }
}
