// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.testkit.contract.RecordParserContract;
import java.util.List;

class Merge1EmlParserContractTest extends RecordParserContract {

    @Override
    protected RecordParser parser() {
        return Merge1EmlParser.of(Emails.PROFILE);
    }

    @Override
    protected List<RawRecord> records() {
        String first = Emails.withPicture("Hi", "one").replace("Date:", "X-CellTrust-Message-Id: Id 7\r\nDate:");
        String second = Emails.email("Ho").replace("Date:", "x-celltrust-message-id: b\r\nDate:");
        String bad = Emails.email("Hi").replaceFirst("Date: .*\r\n", "Date: " + MARKER + "\r\n");
        return List.of(Emails.record(first), Emails.record(second), Emails.record(bad));
    }

    @Override
    protected List<String> sourceIds() {
        return List.of("Id 7", "b");
    }

    @Override
    protected int badRecords() {
        return 1;
    }
}
