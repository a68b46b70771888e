// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Content;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Bytes that stay in their file: a long line of an export, or an attachment file. */
final class FileSlice implements Content {

    private final Path file;
    private final long offset;
    private final long size;
    private final Set<OpenOption> options;

    private FileSlice(Path file, long offset, long size, Set<OpenOption> options) {
        this.file = file;
        this.offset = offset;
        this.size = size;
        this.options = options;
    }

    static FileSlice of(Path file, long offset, long size) {
        return new FileSlice(file, offset, size, Set.of(StandardOpenOption.READ));
    }

    /** A whole file that is not opened if it has become a symbolic link since. */
    static FileSlice ofPlainFile(Path file) throws IOException {
        return new FileSlice(file, 0, Files.size(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public InputStream open() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file, options);
        try {
            channel.position(offset);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Window(Channels.newInputStream(channel), size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String toString() {
        return "Content[slice of a file, " + size + " bytes]";
    }

    /** The next {@code remaining} bytes of a stream; fewer are an error, because the file has changed. */
    static final class Window extends FilterInputStream {
        private long remaining;

        Window(InputStream in, long size) {
            super(in);
            remaining = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (remaining == 0) {
                return -1;
            }
            int count = in.read(buffer, from, (int) Math.min(length, remaining));
            if (count < 0) {
                throw new EOFException("a file of the source has become shorter while it was read");
            }
            remaining -= count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, remaining));
            remaining -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(in.available(), remaining);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
