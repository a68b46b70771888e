// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of failed items, which come from outside, in reports and logs. */
class OutputChannelTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1+1",
                "-1+1",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\u0000=1",
                " =1",
                "\"=1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff201",
                "\u200b=1",
                "\u00a0=1"
            })
    void noCellOfTheStatusLogIsAFormula(String id) throws Exception {
        Result result = new HostilePipeline(folder).line(failing(id)).run();

        assertThat(result.report().counts().failed()).isEqualTo(1);
        for (String row : result.csv().split("\r\n", -1)) {
            for (String cell : row.split(",", -1)) {
                assertThat(cell.replaceFirst("^[\"\\s\\p{Z}\\p{Cf}]*", ""))
                        .doesNotMatch("(?s)[=+@\uff1d\uff0b\uff0d\uff20\\p{Cntrl}].*|-\\D.*");
            }
        }
        assertThat(result.csv()).contains("'");
    }

    @Test
    void markupOfAnIdIsTextInTheHtmlReport() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(failing("<script>alert('x')</script>"))
                .run();

        assertThat(result.html()).contains("&lt;script&gt;alert").doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\r\nERROR forged", "\u001b[2J", "${jndi:ldap://x.example/a}", "\u2028forged", "\u0085forged"})
    void anIdIsOneLineOfTheStatusLogWithoutControls(String id) throws Exception {
        String plain = new HostilePipeline(Files.createDirectory(folder.resolve("a")))
                .line(failing("plain"))
                .run()
                .csv();
        String hostile = new HostilePipeline(Files.createDirectory(folder.resolve("b")))
                .line(failing(id))
                .run()
                .csv();

        assertThat(hostile.split("\r\n|[\n\r\u0085\u2028\u2029]", -1)).hasSameSizeAs(plain.split("\r\n", -1));
        assertThat(hostile.replace("\r\n", "")).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void oneEventIsOneLogLineWithoutControlsOrContent() throws Exception {
        String canary = "LogCanary";
        new HostilePipeline(folder)
                .line(failing(canary + "\r\nERROR forged\u001b[31m"))
                .line("{\"id\":\"" + canary + "\\r\\n\",")
                .run();

        String log = System.getProperty("org.slf4j.simpleLogger.logFile");
        Assumptions.assumeTrue(log != null, "run by Maven, which has all logs written to a file");
        assertThat(Files.readString(Path.of(log))).doesNotContain(canary, "ERROR forged", "\u001b", "\u0000");
    }

    /** An item for somebody without a mailbox, who is told in the status log. */
    private static String failing(String id) {
        return record("x", "\"text\":\"\"")
                .replace("\"x\"", TextNode.valueOf(id).toString());
    }
}
