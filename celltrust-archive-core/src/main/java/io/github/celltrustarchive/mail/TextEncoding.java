// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import java.io.IOException;

/**
 * A transfer encoding for text that is written bit by bit, as UTF-8. Either encoding keeps every character, line end and
 * control of the text and needs only 7-bit lines of 76; a half surrogate pair becomes U+FFFD, which is all that UTF-8 can
 * say of it. Not thread-safe.
 */
abstract class TextEncoding {

    /** Writes the next piece. A surrogate pair must not be split between pieces. */
    abstract void add(String text) throws IOException;

    /** Writes what is still held back; no line end. */
    abstract void end() throws IOException;

    /** Which encoding a text gets: the shorter one, with quoted-printable, which people can read, if in doubt. */
    enum Kind {
        QUOTED_PRINTABLE("quoted-printable"),
        BASE64("base64");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As in Content-Transfer-Encoding. */
        String word() {
            return word;
        }

        TextEncoding on(EmlWriter out) {
            return this == BASE64 ? new Base64Text(out) : new QuotedPrintable(out);
        }
    }

    /** Base64 of text. */
    private static final class Base64Text extends TextEncoding {
        private static final int CHUNK = 57 * 16;

        private final EmlWriter out;
        // a code point may reach three bytes beyond the chunk
        private final byte[] bytes = new byte[CHUNK + 3];
        private final byte[] chunk = new byte[CHUNK];
        private final byte[] encoded = new byte[EmlWriter.encodedLength(CHUNK)];
        private int length;
        private boolean begun;

        Base64Text(EmlWriter out) {
            this.out = out;
        }

        @Override
        void add(String text) throws IOException {
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                i += Character.charCount(c);
                length += Utf8.encode(c, bytes, length);
                if (length >= CHUNK) {
                    emit(CHUNK);
                    length -= CHUNK;
                    System.arraycopy(bytes, CHUNK, bytes, 0, length);
                }
            }
        }

        @Override
        void end() throws IOException {
            if (length > 0) {
                emit(length);
                length = 0;
            }
        }

        private void emit(int count) throws IOException {
            if (begun) {
                out.endLine();
            }
            begun = true;
            System.arraycopy(bytes, 0, chunk, 0, count);
            out.base64(chunk, count, encoded);
        }
    }
}
