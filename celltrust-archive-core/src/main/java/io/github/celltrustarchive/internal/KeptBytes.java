// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Keeps what is written to it as long as it is little, and merely counts it once it is more. */
final class KeptBytes extends OutputStream {

    private static final int INITIAL = 16 * 1024;

    private final int capacity;
    private byte[] kept;
    private long size;

    /** Keeps at most this many bytes. */
    KeptBytes(int capacity) {
        this.capacity = capacity;
        this.kept = new byte[Math.min(capacity, INITIAL)];
    }

    /** Forgets everything. */
    void reset() {
        size = 0;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (size + length <= capacity) {
            int end = (int) size + length;
            if (end > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(capacity, Math.max(end, 2 * kept.length)));
            }
            System.arraycopy(bytes, offset, kept, (int) size, length);
        }
        size += length;
    }

    /** Whether all bytes written are kept. */
    boolean isWhole() {
        return size <= capacity;
    }

    void copyTo(OutputStream out) throws IOException {
        out.write(kept, 0, (int) size);
    }
}
