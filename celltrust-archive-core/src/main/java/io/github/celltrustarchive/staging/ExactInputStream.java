// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.staging;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Exactly so many bytes of a stream; its end before that is an error, not an end. */
final class ExactInputStream extends InputStream {

    private final InputStream in;
    private long left;

    ExactInputStream(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        int n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the object ends " + left + " bytes too early");
        }
        left -= n;
        return n;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, left);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
