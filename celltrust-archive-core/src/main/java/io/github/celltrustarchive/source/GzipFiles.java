// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip files (RFC 1952, also of several members) as a whole before anything of them is used, so that of a file
 * that is cut off, damaged or a bomb nothing at all is read. The last one stays unpacked for the next page.
 */
final class GzipFiles implements Closeable {

    /** Below this size a ratio says nothing: a short file of one repeated line is no bomb. */
    static final long RATIO_COUNTS_FROM = 16L << 20;

    private static final int BUFFER = 65_536;

    private final @Nullable Path temporaryFolder;
    private final long maxBytes;
    private final int maxRatio;
    private final Map<String, Refusal> refusals = new HashMap<>();
    private @Nullable UnpackedExport last;
    private volatile boolean closed;

    /** What was found wrong with a file, so that it isn't unpacked for every page of its neighbours. */
    private record Refusal(String sign, String what) {}

    GzipFiles(@Nullable Path temporaryFolder, long maxBytes, int maxRatio) {
        this.temporaryFolder = temporaryFolder;
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /** The sign of a compressed file, as it is. */
    static String sign(Path file) throws IOException {
        try (PlainExport packed = new PlainExport(file)) {
            return packed.size() + "-" + FileSign.of(packed, packed.size());
        }
    }

    /** What is in a file; the caller closes it. */
    synchronized UnpackedExport open(String name, Path file) throws IOException, InterruptedException {
        String sign = sign(file);
        UnpackedExport unpacked = last;
        if (unpacked == null || !unpacked.packed().equals(sign) || !unpacked.isOpen()) {
            Refusal known = refusals.get(name);
            if (known != null && known.sign().equals(sign)) {
                throw new ExportFileException(name, known.what());
            }
            forgetLast();
            unpacked = unpack(name, file, sign);
            if (!sign(file).equals(sign)) {
                unpacked.close();
                throw new ExportFileException(name, "changed while it was read; it is read again later");
            }
            last = unpacked;
        }
        return unpacked.retain();
    }

    @Override
    public void close() throws IOException {
        closed = true; // ends an unpacking that is under way
        synchronized (this) {
            forgetLast();
        }
    }

    private void forgetLast() throws IOException {
        UnpackedExport unpacked = last;
        last = null;
        if (unpacked != null) {
            unpacked.close();
        }
    }

    private UnpackedExport unpack(String name, Path file, String sign) throws IOException, InterruptedException {
        FileChannel channel = temporary();
        String fault;
        try {
            return new UnpackedExport(channel, unpack(file, channel), sign);
        } catch (ZipException | EOFException e) {
            channel.close();
            fault = "is cut off or damaged, so nothing of it is read. Put the whole file in its place";
        } catch (TooLargeException e) {
            channel.close();
            fault = e.getMessage();
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
        refusals.put(name, new Refusal(sign, fault));
        throw new ExportFileException(name, fault);
    }

    private long unpack(Path file, FileChannel to) throws IOException, InterruptedException {
        long size = 0;
        try (InputStream in = Files.newInputStream(file);
                GzipMembers gzip = new GzipMembers(in, Files.size(file))) {
            byte[] buffer = new byte[BUFFER];
            for (int n = gzip.read(buffer); n >= 0; n = gzip.read(buffer)) {
                size += n;
                checkSize(size, gzip.packedBytesRead());
                checkStopped();
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
            gzip.requireEnd();
        }
        return size;
    }

    private void checkSize(long size, long packed) throws TooLargeException {
        if (size > maxBytes) {
            throw new TooLargeException("holds more than " + maxBytes
                    + " bytes. Split it, or raise maxUnpackedBytes if it may be so large");
        }
        if (size > RATIO_COUNTS_FROM && size / maxRatio > packed) {
            throw new TooLargeException("holds more than " + maxRatio
                    + " times its own size. Raise maxUnpackedRatio if it is no gzip bomb");
        }
    }

    private void checkStopped() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while reading");
        }
        if (closed) {
            throw new IOException("the source was closed while it was read");
        }
    }

    /** Readable by its owner alone, and without a name from here on (on Windows: until it is closed). */
    private FileChannel temporary() throws IOException {
        Path file = temporaryFolder == null
                ? Files.createTempFile("celltrust-archive", ".tmp")
                : Files.createTempFile(temporaryFolder, "celltrust-archive", ".tmp");
        try {
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
