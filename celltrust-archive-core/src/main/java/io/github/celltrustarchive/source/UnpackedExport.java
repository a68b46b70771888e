// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was in a compressed export file, in a temporary file that has no name any more. It is shared by those who
 * {@link #retain} it and is gone with the last of them, or with the process.
 */
final class UnpackedExport implements ExportBytes {

    private final FileChannel channel;
    private final long size;
    private final String packed;
    private final AtomicInteger users = new AtomicInteger(1);

    UnpackedExport(FileChannel channel, long size, String packed) {
        this.channel = channel;
        this.size = size;
        this.packed = packed;
    }

    /** One user more. */
    UnpackedExport retain() {
        users.incrementAndGet();
        return this;
    }

    /** Whether a content reads from here. */
    boolean holds(Content content) {
        return content instanceof Slice slice && slice.owner() == this;
    }

    /** Whether it can be read; the interrupt of a reading thread closes it. */
    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return channel.read(into, position);
    }

    @Override
    public Content slice(long offset, long length) {
        return new Slice(offset, length);
    }

    @Override
    public String packed() {
        return packed;
    }

    @Override
    public void close() throws IOException {
        if (users.decrementAndGet() == 0) {
            channel.close();
        }
    }

    private final class Slice implements Content {
        private final long offset;
        private final long length;

        Slice(long offset, long length) {
            this.offset = offset;
            this.length = length;
        }

        UnpackedExport owner() {
            return UnpackedExport.this;
        }

        @Override
        public InputStream open() {
            return new SliceStream(offset, offset + length);
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public String toString() {
            return "Content[slice of a compressed file, " + length + " bytes]";
        }
    }

    private final class SliceStream extends InputStream {
        private final long end;
        private long position;

        SliceStream(long start, long end) {
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (position == end) {
                return -1;
            }
            int wanted = (int) Math.min(count, end - position);
            int got = channel.read(ByteBuffer.wrap(buffer, from, wanted), position);
            if (got < 0) {
                throw new EOFException("a temporary file has become shorter");
            }
            position += got;
            return got;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            return skipped;
        }
    }
}
