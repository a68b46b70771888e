// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.engine.EngineFixture;
import io.github.celltrustarchive.integration.engine.Records;
import io.github.celltrustarchive.model.RunCounts;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink with the manners of IMAP can take batches, and a lost answer leaves no message missing or twice. */
class BatchingSinkSpikeTest {

    @TempDir
    Path folder;

    private RunCounts archive25(BatchingSink sink) throws Exception {
        EngineFixture world = new EngineFixture(folder);
        for (int i = 0; i < 25; i++) {
            world.records(Records.sms("m-" + i, "hello " + i, "ann", "zoe@elsewhere.example"));
        }
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            return pipeline.run().counts();
        }
    }

    @Test
    @DisplayName("deliveries of one mailbox come in batches of the size the sink asks for")
    void deliveriesComeInBatches() throws Exception {
        BatchingSink sink = new BatchingSink();

        RunCounts counts = archive25(sink);

        assertThat(counts).isEqualTo(new RunCounts(25, 25, 25, 0, 0, 0, 0));
        assertThat(sink.batchSizes).containsExactly(10, 10, 5);
    }

    @Test
    @DisplayName("a batch whose answer was lost is found, message by message, and not appended again")
    void aLostAnswerOfABatchIsNoDuplicate() throws Exception {
        BatchingSink sink = new BatchingSink();
        sink.loseNextAnswer = true;

        RunCounts counts = archive25(sink);

        assertThat(counts.imported()).isEqualTo(25);
        assertThat(sink.mailboxes.values())
                .singleElement()
                .satisfies(folderOfAnn -> assertThat(folderOfAnn).hasSize(25).doesNotHaveDuplicates());
        assertThat(sink.batchSizes).containsExactly(10, 10, 5);
    }

    @Test
    @DisplayName("a batch that was lost on the way is appended again after the settle time")
    void aLostBatchIsAppendedAgain() throws Exception {
        BatchingSink sink = new BatchingSink();
        sink.dropNextCommand = true;

        RunCounts counts = archive25(sink);

        assertThat(counts.imported()).isEqualTo(25);
        assertThat(sink.mailboxes.values())
                .singleElement()
                .satisfies(folderOfAnn -> assertThat(folderOfAnn).hasSize(25).doesNotHaveDuplicates());
    }
}
