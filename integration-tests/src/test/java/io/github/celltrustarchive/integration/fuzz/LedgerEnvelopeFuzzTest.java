// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.SourceItem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Whatever an envelope and a checkpoint hold, they come back from the ledger to the last character. */
class LedgerEnvelopeFuzzTest {

    private final FuzzLedger ledger = new FuzzLedger();

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @FuzzTest(maxDuration = "5m")
    void anyEnvelopeAndCheckpointComeBack(FuzzedDataProvider data) {
        SourceItem item = new FuzzData(data).item();
        List<AttachmentSummary> attachments = item.attachments().stream()
                .map(a -> new AttachmentSummary(
                        a.fileName(), a.mediaType(), data.consumeLong(), "0".repeat(64), data.consumeBoolean()))
                .toList();
        String messageId = data.consumeBoolean() ? data.consumeString(50) : null;
        Envelope envelope = Envelope.of(ledger.newKey(), item, messageId, data.consumeString(200), attachments);

        assertThat(ledger.storeAndRead(envelope)).isEqualTo(envelope);

        Checkpoint checkpoint = new Checkpoint("to " + data.consumeRemainingAsString());
        assertThat(ledger.moveAndRead(checkpoint)).isEqualTo(checkpoint);
    }
}
