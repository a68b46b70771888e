// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;

import io.github.celltrustarchive.model.Content;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.SharedInputStream;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An email that can be read in pieces: a small one in memory, a larger one in a file that only its owner can read. Where the system lets an
 * open file be deleted, it is deleted as soon as it is open, so that a process that dies leaves nothing. Not thread-safe; the
 * streams it gives out may be read by several threads.
 */
final class EmlMessage implements AutoCloseable {

    private static final int IN_MEMORY = 256 << 10;
    private final InputStream stream;
    private final long size;
    private final @Nullable FileChannel file;

    private EmlMessage(InputStream stream, long size, @Nullable FileChannel file) {
        this.stream = stream;
        this.size = size;
        this.file = file;
    }

    /**
     * Opens an email.
     *
     * @param folder an existing folder for the file of a large one
     * @throws IOException if it can't be read, or its copy not be written
     */
    static EmlMessage open(Content eml, Path folder) throws IOException {
        if (eml.size() <= IN_MEMORY) {
            byte[] bytes;
            try (InputStream in = eml.open()) {
                bytes = in.readNBytes(IN_MEMORY + 1);
            }
            requireSize(eml, bytes.length);
            return new EmlMessage(new SharedByteArrayInputStream(bytes), bytes.length, null);
        }
        Path file = Files.createTempFile(folder, "graph-", ".eml"); // 0600 where there are such permissions
        try {
            copy(eml, file);
            FileChannel channel = FileChannel.open(file, READ, DELETE_ON_CLOSE);
            deleteWhileOpen(file);
            return new EmlMessage(new FileSlice(channel, 0, eml.size()), eml.size(), channel);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void copy(Content eml, Path file) throws IOException {
        try (InputStream in = eml.open();
                OutputStream out = Files.newOutputStream(file)) {
            requireSize(eml, in.transferTo(out));
        }
    }

    private static void requireSize(Content eml, long count) throws IOException {
        if (count != eml.size()) {
            throw new IOException("content declares " + eml.size() + " bytes but delivers "
                    + (count > eml.size() ? "more" : Long.toString(count)));
        }
    }

    private static void deleteWhileOpen(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            return; // Windows: deleted on closing
        }
    }

    /**
     * The email as a part that holds all others.
     *
     * @throws MessagingException if its header is too large to be read
     */
    EmlPart root() throws MessagingException {
        return new EmlPart(newStream(), "text/plain");
    }

    /** All of its bytes; readable until this is closed. */
    Content whole() {
        return new Whole(this);
    }

    private InputStream newStream() {
        return ((SharedInputStream) stream).newStream(0, -1);
    }

    /** A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private record Whole(EmlMessage eml) implements Content {
        @Override
        public InputStream open() {
            return eml.newStream();
        }

        @Override
        public long size() {
            return eml.size;
        }

        @Override
        public String toString() {
            return "Content[email, " + eml.size + " bytes]";
        }
    }
}
