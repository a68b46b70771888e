// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that is pushed to: the host calls {@link #accept} for each record it receives (a webhook, a form post, SMTP, a
 * message queue), and the pipeline reads the folder like any source, whenever it runs.
 *
 * <pre>{@code
 * SpoolSource spool = new SpoolSource(folder, JsonRecordParser.ofDefaults());
 * // in the request handler: 200 only after accept has returned
 * spool.accept(new RawRecord("application/json", body, "request"));
 * }</pre>
 *
 * <p><b>Durability.</b> When {@code accept} has returned, the record survives a crash and a power failure, and is read once
 * at every reading from the same checkpoint. If it throws, the record isn't known to be stored: the sender must be told to
 * send it again. It may be stored all the same, so a record can come twice; there is no idempotency key of the sender,
 * because the item's identity deals with replays. Where the format has no id the two are two messages: twice rather than
 * never.
 *
 * <p><b>Order.</b> Records are numbered from 1 in the order in which they become durable. The number is the checkpoint, and
 * {@code spool:<number>} the locator, in place of the one that the host gave. No number is given twice, also after all
 * records have been archived and deleted and the process has been started again. A number may be missing. A checkpoint
 * beyond the numbers that the folder has given means that the folder was lost or replaced by an older copy: {@code read}
 * stops the run rather than skip what comes next.
 *
 * <p><b>What is stored.</b> Media type, bytes and parts, in one file per record for the owner only, until the pipeline
 * acknowledges them: then the files are deleted, in order. Large contents are streamed, in and out; memory doesn't depend
 * on their size. Opening a spool lists its folder, about 200 bytes of memory for each record that waits.
 *
 * <p><b>Bounds.</b> A spool holds at most {@link Builder#maxRecords} records and {@link Builder#maxBytes} bytes. Beyond that
 * {@code accept} throws an {@link ArchiveException} with the remedy {@code RETRY}, for which an HTTP host answers 503.
 *
 * <p><b>Threading.</b> {@code accept} may be called by many threads at once, beside the pipeline; those that wait at the same
 * time share one force of the folder. A folder belongs to one spool of one process at a time, by a lock that dies with the
 * process. The pipeline closes the spool it was given; {@code accept} then throws.
 */
public final class SpoolSource implements SourceAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolSource.class);

    private final RecordParser parser;
    private final Storage storage;
    private final SpoolFolder folder;
    private final SpoolPublisher publisher;

    /**
     * Opens a spool with the default bounds. The folder is made if need be.
     *
     * @throws ArchiveException with the remedy {@code STOP} if another process, or another part of this one, has it
     * @throws IOException if the folder can't be used
     */
    public SpoolSource(Path folder, RecordParser parser) throws IOException {
        this(builder(folder, parser));
    }

    private SpoolSource(Builder builder) throws IOException {
        parser = builder.parser;
        storage = builder.storage;
        folder = SpoolFolder.open(builder.folder, storage, builder.maxRecords, builder.maxBytes);
        publisher = new SpoolPublisher(folder, storage);
    }

    /** Starts from the defaults. */
    public static Builder builder(Path folder, RecordParser parser) {
        return new Builder(folder, parser);
    }

    /**
     * Stores a record. Each of its contents is opened once, the record's bytes first, then the parts in order, so that a
     * request's body of known length can be passed on as it comes.
     *
     * @param record what was received. Its locator isn't kept
     * @return the record's locator from now on, {@code spool:<number>}, for the host's log
     * @throws ArchiveException with the remedy {@code RETRY} if the spool is full
     * @throws IOException if the record isn't known to be stored: a content failed, or gave another number of bytes than it
     *     declares, or the disk failed, or the spool is closed. After a failed force of the folder no record is accepted
     *     until the spool has been opened again
     * @throws IllegalArgumentException if the record can never be stored: it is larger than {@link Builder#maxBytes}, or the
     *     media type or a name is over 65,535 bytes, or all names are over 1 MiB
     */
    public String accept(RawRecord record) throws IOException {
        return locator(publisher.publish(new SpoolFile(record)));
    }

    /** How many records wait to be archived, those being accepted included. */
    public long waiting() {
        return folder.records();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ArchiveException with the remedy {@code STOP} if the checkpoint is beyond what this folder has ever given
     * @throws IOException if a file can't be read, or somebody has removed it
     */
    @Override
    public SourcePage read(Checkpoint after, int maxRecords) throws IOException, InterruptedException {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords must be at least 1");
        }
        long reached = requireGiven(after);
        long acknowledged = folder.acknowledged();
        if (reached < acknowledged) {
            LOG.warn("spool: records {} to {} have been acknowledged and are gone", reached + 1, acknowledged);
        }
        long end = publisher.durable();
        long number = Math.max(reached, acknowledged);
        List<RawRecord> records = new ArrayList<>();
        Checkpoint next = after;
        try {
            while (number < end && records.size() < maxRecords) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while reading");
                }
                long gap = folder.endOfGap(number + 1);
                if (gap > number) {
                    number = Math.min(gap, end);
                } else {
                    number++;
                    records.add(SpoolFile.read(storage, folder.record(number), locator(number)));
                    next = new Checkpoint(Long.toString(number));
                }
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted(); // the exception takes its place
            InterruptedException interrupted = new InterruptedException("interrupted while reading");
            interrupted.initCause(e);
            throw interrupted;
        }
        return SourcePage.of(records, next, number < end);
    }

    /** {@inheritDoc} A spool file that the disk has damaged is held with all its bytes. */
    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        if (record.mediaType().equals(SpoolFile.DAMAGED)) {
            throw new RecordException("the spool file is damaged: its head doesn't fit its content");
        }
        return parser.parse(record);
    }

    @Override
    public void acknowledge(Checkpoint upTo) throws IOException {
        folder.acknowledge(requireGiven(upTo));
    }

    private long requireGiven(Checkpoint checkpoint) {
        long number = checkpoint.equals(Checkpoint.START) ? 0 : Long.parseLong(checkpoint.value());
        long given = publisher.durable();
        if (number > given) {
            throw ArchiveException.stop(
                    "the spool has given numbers up to " + given + " only, but " + number
                            + " has been archived: its folder was replaced. Put the old one back, or give the connector"
                            + " another name",
                    null);
        }
        return number;
    }

    /** Gives the folder free. Waits for a record that is being published. A second call does nothing. */
    @Override
    public void close() {
        publisher.close(folder::close);
    }

    private static String locator(long number) {
        return "spool:" + number;
    }

    /** Options of a {@link SpoolSource}. Not thread-safe. */
    public static final class Builder {
        private final Path folder;
        private final RecordParser parser;
        private Storage storage = new DiskStorage();
        private long maxRecords = 1_000_000;
        private long maxBytes = 10_737_418_240L;

        private Builder(Path folder, RecordParser parser) {
            this.folder = folder.toAbsolutePath().normalize();
            this.parser = Objects.requireNonNull(parser, "parser");
        }

        /** Where the folder lies. Default: the disk. */
        public Builder storage(Storage value) {
            storage = Objects.requireNonNull(value, "value");
            return this;
        }

        /** How many records may wait. Default 1,000,000; at least 1. */
        public Builder maxRecords(long value) {
            maxRecords = value;
            return this;
        }

        /** How many bytes may wait, parts included. Default 10,737,418,240 (10 GiB); at least 1. */
        public Builder maxBytes(long value) {
            maxBytes = value;
            return this;
        }

        /**
         * Opens the spool.
         *
         * @throws IllegalStateException naming every option that is out of its bounds
         * @throws ArchiveException with the remedy {@code STOP} if another process, or another part of this one, has it
         * @throws IOException if the folder can't be used
         */
        public SpoolSource build() throws IOException {
            List<String> problems = new ArrayList<>();
            if (maxRecords < 1) {
                problems.add("maxRecords must be at least 1");
            }
            if (maxBytes < 1) {
                problems.add("maxBytes must be at least 1");
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("spool: " + String.join("; ", problems));
            }
            return new SpoolSource(this);
        }
    }
}
