// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a page's emails that lie on another machine, in one temporary file that only its owner can read and that is gone
 * with the process: the pipeline reads a record several times, and a connection may break. Filled by one thread, read by
 * several.
 */
final class PageSpool implements AutoCloseable {

    /** The copy itself can't be written, whatever the email is like. */
    static final class SpoolException extends IOException {
        private static final long serialVersionUID = 1L;

        SpoolException(IOException e) {
            super(
                    "emails can't be copied into a temporary file here ("
                            + e.getClass().getSimpleName()
                            + "): make room, or choose another temporaryFolder",
                    e);
        }
    }

    private final @Nullable Path folder;
    private @Nullable FileChannel channel;
    private long size;

    /** @param folder where the file is made; null is the JVM's folder for temporary files */
    PageSpool(@Nullable Path folder) {
        this.folder = folder;
    }

    long size() {
        return size;
    }

    /** Copies all bytes of a stream, telling {@code seen} of them. */
    Content copy(InputStream in, TransferDecoder.Sink seen) throws IOException, InterruptedException {
        FileChannel file = open();
        long start = size;
        byte[] buffer = new byte[65_536];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while reading");
            }
            seen.take(buffer, 0, n);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            write(file, bytes);
        }
        return new Slice(file, start, size - start);
    }

    private void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                size += file.write(bytes, size);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    /** Forgets what was copied from there on. */
    void cut(long length) {
        size = length;
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            try {
                open = create();
            } catch (IOException e) {
                throw new SpoolException(e);
            }
            channel = open;
        }
        return open;
    }

    private FileChannel create() throws IOException {
        Path file = folder == null
                ? Files.createTempFile("celltrust-archive", ".tmp")
                : Files.createTempFile(folder, "celltrust-archive", ".tmp");
        try {
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private record Slice(FileChannel file, long start, long size) implements Content {

        @Override
        public InputStream open() {
            return new SliceStream(this);
        }

        @Override
        public String toString() {
            return "Content[" + size + " bytes]";
        }
    }

    private static final class SliceStream extends InputStream {
        private final Slice slice;
        private long position;

        SliceStream(Slice slice) {
            this.slice = slice;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (position == slice.size() || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int most = (int) Math.min(length, slice.size() - position);
            int read = slice.file().read(ByteBuffer.wrap(bytes, from, most), slice.start() + position);
            if (read < 0) {
                throw new IOException("the temporary copy of an email is shorter than it was");
            }
            position += read;
            return read;
        }
    }
}
