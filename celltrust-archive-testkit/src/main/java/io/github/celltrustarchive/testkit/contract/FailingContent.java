// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A content whose disk or line fails on the way: after some bytes, from a certain opening on.
 *
 * @see #opened()
 */
final class FailingContent implements Content {

    private final Content content;
    private final long readable;
    private final int firstFailure;
    private int opened;

    /** Fails each time, after {@code readable} bytes; with 0 it can't be opened. */
    FailingContent(Content content, long readable) {
        this(content, readable, 1);
    }

    /** Fails from the {@code firstFailure}-th opening on. */
    FailingContent(Content content, long readable, int firstFailure) {
        this.content = content;
        this.readable = readable;
        this.firstFailure = firstFailure;
    }

    /** How often it was opened. */
    synchronized int opened() {
        return opened;
    }

    @Override
    public synchronized InputStream open() throws IOException {
        opened++;
        if (opened < firstFailure) {
            return content.open();
        }
        if (readable == 0) {
            throw new IOException("the contract test lets this content fail");
        }
        return new FailingStream(content.open(), readable);
    }

    @Override
    public long size() {
        return content.size();
    }

    private static final class FailingStream extends FilterInputStream {
        private long left;

        FailingStream(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (length > 0 && left == 0) {
                throw new IOException("the contract test lets this content fail half way");
            }
            int count = super.read(buffer, from, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(count, 8_192)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
