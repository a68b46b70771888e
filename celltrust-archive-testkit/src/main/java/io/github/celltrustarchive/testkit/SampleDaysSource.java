// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives the records of {@link SampleDays} from any number on. */
final class SampleDaysSource implements SourceAdapter {

    private final SampleDays days;
    private final JsonRecordParser parser = JsonRecordParser.ofDefaults();
    private SampleRecords records;
    private long position;

    SampleDaysSource(SampleDays days) {
        this.days = days;
        this.records = days.iterator();
    }

    @Override
    public synchronized SourcePage read(Checkpoint after, int maxRecords) {
        long from = after.equals(Checkpoint.START) ? 0 : Long.parseLong(after.value());
        seek(from);
        List<RawRecord> page = new ArrayList<>();
        while (page.size() < maxRecords && records.hasNext()) {
            page.add(records.next().raw());
        }
        position = from + page.size();
        Checkpoint next = page.isEmpty() ? after : new Checkpoint(Long.toString(position));
        return SourcePage.of(page, next, records.hasNext());
    }

    private void seek(long from) {
        if (from < position) {
            records = days.iterator();
            position = 0;
        }
        for (; position < from; position++) {
            records.next();
        }
    }

    @Override
    public SourceItem parse(RawRecord record) throws IOException {
        return parser.parse(record);
    }
}
