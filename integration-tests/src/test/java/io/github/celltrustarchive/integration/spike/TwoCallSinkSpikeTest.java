// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.engine.EngineFixture;
import io.github.celltrustarchive.integration.engine.Records;
import io.github.celltrustarchive.integration.spike.TwoCallSink.Fault;
import io.github.celltrustarchive.integration.spike.TwoCallSink.Stored;
import io.github.celltrustarchive.model.RunCounts;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sink with the manners of Microsoft Graph can be written against the SPI, and nothing is half done at the end. */
class TwoCallSinkSpikeTest {

    @ParameterizedTest
    @EnumSource(Fault.class)
    @DisplayName("whichever of its two calls goes wrong, the message ends whole and once, with its structured fields")
    void whicheverCallGoesWrongTheMessageEndsWholeAndOnce(Fault fault, @TempDir Path folder) throws Exception {
        EngineFixture world = new EngineFixture(folder)
                .records(Records.mms("m-1", "look at this", "AAECAw==", "ann", "zoe@elsewhere.example"));
        TwoCallSink sink = new TwoCallSink();
        boolean ofCreate = fault == Fault.CREATE_REFUSED || fault == Fault.ANSWER_OF_CREATE_LOST;
        sink.script.addAll(ofCreate ? List.of(fault) : List.of(Fault.NONE, fault));

        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            assertThat(pipeline.run().counts()).isEqualTo(new RunCounts(1, 1, 1, 0, 0, 0, 0));
        }

        Collection<Stored> stored = sink.mailboxes.get("ann@example.com").values();
        assertThat(stored).singleElement().satisfies(message -> {
            assertThat(message.subject).startsWith("MMS from ");
            assertThat(message.body).startsWith("look at this");
            assertThat(message.attachments).containsOnlyKeys("photo.png");
            assertThat(message.attachments.get("photo.png")).containsExactly(0, 1, 2, 3);
        });
    }
}
