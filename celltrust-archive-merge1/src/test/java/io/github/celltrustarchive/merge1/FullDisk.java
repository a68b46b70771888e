// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A disk that has room for so many bytes, and writes half of what it then refuses. */
final class FullDisk implements Storage {

    private final Storage disk = new DiskStorage();
    private long room;

    FullDisk(long room) {
        this.room = room;
    }

    void makeRoom() {
        room = Long.MAX_VALUE;
    }

    @Override
    public NewFile create(Path file) throws IOException {
        NewFile real = disk.create(file);
        return new NewFile() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > room) {
                    real.write(bytes, offset, length / 2);
                    throw new IOException("No space left on device");
                }
                room -= length;
                real.write(bytes, offset, length);
            }

            @Override
            public void force() throws IOException {
                real.force();
            }

            @Override
            public long position() throws IOException {
                return real.position();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        disk.link(existing, name);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public InputStream open(Path file, long offset) throws IOException {
        return disk.open(file, offset);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        return disk.isDirectory(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void setLastModified(Path file, Instant time) throws IOException {
        disk.setLastModified(file, time);
    }

    @Override
    public Optional<FileLock> tryLock(Path file, String holder) throws IOException {
        return disk.tryLock(file, holder);
    }

    @Override
    public String lockHolder(Path file) throws IOException {
        return disk.lockHolder(file);
    }
}
