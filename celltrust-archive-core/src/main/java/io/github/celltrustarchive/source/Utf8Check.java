// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets well-formed UTF-8 pass (Unicode 15, table 3-7) and fails at anything else: overlong forms, encoded surrogates, cut
 * sequences, UTF-16. JSON parsers check less. A zero byte fails too: JSON text never holds one (RFC 8259 section 7).
 */
final class Utf8Check extends FilterInputStream {

    /** Bytes that aren't UTF-8. */
    static final class NotUtf8Exception extends IOException {
        private static final long serialVersionUID = 1L;

        NotUtf8Exception(long offset) {
            super("not valid UTF-8 at byte " + offset);
        }
    }

    private long offset;
    private int pending;
    private int low = 0x80;
    private int high = 0xBF;

    Utf8Check(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = in.read(buffer, from, length);
        if (count < 0 && pending > 0) {
            throw new NotUtf8Exception(offset);
        }
        for (int i = from; i < from + count; i++) {
            int b = buffer[i];
            if (b <= 0 || pending > 0) {
                check(b & 0xFF, offset + i - from);
            }
        }
        offset += Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("what is skipped would not be checked");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void check(int b, long at) throws NotUtf8Exception {
        if (pending > 0) {
            if (b < low || b > high) {
                throw new NotUtf8Exception(at);
            }
            pending--;
            low = 0x80;
            high = 0xBF;
        } else {
            start(b, at);
        }
    }

    private void start(int b, long at) throws NotUtf8Exception {
        if (b >= 0xC2 && b <= 0xDF) {
            pending = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            pending = 2;
            low = b == 0xE0 ? 0xA0 : 0x80;
            high = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            pending = 3;
            low = b == 0xF0 ? 0x90 : 0x80;
            high = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            throw new NotUtf8Exception(at);
        }
    }
}
