// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.RecordException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Any bytes are an item that becomes a sound email, or a {@link RecordException}. */
class JsonRecordFuzzTest {

    private final JsonRecordParser parser =
            JsonRecordParser.builder().zone(ZoneOffset.ofHours(-5)).build();

    @FuzzTest(maxDuration = "5m")
    void anyBytesAreAnItemOrARecordException(byte[] bytes) throws Exception {
        RawRecord record =
                new RawRecord("application/json", Content.of(bytes), Map.of("a.txt", Content.of(bytes)), "fuzz:1");
        Optional<SourceItem> item = parse(record);
        Optional<SourceItem> again = parse(record);
        assertThat(again.isPresent()).isEqualTo(item.isPresent());
        if (item.isPresent()) {
            String connector = SoundEmail.PROFILE.name();
            assertThat(ItemKey.of(connector, again.get())).isEqualTo(ItemKey.of(connector, item.get()));
            Optional<byte[]> eml = SoundEmail.of(item.get(), record);
            if (eml.isPresent()) {
                SoundEmail.checkStructure(item.get(), eml.get());
            }
        }
    }

    private Optional<SourceItem> parse(RawRecord record) throws IOException {
        try {
            return Optional.of(parser.parse(record));
        } catch (RecordException e) {
            assertThat(e).hasNoCause(); // a cause may quote the record
            return Optional.empty();
        }
    }
}
