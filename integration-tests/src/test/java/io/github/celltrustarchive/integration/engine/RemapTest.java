// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Selection;
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

/** How an operator has mailboxes asked for again. */
class RemapTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() throws Exception {
        world = newWorld().records(sms("m-1", "hello", "ann", "bob", "zoe@elsewhere.example"));
    }

    /** A world with an empty ledger. */
    EngineFixture newWorld() throws Exception {
        return new EngineFixture(folder);
    }

    /** Knows these people, and takes whoever is elsewhere for external. */
    private static UserMapper directory(Map<String, String> mailboxes) {
        return (participant, at) -> {
            String address = String.valueOf(participant.email());
            String mailbox = mailboxes.get(address.substring(0, address.indexOf('@')));
            if (mailbox != null) {
                return Mapping.to(new Mailbox(mailbox + "@example.com", mailbox + "@example.com"), "test");
            }
            return address.endsWith("elsewhere.example") ? Mapping.external() : Mapping.unmapped("nobody knows them");
        };
    }

    private RunCounts run(UserMapper mapper) throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).mapper(mapper).build()) {
            return pipeline.run().counts();
        }
    }

    private OperatorReport remap(UserMapper mapper, Selection selection) throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).mapper(mapper).build()) {
            return pipeline.remap(selection, "jo");
        }
    }

    @Test
    @DisplayName("who was unmapped long ago gets the message after a remap, and who had a mailbox keeps it")
    void unmappedIsAskedAgainHoweverLongAgo() throws Exception {
        run(directory(Map.of("ann", "ann")));
        world.clock.advance(Duration.ofDays(300));
        UserMapper later = directory(Map.of("ann", "another", "bob", "bob", "zoe", "zoe"));
        assertThat(run(later)).isEqualTo(RunCounts.NONE);

        OperatorReport report = remap(later, Selection.all());

        assertThat(report.participants()).isEqualTo(1);
        assertThat(report.mapped()).isEqualTo(1);
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(run(later)).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1"), "bob", List.of("m-1")));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
    }

    @Test
    void whoStillHasNoMailboxIsAFailureOfTheRemap() throws Exception {
        run(directory(Map.of("ann", "ann")));

        OperatorReport report = remap(directory(Map.of("ann", "ann")), Selection.all());

        assertThat(report.mapped()).isZero();
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 1, 0));
        assertThat(report.run().failures()).hasSize(1);
    }

    @Test
    void externalParticipantsAreAskedAgainOnlyIfSelected() throws Exception {
        UserMapper later = directory(Map.of("ann", "ann", "bob", "bob", "zoe", "zoe"));
        run(directory(Map.of("ann", "ann", "bob", "bob")));

        assertThat(remap(later, Selection.all()).participants()).isZero();
        assertThat(remap(later, Selection.all().andExternal()).mapped()).isEqualTo(1);

        run(later);
        assertThat(sink.contents()).containsOnlyKeys("ann", "bob", "zoe");
    }

    @Test
    @DisplayName("a message that concerned nobody concerns somebody after a remap, and the sums still hold")
    void messageOfNobodyBecomesSomebodys() throws Exception {
        world.records.clear();
        world.records(sms("m-2", "hello", "yan@elsewhere.example", "zoe@elsewhere.example"));
        assertThat(run(directory(Map.of()))).isEqualTo(new RunCounts(1, 1, 0, 0, 0, 1, 0));

        OperatorReport report =
                remap(directory(Map.of("zoe", "zoe")), Selection.all().andExternal());

        assertThat(report.participants()).isEqualTo(2);
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(run(directory(Map.of()))).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        assertThat(remap(directory(Map.of()), Selection.all().andExternal()).participants())
                .isEqualTo(1);
        world.verifiedTotals();
    }

    @Test
    @DisplayName("a directory that is down during a remap is asked by the next run, whatever the window")
    void silentDirectoryIsAskedByTheNextRun() throws Exception {
        run(directory(Map.of("ann", "ann")));
        world.clock.advance(Duration.ofDays(300));

        OperatorReport report = remap(
                (participant, at) -> {
                    throw new IOException("no answer");
                },
                Selection.all());

        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(run(directory(Map.of("bob", "bob")))).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        assertThat(sink.contents().get("bob")).containsExactly("m-1");
    }

    @Test
    void onlyWhatIsSelectedIsAsked() throws Exception {
        world.records(sms("m-2", "hello", "bob", "ann"));
        run(directory(Map.of("ann", "ann")));
        UserMapper later = directory(Map.of("bob", "bob"));

        assertThat(remap(later, Selection.all().reason("mailbox is full")).participants())
                .isZero();
        assertThat(remap(later, Selection.all().sourceId("m-2")).participants()).isEqualTo(1);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 0, 1, 0, 1, 0));
    }
}
