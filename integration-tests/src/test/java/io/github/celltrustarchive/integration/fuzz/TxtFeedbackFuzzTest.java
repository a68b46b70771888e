// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.TxtFeedbackParser;
import java.time.ZoneOffset;
import java.util.List;

/** Any push, as form, multipart form or XML, is an item that becomes a sound email, or a {@code RecordException}. */
class TxtFeedbackFuzzTest {

    private static final List<String> TYPES = List.of(
            "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/xml", "application/xml");

    private final TxtFeedbackParser parser =
            TxtFeedbackParser.builder().zone(ZoneOffset.ofHours(-5)).build();

    @FuzzTest(maxDuration = "5m")
    void anyPushIsAnItemOrARecordException(byte[] bytes) throws Exception {
        for (String type : TYPES) {
            RecordFuzz.check(parser, new RawRecord(type, Content.of(bytes), "fuzz:1"));
        }
    }
}
