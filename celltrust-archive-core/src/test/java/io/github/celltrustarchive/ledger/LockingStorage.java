// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Makes folders and takes locks; two ledgers that share one stand for two processes on one machine. */
final class LockingStorage implements Storage {
    private final Map<Path, String> locked = new ConcurrentHashMap<>();

    /** What the operating system does when the holder's process dies. */
    void killHolders() {
        locked.clear();
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public Optional<FileLock> tryLock(Path file, String holder) {
        return locked.putIfAbsent(file, holder) == null ? Optional.of(() -> locked.remove(file)) : Optional.empty();
    }

    @Override
    public String lockHolder(Path file) {
        return locked.getOrDefault(file, "");
    }

    @Override
    public NewFile create(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void link(Path existing, Path name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forceDirectory(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(Path file, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean exists(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isDirectory(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Path> list(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setLastModified(Path file, Instant time) {
        throw new UnsupportedOperationException();
    }
}
