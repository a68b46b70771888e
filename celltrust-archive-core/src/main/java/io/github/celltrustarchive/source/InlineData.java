// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * An attachment whose bytes stand as base64 in a string of the record. They stay there: each {@link #open()} decodes them
 * anew, so that a large attachment is never in memory.
 */
final class InlineData implements Content {

    /** A string that isn't base64 as RFC 4648 section 4 wants it: padded, nothing foreign, no stray bits. */
    static final class NotBase64Exception extends IOException {
        private static final long serialVersionUID = 1L;

        NotBase64Exception() {
            super("not base64");
        }
    }

    private final Content record;
    private final long quote;
    private final long size;

    private InlineData(Content record, long quote, long size) {
        this.record = record;
        this.quote = quote;
        this.size = size;
    }

    /**
     * Reads the string once.
     *
     * @param quote offset of its opening quotation mark in the record
     */
    static DigestedContent of(Content record, long quote) throws IOException {
        DigestingOutputStream digests = new DigestingOutputStream(OutputStream.nullOutputStream());
        try (InputStream in = new InlineData(record, quote, 0).open()) {
            in.transferTo(digests);
        }
        InlineData data = new InlineData(record, quote, digests.size());
        return new DigestedContent(data, digests.size(), digests.sha256(), digests.crc32());
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = record.open();
        try {
            in.skipNBytes(quote);
            if (in.read() != '"') {
                throw new IllegalStateException("no string at this offset of the record");
            }
            return new Decoder(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String toString() {
        return "Content[inline, " + size + " bytes]";
    }

    /** Decodes a JSON string of base64, up to its closing quotation mark, block by block. */
    private static final class Decoder extends InputStream {
        private static final int BLOCK = 16_384; // a multiple of four digits

        private final InputStream in;
        private final byte[] raw = new byte[BLOCK];
        private final byte[] digits = new byte[BLOCK];
        private final byte[] bytes = new byte[BLOCK / 4 * 3];
        private int rawPosition;
        private int rawEnd;
        private int position;
        private int end;
        private boolean closed;
        private boolean padded;

        Decoder(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return position < end || decodeBlock() ? bytes[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end && !decodeBlock()) {
                return -1;
            }
            int count = Math.min(length, end - position);
            System.arraycopy(bytes, position, buffer, from, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return end - position;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private boolean decodeBlock() throws IOException {
            int count = readDigits();
            position = 0;
            end = 0;
            if (count == 0) {
                return false;
            }
            require(!padded && count % 4 == 0);
            padded = digits[count - 1] == '=';
            try {
                end = Base64.getDecoder().decode(count == BLOCK ? digits : Arrays.copyOf(digits, count), bytes);
            } catch (IllegalArgumentException e) {
                throw new NotBase64Exception();
            }
            require(!padded || !hasStrayBits(count));
            return true;
        }

        /** Whether the last group says more than its bytes: another string would decode to the same. */
        private boolean hasStrayBits(int count) {
            int inLastGroup = digits[count - 2] == '=' ? 1 : 2;
            byte[] again = Base64.getEncoder().encode(Arrays.copyOfRange(bytes, end - inLastGroup, end));
            return !Arrays.equals(again, Arrays.copyOfRange(digits, count - 4, count));
        }

        private int readDigits() throws IOException {
            int count = 0;
            while (count < BLOCK && !closed) {
                int plain = plainDigits(BLOCK - count);
                System.arraycopy(raw, rawPosition, digits, count, plain);
                rawPosition += plain;
                count += plain;
                if (count < BLOCK) {
                    int c = next();
                    closed = c == '"';
                    if (!closed) {
                        digits[count++] = (byte) (c == '\\' ? escaped() : c);
                    }
                }
            }
            return count;
        }

        /** How many of the bytes at hand, at most {@code max}, come before a quotation mark or backslash. */
        private int plainDigits(int max) {
            int limit = Math.min(rawEnd, rawPosition + max);
            int i = rawPosition;
            while (i < limit && raw[i] != '"' && raw[i] != '\\') {
                i++;
            }
            return i - rawPosition;
        }

        private int next() throws IOException {
            if (rawPosition == rawEnd) {
                rawPosition = 0;
                rawEnd = in.read(raw);
                require(rawEnd > 0);
            }
            return raw[rawPosition++];
        }

        /** Some writers escape the slash, others the plus sign. */
        private int escaped() throws IOException {
            int c = next();
            if (c != 'u') {
                require(c == '/');
                return c;
            }
            int code = 0;
            for (int i = 0; i < 4; i++) {
                code = (code << 4) | Math.max(Character.digit(next(), 16), 0);
            }
            require(code < 0x80);
            return code;
        }

        private static void require(boolean holds) throws NotBase64Exception {
            if (!holds) {
                throw new NotBase64Exception();
            }
        }
    }
}
