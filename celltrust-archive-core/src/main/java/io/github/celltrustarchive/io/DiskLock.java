// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system. On POSIX systems it belongs to the process, and is lost as soon as the process closes
 * <em>any</em> descriptor of the file. So a locked file is never opened a second time in this process, and the holder's
 * name stands in a file beside it.
 */
final class DiskLock implements Storage.FileLock {

    private static final int MAX_HOLDER_BYTES = 1024;

    // What belongs to the process can only be known by the process: the one piece of static state.
    private static final Set<Object> HELD = new HashSet<>();
    private static final Map<Object, FileChannel> OPEN_FOR_GOOD = new HashMap<>();

    private final Path file;
    private final Object key;
    private @Nullable FileChannel channel;

    private DiskLock(Path file, Object key, FileChannel channel) {
        this.file = file;
        this.key = key;
        this.channel = channel;
    }

    static Optional<Storage.FileLock> tryLock(Path file, String holder, FileAttribute<?>[] permissions)
            throws IOException {
        synchronized (HELD) {
            make(file, permissions);
            Object key = key(file);
            if (HELD.contains(key)) {
                return Optional.empty();
            }
            FileChannel channel = lock(file, key);
            if (channel == null) {
                return Optional.empty();
            }
            HELD.add(key);
            DiskLock lock = new DiskLock(file, key, channel);
            try {
                writeHolder(file, holder, permissions);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            return Optional.of(lock);
        }
    }

    private static void make(Path file, FileAttribute<?>[] permissions) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createFile(file, permissions);
        } catch (FileAlreadyExistsException e) {
            return; // another process made it just now
        }
    }

    private static @Nullable FileChannel lock(Path file, Object key) throws IOException {
        FileChannel kept = OPEN_FOR_GOOD.remove(key);
        FileChannel channel = kept != null ? kept : FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null && key(file).equals(key)) {
                return channel;
            }
            channel.close(); // another process has it, or the file was replaced under our hands
            return null;
        } catch (OverlappingFileLockException e) {
            // Another class loader of this process has it: closing our descriptor would take its lock away.
            OPEN_FOR_GOOD.put(key, channel);
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The file whatever path leads to it, without opening it. */
    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key != null ? key : file.toRealPath();
    }

    private static void writeHolder(Path file, String holder, FileAttribute<?>[] permissions) throws IOException {
        Path text = holderFile(file);
        Files.deleteIfExists(text);
        Files.createFile(text, permissions);
        byte[] bytes = holder.getBytes(StandardCharsets.UTF_8);
        Files.write(text, bytes);
    }

    static String holder(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(holderFile(file))) {
            return new String(in.readNBytes(MAX_HOLDER_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static Path holderFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".holder");
    }

    @Override
    public void close() {
        synchronized (HELD) {
            FileChannel held = channel;
            channel = null;
            if (held == null) {
                return;
            }
            HELD.remove(key);
            try (held) {
                Files.deleteIfExists(holderFile(file));
            } catch (IOException e) {
                return; // the name of a former holder does no harm
            }
        }
    }
}
