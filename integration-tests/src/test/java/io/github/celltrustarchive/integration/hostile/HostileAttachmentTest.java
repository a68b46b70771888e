// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.NEIGHBOUR;
import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.celltrustarchive.integration.ReadEmail.File;
import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names that are paths, types that are structure, sizes and digests that are wrong. */
class HostileAttachmentTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../canary",
                "/etc/canary",
                "C:\\canary",
                "\\\\host\\canary",
                "a/canary",
                "canary\u0000.txt",
                "canary. ",
                "CON",
                "aux.canary",
                "canary:stream",
                "gpj.\u202ecanary",
                "",
                "..",
                "canary\r\nX-Evil: 1"
            })
    void aFileNameIsNeverAPathOrAHeader(String name) throws Exception {
        HostilePipeline pipeline = new HostilePipeline(folder);
        Result result = pipeline.line(attached("\"name\":" + TextNode.valueOf(name) + ",\"data\":\"AAEC\""))
                .run();

        assertThat(pipeline.paths()).noneMatch(path -> path.contains("canary"));
        File file = files(result).get(0);
        assertThat(file.name())
                .isNotBlank()
                .doesNotContainPattern("[/\\\\:\\p{Cntrl}\u202e]|[. ]$")
                .doesNotMatch("(?i)(con|aux)(\\..*)?");
    }

    @Test
    void aLongNameKeepsItsExtensionAndEqualNamesStayTwoFiles() throws Exception {
        String name = "\"name\":\"" + "n".repeat(300) + ".pdf\",\"data\":\"AAEC\"";
        Result result =
                new HostilePipeline(folder).line(attached(name + "},{" + name)).run();

        assertThat(files(result))
                .extracting(File::name)
                .hasSize(2)
                .allMatch(n -> n.length() == 100 && n.endsWith(".pdf"));
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png",
        "text/html, text/html",
        "message/rfc822, application/octet-stream",
        "multipart/mixed, application/octet-stream",
        "a/b/c, application/octet-stream",
        "'image/png\r\nX-Evil: 1', application/octet-stream",
        "'', application/octet-stream"
    })
    void aTypeIsKeptOnlyIfItIsOneAndNoStructure(String declared, String type) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(attached("\"name\":\"x\",\"type\":" + TextNode.valueOf(declared) + ",\"data\":\"TVo=\""))
                .run();

        assertThat(files(result)).extracting(File::type).containsExactly(type);
    }

    @Test
    void noBytesAreAFile() throws Exception {
        assertThat(files(new HostilePipeline(folder)
                        .line(attached("\"name\":\"x\",\"data\":\"\""))
                        .run()))
                .extracting(File::sha256)
                .containsExactly("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"data\":\"AAEC\",\"size\":4",
                "\"data\":\"AAEC\",\"sha256\":\"00\"",
                "\"data\":\"!\"",
                "\"file\":\"gone.png\"",
                "\"file\":\"../export.jsonl\"",
                "\"file\":\"/etc/passwd\"",
                "\"name\":\"x\""
            })
    void whatIsNotAsDeclaredIsHeldAndNeverSilentlyLeftOut(String attachment) throws Exception {
        Result result = new HostilePipeline(folder)
                .line(attached(attachment))
                .line(NEIGHBOUR)
                .run();

        assertThat(result.totals().held()).isEqualTo(1);
        assertThat(result.header("X-CellTrust-Message-Id")).containsExactly("neighbour");
    }

    private static String attached(String attachment) {
        return record("x", "\"attachments\":[{" + attachment + "}]");
    }

    private static List<File> files(Result result) {
        return result.emails().get(0).files();
    }
}
