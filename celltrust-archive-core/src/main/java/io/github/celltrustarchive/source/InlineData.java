// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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
        long size = 0;
        byte[] buffer = new byte[8192];
        try (InputStream in = new InlineData(record, quote, 0).open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
            }
        }
        return DigestedContent.of(new InlineData(record, quote, size));
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(record.open(), 8192);
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

    /** Decodes a JSON string of base64, up to its closing quotation mark. */
    private static final class Decoder extends FilterInputStream {
        private static final int END = -1;
        private static final int PADDING = -2;

        private int group;
        private int left;
        private boolean ended;

        Decoder(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (left == 0 && !nextGroup()) {
                return -1;
            }
            left--;
            int b = group >>> 16 & 0xFF;
            group <<= 8;
            return b;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = 0;
            for (int b; count < length && (b = read()) >= 0; count++) {
                buffer[from + count] = (byte) b;
            }
            return count == 0 && length > 0 ? -1 : count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = 0;
            while (skipped < count && read() >= 0) {
                skipped++;
            }
            return skipped;
        }

        @Override
        public int available() {
            return left;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private boolean nextGroup() throws IOException {
            int first = ended ? END : digit();
            if (first == END) {
                ended = true;
                return false;
            }
            int second = digit();
            int third = digit();
            int fourth = digit();
            require(first >= 0 && second >= 0 && third != END && fourth != END);
            if (fourth == PADDING) {
                ended = true;
                int strayBits = third == PADDING ? second & 0xF : third & 0x3;
                require(strayBits == 0 && digit() == END);
                left = third == PADDING ? 1 : 2;
                group = first << 18 | second << 12 | (third == PADDING ? 0 : third << 6);
            } else {
                require(third >= 0);
                left = 3;
                group = first << 18 | second << 12 | third << 6 | fourth;
            }
            return true;
        }

        private int digit() throws IOException {
            int c = in.read();
            if (c == '"') {
                ended = true;
                return END;
            }
            return value(c == '\\' ? escaped() : c);
        }

        /** Some writers escape the slash, others the plus sign. */
        private int escaped() throws IOException {
            int c = in.read();
            if (c != 'u') {
                require(c == '/');
                return c;
            }
            int code = 0;
            for (int i = 0; i < 4; i++) {
                code = code << 4 | Math.max(Character.digit(in.read(), 16), 0);
            }
            return code;
        }

        private static int value(int c) throws NotBase64Exception {
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            } else if (c >= 'a' && c <= 'z') {
                return c - 'a' + 26;
            } else if (c >= '0' && c <= '9') {
                return c - '0' + 52;
            }
            return switch (c) {
                case '+' -> 62;
                case '/' -> 63;
                case '=' -> PADDING;
                default -> throw new NotBase64Exception();
            };
        }

        private static void require(boolean holds) throws NotBase64Exception {
            if (!holds) {
                throw new NotBase64Exception();
            }
        }
    }
}
