// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** How a source is read, and how far. */
class CollectTest {

    private final ScriptedSink sink = new ScriptedSink();
    private final ScriptedSource source = new ScriptedSource();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    private RunReport run() throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).source(source).build()) {
            return pipeline.run();
        }
    }

    @Test
    @DisplayName(
            "invariant 6: an empty page, a failed read and a short page are not the end; only the source's word is")
    void onlyTheSourcesWordIsTheEnd() throws Exception {
        source.page("1", true, sms("m-1", "one", "ann", "bob"))
                .answer(after -> SourcePage.of(List.of(), after, true))
                .answer(after -> {
                    throw new IOException("connection reset");
                })
                .page("1+", true)
                .page("2", false, sms("m-2", "two", "ann", "bob"));

        RunReport report = run();

        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2");
        assertThat(source.reads).containsExactly("", "1", "1", "1", "1+");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    @DisplayName("a source that can't be read for longer than the patience is a problem of the run, not its failure")
    void aSourceThatStaysSilentIsAProblem() throws Exception {
        source.page("1", true, sms("m-1", "one", "ann", "bob"));
        for (int i = 0; i < 50; i++) {
            source.answer(after -> {
                throw new IOException("no route to host");
            });
        }

        RunReport report = run();

        assertThat(report.counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
        assertThat(report.problems()).singleElement().asString().contains("no route to host");
    }

    @Test
    @DisplayName("a source that promises more and gives empty pages for ever doesn't keep the run")
    void endlessEmptyPagesEndTheRun() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            source.answer(after -> SourcePage.of(List.of(), after, true));
        }

        assertThat(run().problems()).singleElement().asString().contains("empty pages");
    }

    @Test
    @DisplayName("invariant 4: the checkpoint doesn't pass what isn't staged")
    void theCheckpointDoesNotPassWhatIsNotStaged() throws Exception {
        Stager full = Mockito.mock(Stager.class);
        Mockito.when(full.put(Mockito.anyString(), Mockito.any(ContentWriter.class)))
                .thenThrow(new IOException("No space left on device"));
        source.page("1", false, sms("m-1", "one", "ann", "bob"));
        try (ArchivePipeline pipeline = world.pipeline(sink)
                .source(source)
                .stager(full)
                .patience(Duration.ZERO)
                .build()) {
            assertThat(pipeline.run().problems()).hasSize(1);
        }
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);

        source.page("1", false, sms("m-1", "one", "ann", "bob"));
        run();

        assertThat(world.checkpoint()).isEqualTo(new Checkpoint("1"));
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    @DisplayName("invariant 5: listing old records again under a later checkpoint changes nothing of what is done")
    void anOverlapWindowIsSafe() throws Exception {
        source.page("1", false, sms("m-1", "one", "ann", "bob"), sms("m-2", "two", "ann", "bob"));
        run();
        source.page("2", false, sms("m-2", "two", "ann", "bob"), sms("m-0", "late", "ann", "bob"));

        RunReport second = run();

        assertThat(second.counts()).isEqualTo(new RunCounts(2, 3, 2, 0, 1, 0, 0));
        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2", "m-0");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(3, 3, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("invariant 5: a checkpoint moves only from where it is")
    void aCheckpointMovesOnlyFromWhereItIs() {
        try (JdbcLedger ledger = world.openLedger()) {
            Fence fence = ledger.open(EngineFixture.PROFILE.name(), "test", "collect");
            ledger.lead(fence, Duration.ofMinutes(1));
            Checkpoint one = new Checkpoint("1");
            ledger.commit(fence, List.of(new Transition.CheckpointMoved(Checkpoint.START, one, 0, 0)));

            Transition stale = new Transition.CheckpointMoved(Checkpoint.START, new Checkpoint("0"), 0, 0);
            assertThatThrownBy(() -> ledger.commit(fence, List.of(stale))).isInstanceOf(IllegalStateException.class);
            assertThat(ledger.checkpoint(EngineFixture.PROFILE.name())).isEqualTo(one);
        }
    }

    @Test
    @DisplayName("a source that fails in an unknown way ends the run, and the exception doesn't repeat what it said")
    void aFailureOfUnknownOriginEndsTheRun() {
        source.answer(after -> {
            throw new IllegalArgumentException("Ann Lee +15550100001");
        });

        assertThatThrownBy(this::run)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("engine-test")
                .hasMessageNotContaining("Ann");
    }
}
