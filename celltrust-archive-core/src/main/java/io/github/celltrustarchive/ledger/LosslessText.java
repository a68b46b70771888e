// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Any Java text as a text that every database stores and gives back unchanged: a backslash becomes {@code \\}; NUL (which
 * PostgreSQL refuses) and an unpaired surrogate (which has no UTF-8) become {@code \}{@code uXXXX}. All else stays as it is.
 */
final class LosslessText {

    private LosslessText() {}

    static @Nullable String encodeNullable(@Nullable String text) {
        return text == null ? null : encode(text);
    }

    static @Nullable String decodeNullable(@Nullable String stored) {
        return stored == null ? null : decode(stored);
    }

    static String encode(String text) {
        int special = nextSpecial(text, 0);
        if (special < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int from = 0;
        while (special >= 0) {
            char c = text.charAt(special);
            out.append(text, from, special).append(c == '\\' ? "\\\\" : String.format("\\u%04x", (int) c));
            from = special + 1;
            special = nextSpecial(text, from);
        }
        return out.append(text, from, text.length()).toString();
    }

    private static int nextSpecial(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /**
     * The text that was encoded.
     *
     * @throws io.github.celltrustarchive.spi.ArchiveException with remedy {@code STOP} if no text is encoded like that
     */
    static String decode(String stored) {
        int escape = stored.indexOf('\\');
        if (escape < 0) {
            return stored;
        }
        StringBuilder out = new StringBuilder(stored.length());
        int from = 0;
        while (escape >= 0) {
            out.append(stored, from, escape);
            if (stored.startsWith("\\", escape + 1)) {
                out.append('\\');
                from = escape + 2;
            } else {
                out.append(escaped(stored, escape));
                from = escape + 6;
            }
            escape = stored.indexOf('\\', from);
        }
        String text = out.append(stored, from, stored.length()).toString();
        if (!encode(text).equals(stored)) {
            throw damaged();
        }
        return text;
    }

    private static char escaped(String stored, int escape) {
        if (stored.length() < escape + 6) {
            throw damaged();
        }
        try {
            return (char) Integer.parseInt(stored, escape + 2, escape + 6, 16);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static RuntimeException damaged() {
        return StoredJson.damaged("a text");
    }
}
