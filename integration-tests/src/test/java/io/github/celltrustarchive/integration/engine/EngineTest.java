// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.mms;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static io.github.celltrustarchive.integration.engine.Records.smsAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with good, bad, repeated and unmappable records. */
class EngineTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    private RunReport run() throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            return pipeline.run();
        }
    }

    private RunReport run(UserMapper mapper) throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).mapper(mapper).build()) {
            return pipeline.run();
        }
    }

    @Test
    @DisplayName("invariants 1, 2, 3: every message is in every participant's mailbox once, and the counts add up")
    void everyParticipantGetsTheMessageOnce() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), mms("m-2", "look", "AAEC", "bob", "ann", "cid"));

        RunReport report = run();

        assertThat(sink.contents())
                .isEqualTo(Map.of("ann", List.of("m-1", "m-2"), "bob", List.of("m-1", "m-2"), "cid", List.of("m-2")));
        assertThat(report.counts()).isEqualTo(new RunCounts(2, 5, 5, 0, 0, 0, 0));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("invariant 10: a second run over an unchanged source writes nothing")
    void aSecondRunWritesNothing() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), malformed("bad"), sms("m-2", "who", "ann", "+15550100009"));
        run();
        int calls = sink.calls.size();
        int objects = world.stager.names().size();

        RunReport second = run();

        assertThat(sink.calls).hasSize(calls);
        assertThat(world.stager.names()).hasSize(objects);
        assertThat(second.counts()).isEqualTo(RunCounts.NONE);
    }

    @Test
    @DisplayName("invariants 8, 9: a replay changes nothing, the same id with other content is archived too")
    void replaysAreSkippedAndRevisionsAreArchived() throws Exception {
        world.records(
                sms("m-1", "hello", "ann", "bob"),
                smsAt("again", "m-1", "hello", "ann", "bob"),
                smsAt("revised", "m-1", "hello!", "ann", "bob"));

        RunReport report = run();

        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1", "m-1"), "bob", List.of("m-1", "m-1")));
        assertThat(report.counts()).isEqualTo(new RunCounts(3, 5, 4, 0, 1, 0, 0));
        assertThat(world.verifiedTotals().listed()).isEqualTo(2);
    }

    @Test
    @DisplayName("a malformed record is held and stops none of its neighbours")
    void aMalformedRecordIsHeld() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), malformed("bad:2"), sms("m-3", "bye", "ann", "bob"));

        RunReport report = run();

        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-3");
        assertThat(report.counts()).isEqualTo(new RunCounts(3, 5, 4, 0, 0, 1, 0));
        assertThat(report.failures())
                .singleElement()
                .satisfies(f -> assertThat(f.itemId()).isEqualTo("bad:2"));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(3, 2, 0, 1, 0, 0));
    }

    @Test
    @DisplayName("whoever can't be mapped is counted once and gets everything as soon as the mapping is there")
    void theUnmappedAreKeptAndTriedAgain() throws Exception {
        world.records(sms("m-1", "hello", "ann", "+15550100009"), sms("m-2", "hello again", "ann", "+15550100009"));

        RunReport first = run();
        UserMapper later = (participant, at) -> participant.phone() != null
                ? Mapping.to(new Mailbox("dan@example.com", "dan@example.com"), "test")
                : new EmailUserMapper(List.of("example.com")).map(participant, at);
        RunReport second = run(later);

        assertThat(first.counts()).isEqualTo(new RunCounts(2, 3, 2, 0, 0, 1, 0));
        assertThat(first.failures())
                .singleElement()
                .satisfies(f -> assertThat(f.sourceUserId()).isEqualTo("+15550100009"));
        assertThat(second.counts()).isEqualTo(new RunCounts(0, 2, 2, 0, 0, 0, 0));
        assertThat(sink.contents().get("dan")).containsExactly("m-1", "m-2");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("two addresses of one mailbox get one message")
    void twoAddressesOfOneMailboxAreOneDelivery() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob", "robert"));
        UserMapper aliases = (participant, at) ->
                participant.email() != null && participant.email().startsWith("ann")
                        ? Mapping.to(new Mailbox("ann@example.com", "ann@example.com"), "test")
                        : Mapping.to(new Mailbox("bob@example.com", "bob@example.com"), "test");

        RunReport report = run(aliases);

        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1"), "bob", List.of("m-1")));
        assertThat(report.counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("outsiders are no failures, but a message that nobody archives is one")
    void outsidersAreNoFailures() throws Exception {
        world.records(
                sms("m-1", "hello", "ann", "zoe@elsewhere.example"),
                sms("m-2", "psst", "yan@elsewhere.example", "zoe@elsewhere.example"));

        RunReport report = run();

        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
        assertThat(report.counts()).isEqualTo(new RunCounts(2, 2, 1, 0, 0, 1, 0));
        assertThat(report.failures())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).contains("no participant has a mailbox"));
    }

    @Test
    @DisplayName("a directory that doesn't answer leaves participants pending, and the run goes on when it does")
    void aSilentDirectoryIsAskedAgain() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        int[] questions = {0};
        UserMapper flaky = (participant, at) -> {
            if (++questions[0] <= 3) {
                throw new IOException("no answer");
            }
            return new EmailUserMapper(List.of("example.com")).map(participant, at);
        };

        RunReport report = run(flaky);

        assertThat(report.counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
        assertThat(questions[0]).isGreaterThan(4);
    }

    @Test
    @DisplayName("a directory that stays silent leaves the work to the next run")
    void aDirectoryThatStaysSilentLeavesWorkPending() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        UserMapper silent = (participant, at) -> {
            throw new IOException("no answer");
        };

        RunReport first = run(silent);
        world.clock.advance(Duration.ofHours(2));
        RunReport second = run();

        assertThat(first.counts()).isEqualTo(new RunCounts(1, 2, 0, 0, 0, 0, 2));
        assertThat(second.counts()).isEqualTo(new RunCounts(0, 2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("items excluded by a rule are kept in the stage and counted, not delivered")
    void excludedItemsAreCounted() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), sms("m-2", "private", "ann", "bob"));
        try (ArchivePipeline pipeline = world.pipeline(sink)
                .exclude("private", item -> item.text().equals("private"))
                .build()) {
            assertThat(pipeline.run().counts()).isEqualTo(new RunCounts(2, 2, 2, 0, 0, 0, 0));
        }
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 1, 0, 0, 0, 1));
    }

    @Test
    void anExceptionOfAListenerChangesNothing() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        try (ArchivePipeline pipeline =
                world.pipeline(sink).listener(new ThrowingListener()).build()) {
            assertThat(pipeline.run().counts().imported()).isEqualTo(2);
        }
    }

    @Test
    void buildingNamesEverythingThatIsMissing() {
        assertThatThrownBy(() -> ArchivePipeline.builder(EngineFixture.PROFILE)
                        .pageSize(0)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("stager", "ledger", "source or a sink", "pageSize");
    }
}
