// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;

/** Any bytes in a drop folder are an item, the same each time, whose attachments are what it says; or a {@code RecordException}. */
class Merge1EmlFuzzTest {

    private final Merge1EmlParser parser = Merge1EmlParser.builder(SoundEmail.PROFILE)
            .receivedTimeForMissingDate(true)
            .build();

    @FuzzTest(maxDuration = "5m")
    void anyBytesAreAnItemOrARecordException(byte[] bytes) throws Exception {
        RawRecord record = new RawRecord(Merge1EmlParser.MEDIA_TYPE, Content.of(bytes), "fuzz:1");
        SourceItem item;
        try {
            item = parser.parse(record);
        } catch (RecordException e) {
            assertThat(e).hasNoCause(); // a cause may quote the record
            return;
        }
        String connector = SoundEmail.PROFILE.name();
        assertThat(ItemKey.of(connector, parser.parse(record))).isEqualTo(ItemKey.of(connector, item));
        for (Attachment attachment : item.attachments()) {
            DigestedContent said = DigestedContent.of(attachment.content());
            DigestedContent read = DigestedContent.of(said.content());
            assertThat(read.sha256()).isEqualTo(said.sha256());
            assertThat(read.crc32()).isEqualTo(said.crc32());
        }
    }
}
