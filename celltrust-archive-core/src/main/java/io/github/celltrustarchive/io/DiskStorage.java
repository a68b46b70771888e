// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The real disk.
 *
 * <p><b>Forcing.</b> A force that has failed is never repeated: the operating system drops the pages it couldn't write and
 * reports success the next time. A file is given up then, and so is a folder for the life of this object. On Windows,
 * where folders can't be forced, {@link #forceDirectory} does nothing: NTFS journals names by itself.
 *
 * <p><b>Publishing.</b> {@link #link} makes a hard link, which fails if the name is taken. Where the file system has no
 * hard links it looks whether the name is free and then renames: a file still appears whole or not at all, but two
 * <em>processes</em> that publish the same name in the same instant no longer see each other.
 *
 * <p><b>Locks</b> are the operating system's and die with the process.
 *
 * <p>May be used by several threads at once.
 */
public final class DiskStorage implements Storage {

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Set<Path> givenUp = ConcurrentHashMap.newKeySet();
    private final Object renames = new Object();

    /** The default file system, or any other that a given path belongs to. */
    public DiskStorage() {}

    @Override
    public void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path existing = directory.toAbsolutePath().normalize();
        while (existing != null && !Files.isDirectory(existing)) {
            missing.push(existing);
            existing = existing.getParent();
        }
        // Whoever made the deepest folder that exists may have died before its name was durable.
        if (existing != null && existing.getParent() != null) {
            forceIfAllowed(existing.getParent());
        }
        for (Path folder : missing) {
            try {
                Files.createDirectory(folder, permissions(folder, OWNER_FOLDER));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
            if (folder.getParent() != null) {
                forceDirectory(folder.getParent());
            }
        }
    }

    /** A folder above that we may not read isn't one in which we have made anything. */
    private void forceIfAllowed(Path directory) throws IOException {
        if (Files.isReadable(directory)) {
            forceDirectory(directory);
        }
    }

    @Override
    public NewFile create(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new DiskFile(FileChannel.open(file, options, permissions(file, OWNER_FILE)));
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (FileAlreadyExistsException | NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            renameWithoutLinks(existing, name, e);
        }
    }

    private void renameWithoutLinks(Path existing, Path name, Exception why) throws IOException {
        synchronized (renames) {
            if (Files.exists(name)) {
                throw new FileAlreadyExistsException(name.toString());
            }
            try {
                Files.move(existing, name, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                e.addSuppressed(why);
                throw e;
            }
        }
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        Path key = directory.toAbsolutePath().normalize();
        if (givenUp.contains(key)) {
            throw new IOException("an earlier force of this folder failed: start the process again");
        }
        if (!isPosix(directory)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(channel, key);
        }
    }

    private void force(FileChannel channel, Path key) throws IOException {
        try {
            channel.force(true);
        } catch (ClosedChannelException e) {
            throw e; // interrupted: nothing was lost, the next force is a true one
        } catch (IOException e) {
            givenUp.add(key);
            throw e;
        }
    }

    @Override
    public InputStream open(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            if (offset > channel.size()) {
                throw new EOFException("offset " + offset + " is behind the end, " + channel.size());
            }
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return Files.exists(path) || isHidden(path);
    }

    /** "Can't tell" must not look like "isn't there": throws why it can't be told. */
    private static boolean isHidden(Path path) throws IOException {
        if (!Files.notExists(path)) {
            try {
                Files.readAttributes(path, BasicFileAttributes.class);
                return true; // made this very moment
            } catch (NoSuchFileException e) {
                return false; // gone this very moment
            }
        }
        return false;
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        return Files.isDirectory(path) || (isHidden(path) && Files.isDirectory(path));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public OptionalLong usableSpace(Path path) throws IOException {
        return OptionalLong.of(Files.getFileStore(path).getUsableSpace());
    }

    @Override
    public void setLastModified(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    @Override
    public Optional<FileLock> tryLock(Path file, String holder) throws IOException {
        return DiskLock.tryLock(file, holder, permissions(file, OWNER_FILE));
    }

    @Override
    public String lockHolder(Path file) throws IOException {
        return DiskLock.holder(file);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] permissions(Path path, Set<PosixFilePermission> wanted) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(wanted)}
                : new FileAttribute<?>[0];
    }
}
