// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.InMemorySource;
import java.util.ArrayList;
import java.util.List;

/** The test kit's own source keeps the rules of sources. */
class InMemorySourceContractTest extends OwnFormatContract {

    private final List<RawRecord> records = new ArrayList<>();
    private final List<InMemorySource> opened = new ArrayList<>();

    InMemorySourceContractTest() {
        ExportLines.all().forEach(this::record);
    }

    @Override
    protected SourceAdapter open() {
        opened.add(new InMemorySource(records, JsonRecordParser.ofDefaults()));
        return opened.get(opened.size() - 1);
    }

    @Override
    protected void addRecord() {
        RawRecord added = record(ExportLines.oneMore());
        opened.forEach(source -> source.add(added));
    }

    private RawRecord record(String line) {
        RawRecord record = new RawRecord("application/json", Content.ofUtf8(line), "record-" + records.size());
        records.add(record);
        return record;
    }
}
