// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The file operations that durability rests on. Everything the library writes goes through here, so that a simulated
 * implementation can lose, tear or refuse what a real disk might.
 *
 * <p>Folders and files are made for the owner only (0700, 0600) where the file system knows permissions. May be called by
 * several threads at once.
 */
public interface Storage {

    /** Makes a folder and its parents; durable on return. Does nothing to those that exist. */
    void createDirectories(Path directory) throws IOException;

    /**
     * Makes a new, empty file. Neither its content nor its name is durable before {@link NewFile#force()} and
     * {@link #forceDirectory(Path)}.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    NewFile create(Path file) throws IOException;

    /**
     * Gives an existing file another name, if that name is free: the one way to publish a file without replacing another.
     * Durable after {@link #forceDirectory(Path)} of the new name's folder.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken
     */
    void link(Path existing, Path name) throws IOException;

    /** Removes a file; false if there was none. */
    boolean delete(Path file) throws IOException;

    /**
     * Makes the names in a folder durable. Once that has failed, every later call for this folder fails too, for the life of
     * this object: a second try proves nothing.
     */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Opens a file at an offset. The caller closes the stream.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream open(Path file, long offset) throws IOException;

    /**
     * The size of a file in bytes.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    long size(Path file) throws IOException;

    /** Whether a file or folder of that name exists. */
    boolean exists(Path path) throws IOException;

    /** Whether a folder of that name exists. */
    boolean isDirectory(Path path) throws IOException;

    /** Files and folders directly in a folder, sorted by name; empty if there is no such folder. */
    List<Path> list(Path directory) throws IOException;

    /**
     * How many bytes this process may still write where a file or folder lies; empty if that can't be told, as by default.
     *
     * @throws IOException if there is no such file or folder, or it can't be asked
     */
    default OptionalLong usableSpace(Path path) throws IOException {
        return OptionalLong.empty();
    }

    /** Sets the time of last modification, which Maildir readers take for INTERNALDATE. */
    void setLastModified(Path file, Instant time) throws IOException;

    /**
     * Locks a file for as long as the process lives, or until the lock is closed. The file is made if need be, and is never
     * opened for anything else.
     *
     * @param holder written into the file, for whoever finds it locked; no personal data
     * @return the lock, or empty if another process, or another part of this one, has it
     */
    Optional<FileLock> tryLock(Path file, String holder) throws IOException;

    /** What the holder of a lock wrote into its file, or an empty text. */
    String lockHolder(Path file) throws IOException;

    /** A lock on a file. */
    interface FileLock extends AutoCloseable {
        /** Frees the lock. A second call does nothing. */
        @Override
        void close();
    }
}
