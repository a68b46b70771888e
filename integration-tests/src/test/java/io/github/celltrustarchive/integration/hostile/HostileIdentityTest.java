// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static io.github.celltrustarchive.integration.hostile.HostilePipeline.NEIGHBOUR;
import static io.github.celltrustarchive.integration.hostile.HostilePipeline.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.hostile.HostilePipeline.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that repeat, contradict each other, or look like something else. */
class HostileIdentityTest {

    @TempDir
    Path folder;

    @Test
    void theSameRecordAgainHasNoEffect() throws Exception {
        assertThat(new HostilePipeline(folder)
                        .line(NEIGHBOUR)
                        .line(NEIGHBOUR)
                        .run()
                        .emls())
                .hasSize(1);
    }

    @Test
    void theSameIdWithOtherContentIsArchivedToo() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"first\""))
                .line(record("x", "\"text\":\"second\""))
                .run();

        assertThat(result.emails()).extracting("text").containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void otherIdsWithTheSameContentAreBothArchived() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"same\""))
                .line(record("y", "\"text\":\"same\""))
                .run();

        assertThat(result.emls()).hasSize(2);
    }

    @Test
    void idsThatAreEqualOnlyAfterFoldingOrNormalisationStayApart() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("K", "\"text\":\"\""))
                .line(record("\u212a", "\"text\":\"\""))
                .line(record("k", "\"text\":\"\""))
                .line(record("\u0130", "\"text\":\"\""))
                .line(record("i", "\"text\":\"\""))
                .line(record("\u00e9", "\"text\":\"\""))
                .line(record("e\u0301", "\"text\":\"\""))
                .run();

        assertThat(result.emls()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1E3", "\"007\"", "9007199254740993", "-0", "\"../../x\"", "\"\u6f22/\u5b57\""})
    void anIdIsKeptAsItIsSpelled(String id) throws Exception {
        HostilePipeline pipeline = new HostilePipeline(folder);
        Result result =
                pipeline.line(record("x", "\"text\":\"\"").replace("\"x\"", id)).run();

        assertThat(result.header("X-CellTrust-Message-Id")).containsExactly(id.replace("\"", ""));
        assertThat(pipeline.paths()).noneMatch(path -> path.contains("..") || path.contains("\u6f22"));
    }

    @Test
    void aBlankLongOrControlCharacterIdIsData() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record(" ", "\"text\":\"blank\""))
                .line(record("i".repeat(10_000), "\"text\":\"long\""))
                .line(record("a\\r\\nBcc: x@y.example\\u0000", "\"text\":\"controls\""))
                .run();

        assertThat(result.emls()).hasSize(3);
        assertThat(result.header("Bcc")).isEmpty();
    }

    @Test
    void nanAndAnEmptyIdAreHeldAndAMissingOneIsItsPlace() throws Exception {
        Result result = new HostilePipeline(folder)
                .line(record("x", "\"text\":\"\"").replace("\"x\"", "NaN"))
                .line(record("", "\"text\":\"\""))
                .line(record("x", "\"text\":\"\"").replace("\"id\":\"x\",", ""))
                .run();

        assertThat(result.totals().held()).isEqualTo(2);
        assertThat(result.header("X-CellTrust-Message-Id")).containsExactly("export.jsonl:3");
    }
}
