// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and addresses that are none, or more than one. */
class HostileAddressTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eve@bank.example,ann@bank.example",
                "<eve@bank.example>ann@bank.example",
                "=?utf-8?Q?eve?=@bank.example",
                "\"eve x\"@bank.example",
                "eve(c)@bank.example",
                "\u00e9ve@bank.example",
                "eve@bank.example.",
                "eve@b\u00e4nk.example",
                "victim@bank.example\r\nBcc: eve@bank.example",
                " eve@bank.example",
                "eve..x@bank.example",
                "eve@bank.example@bank.example"
            })
    void whatIsNoAddressAsAWholeIsNeverSplitOrRepaired(String email) throws Exception {
        HostilePipeline pipeline = new HostilePipeline(folder);
        Result result =
                pipeline.line(to("{\"email\":" + TextNode.valueOf(email) + "}")).run();

        assertThat(result.emls()).hasSize(1); // Ann's
        assertThat(result.report().counts().failed()).isEqualTo(1);
        assertThat(result.header("To").get(0)).matches("(?s).*\\|id-[0-9a-f]{20}@sms\\.celltrust\\.invalid");
        assertThat(result.header("Bcc")).isEmpty();
        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
    }

    @Test
    void anAddressOf300CharactersIsNoAddress() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(to("{\"email\":\"a@" + "b".repeat(60).concat(".").repeat(5) + "bank.example\"}"))
                .run();

        assertThat(result.header("X-CellTrust-Note")).hasSize(1);
        assertThat(result.report().counts().failed()).isEqualTo(1);
    }

    @Test
    void anAddressTwiceOrInAnotherCaseIsOneEmail() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(to("{\"email\":\"ANN@Bank.example\"},{\"email\":\"ann@bank.example\"}"))
                .run();

        assertThat(result.emls()).hasSize(1);
        assertThat(result.report().counts().failed()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'+1 (202) 555-0100', 12025550100",
        "12345, 12345",
        "BANK, id",
        "+, id",
        "'tel:+12025550100;ext=5', id",
        "1111111111111111111111111111111111111111, id",
        "\u0661\u0662\u0663, id",
        "unknown, id",
        "'=HYPERLINK(\"http://x.example\")', id"
    })
    void aNumberIsKeptAsTextBehindAStandInAddress(String phone, String standIn) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(to("{\"phone\":" + TextNode.valueOf(phone) + "}"))
                .run();

        List<String> to = result.header("To");
        assertThat(to.get(0).replaceAll("id-[0-9a-f]{20}", "id"))
                .isEqualTo(phone + "|" + standIn + "@sms.celltrust.invalid");
        assertThat(result.header("X-CellTrust-Recipient-Numbers")).containsExactly(phone);
    }

    private static String to(String people) {
        return record("x", "\"text\":\"\"").replace("{\"name\":\"Bob Ray\",\"phone\":\"+12025550100\"}", people);
    }
}
