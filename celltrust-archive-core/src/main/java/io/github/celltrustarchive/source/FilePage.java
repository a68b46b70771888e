// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page while it is being filled, and then. It keeps unpacked files open that its records read. */
final class FilePage implements SourcePage {

    private static final int MAX_UNPACKED = 4;

    private final int maxRecords;
    private final List<RawRecord> records = new ArrayList<>();
    private final List<UnpackedExport> unpacked = new ArrayList<>();
    private int recordsBefore;
    private int unpackedBefore;
    private @Nullable Exception trouble;
    private Checkpoint next = Checkpoint.START;

    FilePage(int maxRecords) {
        this.maxRecords = maxRecords;
    }

    /** A file begins. */
    void begin() {
        recordsBefore = records.size();
        unpackedBefore = unpacked.size();
    }

    /** Takes back what the file gave that began last. */
    void rollBack() throws IOException {
        records.subList(recordsBefore, records.size()).clear();
        for (UnpackedExport file : unpacked.subList(unpackedBefore, unpacked.size())) {
            file.close();
        }
        unpacked.subList(unpackedBefore, unpacked.size()).clear();
    }

    void add(RawRecord record, ExportBytes from, Content line) {
        records.add(record);
        if (from instanceof UnpackedExport file && file.holds(line) && unpacked.size() == unpackedBefore) {
            unpacked.add(file.retain());
        }
    }

    /** Whether no more records fit in, or no more open files. */
    boolean isFull() {
        return records.size() >= maxRecords || unpacked.size() >= MAX_UNPACKED;
    }

    /** Something is wrong with a file. */
    void troubled(@Nullable Exception problem) {
        if (trouble == null) {
            trouble = problem;
        }
    }

    void throwTrouble() throws IOException {
        if (trouble instanceof ArchiveException e) {
            throw e;
        }
        if (trouble instanceof IOException e) {
            throw e;
        }
    }

    void next(Checkpoint checkpoint) {
        next = checkpoint;
    }

    @Override
    public List<RawRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public Checkpoint next() {
        return next;
    }

    /** {@inheritDoc} Also if something is wrong with a file: the next reading tells. */
    @Override
    public boolean more() {
        return isFull() || trouble != null;
    }

    @Override
    public void close() throws IOException {
        for (UnpackedExport file : unpacked) {
            file.close();
        }
        unpacked.clear();
    }
}
