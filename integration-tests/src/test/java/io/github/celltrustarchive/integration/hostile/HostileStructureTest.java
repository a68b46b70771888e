// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.NEIGHBOUR;
import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are broken as JSON or lack what is needed. */
class HostileStructureTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBrokenRecordIsHeldAndItsNeighboursAreArchived(String row, byte[] broken) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(NEIGHBOUR)
                .line(broken)
                .line(record("after", "\"text\":\"x\""))
                .run();

        assertThat(result.totals().held()).isEqualTo(1);
        assertThat(result.header("X-CellTrust-Message-Id")).containsExactlyInAnyOrder("neighbour", "after");
        assertThat(result.report().counts().addsUp()).isTrue();
    }

    static Stream<Arguments> aBrokenRecordIsHeldAndItsNeighboursAreArchived() {
        String deep = "[".repeat(100_000);
        return Stream.of(
                row("invalid JSON", "{\"id\":}"),
                row("trailing garbage", record("x", "\"text\":\"\"") + "x"),
                row("second document", record("x", "\"text\":\"\"") + "{}"),
                row("truncated", record("x", "\"text\":\"\"").substring(0, 60)),
                row("duplicate key", record("x", "\"text\":\"\",\"text\":\"\"")),
                row("duplicate key, escaped", record("x", "\"text\":\"\",\"te\\u0078t\":\"\"")),
                row("nesting of 100,000", record("x", "\"more\":" + deep)),
                row("property name of 1 MB", record("x", "\"" + "n".repeat(1_000_000) + "\":1")),
                row("number with 100,000 digits", record("x", "\"more\":" + "9".repeat(100_000))),
                row("not an object", "[1]"),
                row("wrong type", record("x", "\"text\":7")),
                row("required field missing", "{\"id\":\"x\",\"kind\":\"SMS\"}"),
                row("required field null", record("x", "\"text\":\"\"").replace("\"SMS\"", "null")),
                row("HTML error page", "<html><body>503</body></html>"),
                Arguments.of("invalid UTF-8", latin1(record("x", "\"text\":\"\u00ff\""))),
                Arguments.of("overlong UTF-8", latin1(record("x", "\"text\":\"\u00c0\u00af\""))),
                Arguments.of("UTF-16 body", record("x", "\"text\":\"\"").getBytes(StandardCharsets.UTF_16LE)));
    }

    @Test
    void aHugeExponentInAnUnknownFieldIsNeverComputed() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("exponent", "\"more\":1e1000000000"))
                .line(NEIGHBOUR)
                .run();

        assertThat(result.header("X-CellTrust-Message-Id")).containsExactlyInAnyOrder("exponent", "neighbour");
    }

    @Test
    void unknownFieldsAreNoError() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"future\":{\"a\":[1,null]}"))
                .run();

        assertThat(result.header("X-CellTrust-Message-Id")).containsExactly("x");
    }

    @Test
    void aByteOrderMarkIsSkipped() throws Exception {
        assertThat(new HostilePipeline(folder).line("\ufeff" + NEIGHBOUR).run().emls())
                .hasSize(1);
    }

    private static Arguments row(String name, String record) {
        return Arguments.of(name, record.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] latin1(String record) {
        return record.getBytes(StandardCharsets.ISO_8859_1);
    }
}
