// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.staging;

import io.github.celltrustarchive.io.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names for temporary files. Each live stager has a numbered folder to itself, by a lock that dies with its process; so
 * what lies in a folder whose lock is free belongs to nobody and is deleted.
 */
final class TemporaryFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
    private static final int MAX_FOLDERS = 1000;

    private final Path root;
    private final Storage storage;
    private Storage.@Nullable FileLock lock;
    private @Nullable Path own;
    private long count;

    TemporaryFiles(Path root, Storage storage) {
        this.root = root;
        this.storage = storage;
    }

    Path root() {
        return root;
    }

    /** The name of a new file in a folder that exists. */
    synchronized Path next() throws IOException {
        Path folder = own;
        if (folder == null) {
            folder = claim();
            own = folder;
        }
        return folder.resolve(++count + ".part");
    }

    private Path claim() throws IOException {
        storage.createDirectories(root);
        Path claimed = null;
        for (int number = 0; number < MAX_FOLDERS; number++) {
            Path folder = root.resolve(Integer.toString(number));
            boolean isNew = !storage.isDirectory(folder);
            if (claimed != null && isNew) {
                return claimed;
            }
            Optional<Storage.FileLock> free = storage.tryLock(root.resolve(number + ".lock"), "stager");
            if (free.isPresent()) {
                sweep(folder);
                if (claimed == null) {
                    lock = free.get();
                    claimed = folder;
                    storage.createDirectories(folder);
                } else {
                    free.get().close();
                }
            }
        }
        if (claimed == null) {
            throw new IOException("stage: " + MAX_FOLDERS + " stagers are at work already");
        }
        return claimed;
    }

    private void sweep(Path folder) throws IOException {
        int swept = 0;
        for (Path file : storage.list(folder)) {
            if (storage.delete(file)) {
                swept++;
            }
        }
        if (swept > 0) {
            LOG.info("stage: {} temporary files of a dead process deleted", swept);
        }
    }

    /** Deletes a temporary file; one that can't be deleted is left to a later sweep. */
    void discard(Path file) {
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.warn(
                    "stage: a temporary file stays until the next start: {}",
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public synchronized void close() {
        Storage.FileLock held = lock;
        lock = null;
        own = null;
        if (held != null) {
            held.close();
        }
    }
}
