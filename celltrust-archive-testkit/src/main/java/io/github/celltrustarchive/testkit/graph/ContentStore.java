// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what attachments hold: small ones in memory, others in temporary files, so that large uploads fit into a small heap.
 * Thread-safe. Closing deletes the files.
 */
final class ContentStore implements AutoCloseable {

    private static final int IN_MEMORY = 64 * 1024;

    private @Nullable Path folder;
    private int files;

    /** Bytes that can be read as often as needed. */
    static final class Content {

        private final byte[] bytes;
        private final @Nullable Path file;
        private final long size;
        private final String sha256;

        private Content(byte[] bytes, @Nullable Path file, long size, String sha256) {
            this.bytes = bytes;
            this.file = file;
            this.size = size;
            this.sha256 = sha256;
        }

        static Content of(byte[] bytes) {
            return new Content(bytes, null, bytes.length, Hashes.sha256(bytes));
        }

        long size() {
            return size;
        }

        String sha256() {
            return sha256;
        }

        private InputStream open() throws IOException {
            return file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file);
        }

        byte[] read() {
            try (InputStream in = open()) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("what the simulator kept of an attachment can't be read", e);
            }
        }
    }

    /** Bytes that come in pieces. */
    final class Growing {
        private final Path file = newFile();
        private final MessageDigest sha256 = Hashes.newSha256();
        private long size;

        void append(byte[] chunk) {
            try (OutputStream out = new DigestOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), sha256)) {
                out.write(chunk);
            } catch (IOException e) {
                throw new UncheckedIOException("the simulator has no place for an attachment", e);
            }
            size += chunk.length;
        }

        long size() {
            return size;
        }

        Content whole() {
            return new Content(new byte[0], file, size, HexFormat.of().formatHex(sha256.digest()));
        }
    }

    Content keep(byte[] bytes) {
        if (bytes.length <= IN_MEMORY) {
            return Content.of(bytes);
        }
        Growing growing = new Growing();
        growing.append(bytes);
        return growing.whole();
    }

    private synchronized Path newFile() {
        try {
            Path parent = folder;
            if (parent == null) {
                parent = Files.createTempDirectory("graph-simulator");
                folder = parent;
            }
            return parent.resolve("content-" + ++files);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator has no place for attachments", e);
        }
    }

    @Override
    public synchronized void close() {
        Path parent = folder;
        folder = null;
        if (parent == null) {
            return;
        }
        try {
            for (int i = 1; i <= files; i++) {
                Files.deleteIfExists(parent.resolve("content-" + i));
            }
            Files.deleteIfExists(parent);
        } catch (IOException e) {
            parent.toFile().deleteOnExit();
        }
    }
}
