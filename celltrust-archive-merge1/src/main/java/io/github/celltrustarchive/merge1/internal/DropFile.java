// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.model.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One email in the folder, as the listing saw it. No message of its exceptions names the file, because anybody may have named
 * it; the locator does.
 *
 * @param file where it is
 * @param relative below the folder, names separated by {@code /}
 * @param size in bytes
 * @param time of its last change, in milliseconds
 */
record DropFile(Path file, String relative, long size, long time) implements Content {

    /** What has become of it since. */
    enum State {
        SAME,
        CHANGED,
        GONE
    }

    /** The locator of an email: a digest of where it lies, because its name may be anything. */
    static String locator(String relative) {
        byte[] digest = Meaning.sha256().digest(relative.getBytes(StandardCharsets.UTF_8));
        return "eml:" + HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    }

    /** The path of something below a folder. */
    static Path resolve(Path folder, String relative) {
        Path path = folder;
        for (String name : relative.split("/", -1)) {
            path = path.resolve(name);
        }
        return path;
    }

    String locator() {
        return locator(relative);
    }

    State state() throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean same = now.isRegularFile()
                    && now.size() == size
                    && now.lastModifiedTime().toMillis() == time;
            return same ? State.SAME : State.CHANGED;
        } catch (NoSuchFileException e) {
            return State.GONE;
        } catch (IOException e) {
            throw nameless("can't be looked at", e);
        }
    }

    /** {@inheritDoc} Fails if the file is no more what the listing saw. */
    @Override
    public InputStream open() throws IOException {
        if (state() != State.SAME) {
            throw new IOException(locator() + " has changed while it was read, or is gone");
        }
        try {
            return new ExactStream(open(file));
        } catch (IOException e) {
            throw nameless("can't be opened", e);
        }
    }

    /** Opens a file and, where the file system knows how, no link that took its place. */
    static InputStream open(Path file) throws IOException {
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)
                : Files.newInputStream(file);
    }

    /** The same without the name that the message of a file system's exception begins with. */
    IOException nameless(String what, Exception e) {
        if (Interrupts.caused(e)) {
            return new InterruptedIOException("interrupted while reading");
        }
        return new IOException(locator() + " " + what + " (" + e.getClass().getSimpleName() + ")");
    }

    /** Size and locator. */
    @Override
    public String toString() {
        return "DropFile[" + locator() + ", " + size + " bytes]";
    }

    /** Ends with an exception unless it has delivered as many bytes as the listing saw. */
    private final class ExactStream extends FilterInputStream {
        private long count;

        ExactStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            count += Math.max(read, 0);
            if (count > size || (read < 0 && count < size)) {
                throw new IOException(locator() + " has changed while it was read");
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
