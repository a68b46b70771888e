// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A source that is a list. Its checkpoint is the number of records read. Records can be added at any time, by any thread;
 * none is ever deleted.
 */
public final class InMemorySource implements SourceAdapter {

    private final RecordParser parser;
    private final List<RawRecord> records;
    private final List<Checkpoint> acknowledged = new ArrayList<>();

    /** A source of these records in a format that this parser knows. */
    public InMemorySource(List<RawRecord> records, RecordParser parser) {
        this.records = new ArrayList<>(records);
        this.parser = Objects.requireNonNull(parser, "parser");
    }

    /** One more record, at the end. */
    public synchronized void add(RawRecord record) {
        records.add(Objects.requireNonNull(record, "record"));
    }

    @Override
    public synchronized SourcePage read(Checkpoint after, int maxRecords) {
        int from = after.equals(Checkpoint.START) ? 0 : Integer.parseInt(after.value());
        int to = Math.min(records.size(), from + maxRecords);
        Checkpoint next = to == from ? after : new Checkpoint(Integer.toString(to));
        return SourcePage.of(records.subList(from, to), next, to < records.size());
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }

    @Override
    public synchronized void acknowledge(Checkpoint upTo) {
        acknowledged.add(upTo);
    }

    /** What was acknowledged, in order, repetitions included. */
    public synchronized List<Checkpoint> acknowledged() {
        return List.copyOf(acknowledged);
    }
}
