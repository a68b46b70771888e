// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip stream that says whether it was read to the end of its file. {@link GZIPInputStream} alone takes a member whose
 * header it can't read for the end, and says nothing.
 */
final class GzipMembers extends GZIPInputStream {

    private static final int TRAILER = 8;

    private final Counter packed;
    private final long fileSize;
    private long filled;

    GzipMembers(InputStream in, long fileSize) throws IOException {
        this(new Counter(in), fileSize);
    }

    private GzipMembers(Counter packed, long fileSize) throws IOException {
        super(packed, 65_536);
        this.packed = packed;
        this.fileSize = fileSize;
    }

    long packedBytesRead() {
        return packed.count;
    }

    /** To be called when everything was read. */
    void requireEnd() throws ZipException {
        if (filled - inf.getRemaining() + TRAILER != fileSize) {
            throw new ZipException("something that isn't gzip follows");
        }
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filled = packed.count;
    }

    /** Counts what was read. */
    private static final class Counter extends FilterInputStream {
        private long count;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = in.read(buffer, from, length);
            count += Math.max(n, 0);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = in.skip(n);
            count += skipped;
            return skipped;
        }
    }
}
