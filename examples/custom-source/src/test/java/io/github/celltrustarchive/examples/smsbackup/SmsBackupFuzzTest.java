// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.RecordException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;

class SmsBackupFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyFileIsRefusedOrCutIntoPiecesOfItselfThatAreItemsOrHeld(byte[] file) throws Exception {
        MessageParser parser = new MessageParser(Backup.OWNER, true);
        MessageIds ids = new MessageIds(Backup.OWNER);
        try {
            new BackupScanner(new ByteArrayInputStream(file), "fuzz.xml", 1 << 20).scan((offset, record) -> {
                int start = (int) offset;
                assertThat(Arrays.copyOfRange(file, start, start + record.length))
                        .isEqualTo(record);
                parse(parser, new RawRecord("application/xml", Content.of(record), ids.next(record)));
            });
        } catch (BackupRefusedException e) {
            assertThat(e).hasMessageStartingWith("fuzz.xml ");
        }
    }

    private static void parse(MessageParser parser, RawRecord record) throws IOException {
        try {
            assertThat(parser.parse(record).sourceId()).isEqualTo(record.locator());
        } catch (RecordException e) {
            assertThat(e.getMessage()).isNotEmpty(); // held: the one other outcome
        }
    }
}
