// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import java.util.Optional;

/** Whatever an item's fields hold, an independent reader finds the header fields, text and files that were meant. */
class EmlFuzzTest {

    private static final RawRecord RAW = new RawRecord("application/json", Content.ofUtf8("{}"), "fuzz:1");

    @FuzzTest(maxDuration = "5m")
    void anyFieldsGiveTheEmailThatWasMeant(FuzzedDataProvider data) throws Exception {
        SourceItem item = new FuzzData(data).item();
        Optional<byte[]> eml = SoundEmail.of(item, RAW);
        if (eml.isPresent()) {
            SoundEmail.check(item, eml.get());
        }
    }
}
