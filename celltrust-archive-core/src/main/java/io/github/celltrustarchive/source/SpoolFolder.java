// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a spool: {@code <number>.record}; {@code <number>.mark}, an empty file whose name says up to where records
 * have been acknowledged, so that their numbers are never given again; {@code incoming}, where records are written; and the
 * lock. A mark is durable before the first record it covers is deleted.
 */
final class SpoolFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{19})\\.(record|mark)");

    private final Path folder;
    private final Storage storage;
    private final Storage.FileLock lock;
    private final long maxRecords;
    private final long maxBytes;
    private final long lastAtStart;
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private long records;
    private long bytes;
    private long mark;
    private long deleted;

    private SpoolFolder(Path folder, Storage storage, Storage.FileLock lock, long maxRecords, long maxBytes)
            throws IOException {
        this.folder = folder;
        this.storage = storage;
        this.lock = lock;
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        if (!storage.isDirectory(incoming())) {
            storage.createDirectories(incoming());
        }
        for (Path torn : storage.list(incoming())) {
            storage.delete(torn); // the host never got its answer
        }
        // A killed process may have left names that aren't durable: whoever reads them relies on them.
        storage.forceDirectory(folder);
        lastAtStart = takeStock();
    }

    static SpoolFolder open(Path folder, Storage storage, long maxRecords, long maxBytes) throws IOException {
        storage.createDirectories(folder);
        Path lockFile = folder.resolve("spool.lock");
        String holder = "spool in use by process " + ProcessHandle.current().pid();
        Storage.FileLock lock = storage.tryLock(lockFile, holder).orElseThrow(() -> inUse(storage, lockFile));
        try {
            return new SpoolFolder(folder, storage, lock, maxRecords, maxBytes);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static ArchiveException inUse(Storage storage, Path lockFile) {
        String holder;
        try {
            holder = storage.lockHolder(lockFile);
        } catch (IOException e) {
            holder = "";
        }
        return ArchiveException.stop(
                "the spool can't be opened twice: " + (holder.isEmpty() ? "another process has it" : holder), null);
    }

    /** The largest number ever given. */
    private long takeStock() throws IOException {
        List<Path> files = storage.list(folder);
        mark = files.stream().mapToLong(file -> number(file, "mark")).max().orElse(0);
        deleted = mark;
        long last = mark;
        for (Path file : files) {
            long number = number(file, "record");
            if (number > mark) { // in the order of numbers, as names are sorted
                if (number > last + 1) {
                    LOG.warn("spool: numbers {} to {} aren't there: never stored, or removed", last + 1, number - 1);
                    gaps.put(last + 1, number - 1);
                }
                last = number;
                records++;
                bytes += storage.size(file);
            } else if (number > 0 || isOldMark(file)) {
                storage.delete(file); // what a crash kept of an acknowledgement's work
            }
        }
        return last;
    }

    private boolean isOldMark(Path file) {
        long number = number(file, "mark");
        return number > 0 && number < mark;
    }

    private static long number(Path file, String kind) {
        Matcher name = NUMBERED.matcher(String.valueOf(file.getFileName()));
        return name.matches() && name.group(2).equals(kind) ? Long.parseLong(name.group(1)) : 0;
    }

    long lastAtStart() {
        return lastAtStart;
    }

    Path incoming() {
        return folder.resolve("incoming");
    }

    Path record(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%019d.record", number));
    }

    private Path mark(long number) {
        return folder.resolve(String.format(Locale.ROOT, "%019d.mark", number));
    }

    /** No record will ever be under this number. */
    synchronized void skip(long number) {
        gaps.put(number, number);
    }

    /** The last number of the gap in which this one lies, or the number before this one if a record must be there. */
    synchronized long endOfGap(long number) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(number);
        return gap == null ? number - 1 : Math.max(number - 1, gap.getValue());
    }

    /** Makes the names in the folder durable. */
    void force() throws IOException {
        storage.forceDirectory(folder);
    }

    /** Up to where records have been acknowledged. */
    synchronized long acknowledged() {
        return mark;
    }

    synchronized long records() {
        return records;
    }

    /** Takes room for a record, or refuses. */
    synchronized void reserve(long size) {
        if (size > maxBytes) {
            throw new IllegalArgumentException(
                    "a record of " + size + " bytes never fits a spool of at most " + maxBytes + " bytes");
        }
        if (records >= maxRecords || size > maxBytes - bytes) {
            throw ArchiveException.retry(
                    "the spool is full: " + records + " records of " + bytes + " bytes wait to be archived", null);
        }
        records++;
        bytes += size;
    }

    synchronized void giveBack(long size) {
        records--;
        bytes -= size;
    }

    /** Deletes the records up to this one, in order; also those that couldn't be deleted the last time. */
    void acknowledge(long upTo) throws IOException {
        long before = acknowledged();
        if (upTo > before) {
            if (!storage.exists(mark(upTo))) {
                storage.create(mark(upTo)).close(); // its name is all that counts, so only its folder is forced
            }
            storage.forceDirectory(folder);
            synchronized (this) {
                mark = upTo;
            }
            storage.delete(mark(before));
            LOG.debug("spool: acknowledged up to {}", upTo);
        }
        while (deleted < acknowledged()) {
            if (endOfGap(deleted + 1) > deleted) {
                deleted = Math.min(endOfGap(deleted + 1), acknowledged());
            } else {
                deleteRecord(deleted + 1);
                deleted++;
            }
        }
    }

    private void deleteRecord(long number) throws IOException {
        try {
            long size = storage.size(record(number));
            if (storage.delete(record(number))) {
                giveBack(size);
            }
        } catch (NoSuchFileException e) {
            return; // removed by somebody: it was to be deleted anyway
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
