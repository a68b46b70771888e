// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import java.time.ZoneOffset;
import java.util.Map;

/** Any bytes are an item that becomes a sound email, or a {@code RecordException}. */
class JsonRecordFuzzTest {

    private final JsonRecordParser parser =
            JsonRecordParser.builder().zone(ZoneOffset.ofHours(-5)).build();

    @FuzzTest(maxDuration = "5m")
    void anyBytesAreAnItemOrARecordException(byte[] bytes) throws Exception {
        Content content = Content.of(bytes);
        RecordFuzz.check(parser, new RawRecord("application/json", content, Map.of("a.txt", content), "fuzz:1"));
    }
}
