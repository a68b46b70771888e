// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SizePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a builder refuses, and that it says so at once and of everything. */
class PipelineBuilderTest {

    @TempDir
    Path folder;

    @Test
    void everythingThatIsMissingOrOutOfItsBoundsIsNamedAtOnce() {
        ConnectorProfile profile = new ConnectorProfile(
                "../evil", "Inbox//x", "IPM.", "Subject", null, Set.of("no domain"), SizePolicy.DEFAULT, "local");
        ArchivePipelineBuilder builder = ArchivePipeline.builder(profile)
                .pageSize(0)
                .packBytes(0)
                .parallelMailboxes(0)
                .deliveriesPerClaim(0)
                .lease(Duration.ZERO)
                .patience(Duration.ofSeconds(-1))
                .unmappedWindow(ChronoUnit.FOREVER.getDuration())
                .worker(" ")
                .exclude("", item -> false)
                .exclude("receipts", item -> false)
                .exclude("receipts", item -> true);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("name must be", "folder must be", "messageClass must be", "headerPrefix must")
                .hasMessageContainingAll("not a domain", "domain must be", "a stager is needed", "a ledger is needed")
                .hasMessageContainingAll("a source or a sink", "pageSize must", "packBytes must", "parallelMailboxes")
                .hasMessageContainingAll("deliveriesPerClaim must", "lease must be more than zero", "patience must be")
                .hasMessageContainingAll("unmappedWindow must be from zero to 36,500 days", "worker must not be blank")
                .hasMessageContainingAll("a rule of exclude must not be blank", "exclude has two rules named receipts");
    }

    @Test
    void anEndlessWindowForUnmappedUsersBrokeEveryRun() {
        EngineFixture world = new EngineFixture(folder);
        try (var ledger = world.openLedger()) {
            assertThatThrownBy(() -> world.pipeline(new ScriptedSink(), ledger)
                            .unmappedWindow(Duration.ofSeconds(Long.MAX_VALUE))
                            .build())
                    .hasMessageContaining("unmappedWindow");
        }
    }

    @Test
    void theLongestWindowWorks() throws Exception {
        EngineFixture world = new EngineFixture(folder).records(sms("m-1", "hello", "ann", "bob"));
        try (ArchivePipeline pipeline = world.pipeline(new ScriptedSink())
                .unmappedWindow(Duration.ofDays(36_500))
                .build()) {
            assertThat(pipeline.run().counts().imported()).isEqualTo(2);
        }
    }

    @Test
    void aPipelineThatOnlyCollectsNeedsNeitherMapperNorDomains() throws Exception {
        EngineFixture world = new EngineFixture(folder).records(sms("m-1", "hello", "ann", "bob"));
        try (ArchivePipeline collector = ArchivePipeline.builder(ConnectorProfile.cellTrust("engine-test"))
                .source(world.source())
                .stager(world.stager)
                .ledger(world.openLedger())
                .build()) {
            assertThat(collector.collect().counts().availableFromSource()).isEqualTo(1);
        }
    }
}
