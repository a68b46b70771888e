// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.io.DigestingOutputStream;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Goes the way of a run as far as nothing is written: reads, parses, recognises, converts and maps. */
public final class Preview {

    private static final int MAX_EMPTY_PAGES = 100;

    private final Parts parts;
    private final Options options;
    private final BooleanSupplier stopRequested;
    private final ItemConversion conversion;
    private final PreviewTally tally;
    private final PreviewMapping mapping;
    private final Set<ItemKey> seen = new HashSet<>();

    /** A preview over these parts. Used once. */
    public Preview(Parts parts, Options options, BooleanSupplier stopRequested) {
        this.parts = parts;
        this.options = options;
        this.stopRequested = stopRequested;
        this.conversion = new ItemConversion(parts, options);
        this.tally = new PreviewTally();
        this.mapping = new PreviewMapping(parts, tally);
    }

    /** What a run would do with at most so many records. */
    public PreviewReport look(int maxRecords) throws InterruptedException {
        boolean more = true;
        try {
            more = read(maxRecords);
        } catch (IOException e) {
            tally.problem("the source can't be read now: " + Faults.typeOf(e));
        } catch (ArchiveException e) {
            if (e.remedy() != ArchiveException.Remedy.RETRY) {
                throw e;
            }
            tally.problem("the source can't be read now: " + e.getMessage());
        }
        return tally.report(parts.profile().name(), more);
    }

    /** Whether the source has more. */
    private boolean read(int maxRecords) throws IOException, InterruptedException {
        Checkpoint after = parts.ledger().checkpoint(parts.profile().name());
        boolean more = true;
        int empty = 0;
        while (more && tally.records() < maxRecords && !stopRequested.getAsBoolean()) {
            int left = (int) Math.min(options.pageSize(), maxRecords - tally.records());
            try (SourcePage page = CollectLoop.readPage(parts, after, left)) {
                List<RawRecord> records = page.records();
                boolean cut = records.size() > maxRecords - tally.records();
                look(cut ? records.subList(0, (int) (maxRecords - tally.records())) : records);
                more = page.more() || cut;
                empty = page.next().equals(after) ? empty + 1 : 0;
                after = page.next();
            }
            if (more && empty > MAX_EMPTY_PAGES) {
                throw new IOException("the source says it has more but gave " + empty + " empty pages in a row");
            }
        }
        return more;
    }

    private void look(List<RawRecord> records) throws IOException, InterruptedException {
        List<RecordReading> readings = new ArrayList<>(records.size());
        for (RawRecord record : records) {
            readings.add(RecordReading.of(parts.profile().name(), parts.requireSource(), record));
        }
        List<Sighting> sightings = parts.ledger()
                .sightings(
                        parts.profile().name(),
                        readings.stream().map(RecordReading::identity).toList());
        long heldBefore = tally.held();
        long freshBefore = tally.fresh();
        for (int i = 0; i < readings.size(); i++) {
            RecordReading reading = readings.get(i);
            tally.record();
            if (sightings.get(i).known() || !seen.add(reading.identity().key())) {
                tally.replayed();
            } else {
                look(conversion.convert(reading, sightings.get(i).revision()));
            }
        }
        checkSkipLimit(tally.held() - heldBefore, tally.fresh() - freshBefore);
    }

    /** As {@link SkipCheck} does, page by page and altogether. */
    private void checkSkipLimit(long held, long fresh) {
        boolean page = options.skipLimit().isExceeded(held, fresh);
        if (page || (held > 0 && options.skipLimit().isExceeded(tally.held(), tally.fresh()))) {
            tally.problem("a run would stop: more records can't be understood than the skip limit of "
                    + options.skipLimit().records() + " records and "
                    + options.skipLimit().percent()
                    + " percent allows");
        }
    }

    private void look(PageEntry converted) throws IOException, InterruptedException {
        DigestingOutputStream counting = new DigestingOutputStream(OutputStream.nullOutputStream());
        PageEntry entry = converted.message() == null ? converted : written(converted, counting);
        if (entry.message() == null) {
            tally.without(entry);
            return;
        }
        Envelope envelope = entry.requireMessage().envelope();
        boolean tooLarge =
                parts.sink() != null && counting.size() > parts.sink().traits().maxMessageBytes();
        tally.message(envelope, counting.size(), tooLarge);
        mapping.map(envelope);
    }

    /** The entry, held if its message can't be written. */
    private static PageEntry written(PageEntry entry, OutputStream to) throws IOException {
        try {
            entry.requireMessage().eml().writeTo(to);
            return entry;
        } catch (ArchiveException e) {
            return entry.heldFor(Faults.heldReason(e));
        } catch (RuntimeException | StackOverflowError e) {
            return entry.heldFor(Faults.heldReason("the converter", e));
        } catch (OutOfMemoryError e) {
            throw Faults.outOfMemory("converting", entry.raw(), e);
        }
    }
}
