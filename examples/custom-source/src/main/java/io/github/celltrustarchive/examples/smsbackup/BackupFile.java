// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One backup: where its records are, found out once, when it is first read. Not thread-safe. */
final class BackupFile {

    /** A message is held in memory as a whole. Carriers let through MMS of a few megabytes. */
    private static final int MAX_RECORD_BYTES = 64 << 20;

    private static final int FINGERPRINT_DIGITS = 16;

    private record Place(long offset, int length, String id) {}

    private final Path path;
    private final String owner;
    private final String fingerprint;
    private final FileTime modified;
    private @Nullable List<Place> places;
    private @Nullable String refusal;

    BackupFile(Path path, String owner) throws IOException {
        this.path = path;
        this.owner = owner;
        this.modified = Files.getLastModifiedTime(path);
        this.fingerprint = fingerprintOf(path);
    }

    /** What tells this file from every other, and from itself after it was written to. Shows nothing of its name. */
    String fingerprint() {
        return fingerprint;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    FileTime modified() {
        return modified;
    }

    /**
     * The number of its records.
     *
     * @throws BackupRefusedException if it isn't a whole backup, now and at every later call
     * @throws IOException if it can't be read now
     */
    int size() throws IOException, InterruptedException {
        return places().size();
    }

    /** Records from the one with this number on, at most so many, and no more than fill this many bytes, but at least one. */
    List<RawRecord> records(int from, int max, long maxBytes) throws IOException, InterruptedException {
        List<RawRecord> records = new ArrayList<>();
        List<Place> wanted = places().subList(from, (int) Math.min(size(), (long) from + max));
        long bytes = 0;
        try (InputStream in = open()) {
            long position = 0;
            for (Place place : wanted) {
                bytes += place.length();
                if (bytes > maxBytes && !records.isEmpty()) {
                    break;
                }
                in.skipNBytes(place.offset() - position);
                byte[] record = in.readNBytes(place.length());
                position = place.offset() + record.length;
                records.add(new RawRecord("application/xml", Content.of(record), place.id()));
            }
        } catch (EOFException e) {
            throw new IOException(name() + " has become shorter", e);
        }
        requireUnchanged();
        return records;
    }

    private List<Place> places() throws IOException, InterruptedException {
        if (refusal != null) {
            throw new BackupRefusedException(refusal);
        }
        if (places == null) {
            try (InputStream in = open()) {
                places = scan(in);
            } catch (BackupRefusedException e) {
                refusal = e.getMessage();
                throw e;
            }
            requireUnchanged();
        }
        return places;
    }

    private List<Place> scan(InputStream in) throws IOException, InterruptedException {
        List<Place> found = new ArrayList<>();
        MessageIds ids = new MessageIds(owner);
        new BackupScanner(in, name(), MAX_RECORD_BYTES).scan((offset, record) -> {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            found.add(new Place(offset, record.length, ids.next(record)));
        });
        return List.copyOf(found);
    }

    /** Not by a channel: an interrupt would close it, and end the run with an I/O error instead of an interrupt. */
    private InputStream open() throws IOException {
        return new FileInputStream(path.toFile());
    }

    private void requireUnchanged() throws IOException {
        if (!fingerprintOf(path).equals(fingerprint)) {
            throw new IOException(name() + " changed while it was read");
        }
    }

    private static String fingerprintOf(Path path) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        String text = path.getFileName() + "\0" + file.size() + "\0"
                + file.lastModifiedTime().toMillis();
        byte[] digest = MessageIds.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
    }
}
