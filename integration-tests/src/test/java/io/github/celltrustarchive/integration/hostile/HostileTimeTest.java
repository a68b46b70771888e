// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.NEIGHBOUR;
import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that don't exist, have no zone, or lie where no email can. */
class HostileTimeTest {

    private static final String SENT = "\"2026-03-01T10:15:30Z\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "\"2023-02-30T00:00:00Z\"",
                "\"0000-01-01T00:00:00Z\"",
                "\"1899-12-31T23:59:59Z\"",
                "\"10000-01-01T00:00:00Z\"",
                "\"+1000000000-01-01T00:00:00Z\"",
                "\"2026-03-01T24:00:00Z\"",
                "\"2026-03-01T10:15:30+19:00\"",
                "\"2026-03-01T10:15:30\"",
                "\"2026-03-01T10:15:60Z\"",
                "1772360130",
                "1772360130000",
                "\"1772360130\"",
                "\"01/03/2026 10:15\"",
                "\"2026-03-01\u00a010:15:30Z\"",
                "\"2026-03-0110:15:30Z\"",
                "\"2026-03-01T10:15:30Z.\"",
                "\"Sun, 1 Mar 2026 10:15:30 +0000\""
            })
    void aTimeThatCannotBeSaidForSureIsHeldAndNeverGuessed(String sent) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"\"").replace(SENT, sent))
                .line(NEIGHBOUR)
                .run();

        assertThat(result.totals().held()).isEqualTo(1);
        assertThat(result.header("X-CellTrust-Message-Id")).containsExactly("neighbour");
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 'Thu, 01 Jan 1970 00:00:00 +0000'",
        "1900-01-01T00:00:00Z, 'Mon, 01 Jan 1900 00:00:00 +0000'",
        "9999-12-31T23:59:59Z, 'Fri, 31 Dec 9999 23:59:59 +0000'",
        "2016-12-31T23:59:60Z, 'Sat, 31 Dec 2016 23:59:59 +0000'",
        "2026-03-01T10:15:30+18:00, 'Sat, 28 Feb 2026 16:15:30 +0000'"
    })
    void aValidTimeIsKept(String sent, String date) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"\"").replace(SENT, "\"" + sent + "\""))
                .run();

        assertThat(result.header("Date")).containsExactly(date);
    }
}
