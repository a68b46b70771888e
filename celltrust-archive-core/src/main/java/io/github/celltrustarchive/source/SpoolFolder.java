// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            if (number > mark) {
                last = Math.max(last, number);
                records++;
                bytes += storage.size(file);
            } else if (number > 0 || number(file, "mark") > 0 && number(file, "mark") < mark) {
                storage.delete(file); // what a crash kept of an acknowledgement's work
            }
        }
        return last;
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
            deleteRecord(deleted + 1);
            deleted++;
        }
    }

    private void deleteRecord(long number) throws IOException {
        try {
            long size = storage.size(record(number));
            if (storage.delete(record(number))) {
                giveBack(size);
            }
        } catch (NoSuchFileException e) {
            return; // the number of a record that couldn't be published
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
