// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A push source on paper: the host calls {@link #accept}, which returns when the record is stored; the pipeline reads the
 * folder like any source. One file per record, named by its sequence number.
 */
final class SpoolSource implements SourceAdapter {

    private final Path folder;
    private final RecordParser parser;
    private final Object publish = new Object();
    private long last;

    SpoolSource(Path folder, RecordParser parser) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.parser = parser;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (isPublished(file)) {
                    last = Math.max(last, sequence(file));
                } else {
                    Files.delete(file); // the host never got its answer
                }
            }
        }
    }

    /** Stored when it returns; after an exception the host sends the record again. */
    void accept(RawRecord record) throws IOException {
        synchronized (publish) { // numbers appear in the order they are given, so that no reader overtakes one
            last++;
            Path name = folder.resolve(String.format(Locale.ROOT, "%019d", last));
            Path unfinished = folder.resolve(name.getFileName() + ".new");
            try (OutputStream file = Files.newOutputStream(unfinished, CREATE_NEW, WRITE, DSYNC);
                    InputStream bytes = record.bytes().open()) {
                bytes.transferTo(file);
            }
            Files.createLink(name, unfinished);
            Files.delete(unfinished);
        }
    }

    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException {
        List<RawRecord> records = new ArrayList<>();
        Checkpoint next = after;
        for (Path file : published()) {
            if (sequence(file) > sequence(after) && records.size() < maxRecords) {
                records.add(new RawRecord("application/json", Content.of(file), "spool:" + sequence(file)));
                next = new Checkpoint(Long.toString(sequence(file)));
            }
        }
        return SourcePage.of(records, next, records.size() == maxRecords);
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException {
        synchronized (publish) {
            for (Path file : published()) {
                // the last one stays: after a restart its number must not be given again
                if (sequence(file) <= sequence(upTo) && sequence(file) < last) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<Path> published() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SpoolSource::isPublished).sorted().toList();
        }
    }

    private static boolean isPublished(Path file) {
        return !file.toString().endsWith(".new");
    }

    private static long sequence(Path file) {
        return Long.parseLong(file.getFileName().toString());
    }

    private static long sequence(Checkpoint checkpoint) {
        return checkpoint.equals(Checkpoint.START) ? 0 : Long.parseLong(checkpoint.value());
    }
}
