// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.util.Optional;

/** What holds of any parser and any record: an item, the same each time, that becomes a sound email; or a RecordException. */
final class RecordFuzz {

    private RecordFuzz() {}

    static void check(RecordParser parser, RawRecord record) throws Exception {
        Optional<SourceItem> item = parse(parser, record);
        Optional<SourceItem> again = parse(parser, record);
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

    private static Optional<SourceItem> parse(RecordParser parser, RawRecord record) throws IOException {
        try {
            return Optional.of(parser.parse(record));
        } catch (RecordException e) {
            assertThat(e).hasNoCause(); // a cause may quote the record
            return Optional.empty();
        }
    }
}
