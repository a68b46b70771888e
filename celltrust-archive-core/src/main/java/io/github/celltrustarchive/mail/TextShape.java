// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.spi.ArchiveException;

/**
 * What must be known of a text before it is written.
 *
 * @param utf8Bytes its size in UTF-8
 * @param escaped how many of its bytes quoted-printable must encode
 * @param unpairedSurrogates whether half surrogate pairs will be replaced
 */
record TextShape(long utf8Bytes, long escaped, boolean unpairedSurrogates) {

    static TextShape of(String text) {
        long bytes = 0;
        long escaped = 0;
        boolean unpaired = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
                boolean escape = c < ' ' ? c != '\r' && c != '\t' : c == '=' || c == 0x7F;
                escaped += escape ? 1 : 0;
                continue;
            }
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint) - 1;
            unpaired |= HeaderText.isSurrogate(codePoint);
            int size = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            bytes += size;
            escaped += size;
        }
        return new TextShape(bytes, escaped, unpaired);
    }

    /**
     * Checks the text against the size policy.
     *
     * @throws ArchiveException with remedy {@code HOLD} if it is over the limit of a message
     */
    void requireWithin(SizePolicy policy) {
        if (utf8Bytes > policy.maxMessageBytes()) {
            throw ArchiveException.hold(
                    "item size exceeded: the text has " + utf8Bytes + " bytes, over the size policy's "
                            + policy.maxMessageBytes() + ": raise the limit and release the item",
                    null);
        }
    }

    /** The shorter transfer encoding of the text together with so many other bytes that need no escape. */
    TextEncoding.Kind encoding(long plainBytes) {
        // quoted-printable adds two per escaped byte, Base64 a third to all
        return 6 * escaped > utf8Bytes + plainBytes ? TextEncoding.Kind.BASE64 : TextEncoding.Kind.QUOTED_PRINTABLE;
    }
}
