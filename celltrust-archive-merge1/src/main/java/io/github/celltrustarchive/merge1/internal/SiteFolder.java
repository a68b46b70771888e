// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.merge1.Merge1Item;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of downloaded items: files for the owner only, named by number. It belongs to one source at a time, by a lock
 * that dies with its process; what a dead one left is deleted at the start. What a failed page had downloaded is kept for its
 * next try, and deleted once a page has come about. Thread-safe.
 */
public final class SiteFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SiteFolder.class);
    private static final String SUFFIX = ".eml.part";

    private final Path folder;
    private final Storage storage;
    private final Map<String, Downloaded> kept = new LinkedHashMap<>();
    private final Set<Path> files = new HashSet<>();
    private Storage.@Nullable FileLock lock;
    private @Nullable SiteDownload unfinished;
    private long count;
    private boolean closed;

    /** A folder that need not exist yet. Nothing is touched before the first download. */
    public SiteFolder(Path folder, Storage storage) {
        this.folder = folder.toAbsolutePath().normalize();
        this.storage = storage;
    }

    /**
     * A finished download.
     *
     * @param sha256 of its bytes, whatever the site says about them
     */
    record Downloaded(Path file, long size, String sha256) {}

    /** Where the files lie. */
    public Path path() {
        return folder;
    }

    /** Locks the folder and deletes what lies in it, if that hasn't been done. */
    public synchronized void open() throws IOException {
        if (closed) {
            throw new IOException("the source has been closed");
        }
        if (lock != null) {
            return;
        }
        storage.createDirectories(folder);
        Optional<Storage.FileLock> free = storage.tryLock(folder.resolve("lock"), "merge1 site source");
        lock = free.orElseThrow(() -> ArchiveException.stop(
                "another source downloads into " + folder + ": give each source a folder of its own", null));
        int swept = 0;
        for (Path file : storage.list(folder)) {
            Path name = file.getFileName();
            if (name != null && name.toString().endsWith(SUFFIX) && storage.delete(file)) {
                swept++;
            }
        }
        if (swept > 0) {
            LOG.info("merge1 site: {} downloads of a dead process deleted", swept);
        }
    }

    /** The file of an item, downloaded now as far as it wasn't before. */
    Downloaded download(Merge1Item item, SiteDownload.Bytes bytes) throws IOException, InterruptedException {
        synchronized (this) {
            Downloaded done = kept.get(key(item));
            if (done != null) {
                return done;
            }
        }
        SiteDownload download = begin(item);
        download.finish(bytes);
        synchronized (this) {
            unfinished = null;
            Downloaded done = new Downloaded(download.file(), item.size(), download.sha256());
            kept.put(key(item), done);
            return done;
        }
    }

    private synchronized SiteDownload begin(Merge1Item item) throws IOException {
        open();
        SiteDownload download = unfinished;
        if (download != null && download.isOf(item) && download.isSound()) {
            return download;
        }
        dropUnfinished();
        Path file = folder.resolve(++count + SUFFIX);
        files.add(file);
        download = new SiteDownload(item, file, storage.create(file));
        unfinished = download;
        return download;
    }

    /** Bytes that turned out to be wrong are downloaded anew. */
    synchronized void forget(Merge1Item item) {
        Downloaded wrong = kept.remove(key(item));
        if (wrong != null) {
            discard(wrong.file());
        }
    }

    /** Deletes a file that its page has done with. */
    synchronized void discard(Path file) {
        if (files.remove(file)) {
            delete(file);
        }
    }

    /** A page has come about and has these files; what else was kept for it isn't needed. */
    synchronized void hand(Set<Path> toPage) {
        kept.values().stream()
                .map(Downloaded::file)
                .filter(file -> !toPage.contains(file))
                .toList()
                .forEach(this::discard);
        kept.clear();
        dropUnfinished();
    }

    /** A download that broke off in a way that can't be continued. */
    synchronized void dropUnfinished() {
        SiteDownload download = unfinished;
        unfinished = null;
        if (download != null) {
            try {
                download.close();
            } catch (IOException e) {
                LOG.debug("a download can't be closed: {}", e.getClass().getSimpleName());
            }
            discard(download.file());
        }
    }

    private void delete(Path file) {
        try {
            storage.delete(file);
        } catch (IOException e) {
            LOG.warn(
                    "merge1 site: a download stays until the next start: {}",
                    e.getClass().getSimpleName());
        }
    }

    private static String key(Merge1Item item) {
        return item.size() + " " + item.sha256() + " " + item.id();
    }

    /** Deletes the files, also those of pages that are still open, and gives the folder free. */
    public synchronized void close() {
        closed = true;
        dropUnfinished();
        kept.clear();
        files.forEach(this::delete);
        files.clear();
        Storage.FileLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
