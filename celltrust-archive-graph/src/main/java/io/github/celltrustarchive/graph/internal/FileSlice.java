// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * Some bytes of an open file. The mail library keeps one for every part without closing any, so closing does nothing: whoever
 * opened the file closes it, and reading ends with an error then. Not thread-safe; several of one file may be read by several threads.
 */
final class FileSlice extends InputStream implements SharedInputStream {

    private static final int BUFFER = 8192;

    private final FileChannel file;
    private final long start;
    private final long end;
    private long position;
    private long marked;
    private byte[] buffer = new byte[0];
    private long bufferStart;
    private int buffered;

    /** From {@code start} to {@code end}, exclusive. */
    FileSlice(FileChannel file, long start, long end) {
        this.file = file;
        this.start = start;
        this.end = end;
        position = start;
        marked = start;
    }

    @Override
    public long getPosition() {
        return position - start;
    }

    @Override
    public InputStream newStream(long from, long to) {
        long last = to < 0 ? end : Math.min(end, start + to);
        return new FileSlice(file, Math.min(start + from, last), last);
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        return buffer[(int) (position++ - bufferStart)] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int from = (int) (position - bufferStart);
        int count = Math.min(length, buffered - from);
        System.arraycopy(buffer, from, bytes, offset, count);
        position += count;
        return count;
    }

    /** Puts the byte at the position, and what follows, into the buffer; false at the end. */
    private boolean fill() throws IOException {
        if (position >= end) {
            return false;
        }
        if (position >= bufferStart && position < bufferStart + buffered) {
            return true;
        }
        if (buffer.length == 0) {
            buffer = new byte[(int) Math.min(BUFFER, end - start)];
        }
        int count = file.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - position)), position);
        if (count <= 0) {
            throw new IOException("the temporary copy of an email has become shorter");
        }
        bufferStart = position;
        buffered = count;
        return true;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // not thread-safe, as said
    public void mark(int limit) {
        marked = position;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void reset() {
        position = marked;
    }
}
