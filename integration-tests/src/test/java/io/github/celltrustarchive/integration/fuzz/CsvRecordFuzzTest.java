// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static io.github.celltrustarchive.source.CsvValue.column;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.CsvParticipant;
import io.github.celltrustarchive.source.CsvRecordParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Any row, below a good header or anything, is an item that becomes a sound email, or a {@code RecordException}. */
class CsvRecordFuzzTest {

    private static final byte[] HEADER = "i,k,t,f,n,r,x,p\r\n".getBytes(StandardCharsets.US_ASCII);

    private final CsvRecordParser parser = CsvRecordParser.builder()
            .id(column("i"))
            .kind(column("k"))
            .sent(column("t"))
            .from(CsvParticipant.ofPhone(column("f")).withName(column("n")))
            .to(CsvParticipant.ofPhone(column("r")).separatedBy(";"))
            .text(column("x"))
            .property("carrier", column("p"))
            .build();

    @FuzzTest(maxDuration = "5m")
    void anyRowIsAnItemOrARecordException(byte[] bytes) throws Exception {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        row.writeBytes(HEADER);
        row.writeBytes(bytes);
        check(row.toByteArray());
        check(bytes);
    }

    private void check(byte[] record) throws Exception {
        RecordFuzz.check(parser, new RawRecord(CsvRecordParser.MEDIA_TYPE, Content.of(record), "fuzz:1"));
    }
}
