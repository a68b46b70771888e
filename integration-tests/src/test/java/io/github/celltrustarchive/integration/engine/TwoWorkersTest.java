// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.PostgresServer;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.ArchiveListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two hosts with one ledger: the second one's whole run falls into a moment of the first one's. */
class TwoWorkersTest {

    private static PostgresServer server;
    private static int databases;

    private final ScriptedSink sink = new ScriptedSink();
    private final List<RunCounts> second = new ArrayList<>();
    private final List<String> alarms = new ArrayList<>();
    private EngineFixture world;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws SQLException {
        world = new EngineFixture(LedgerDatabase.postgresql(server, "ledger_" + databases++))
                .records(sms("m-1", "one", "ann", "bob", "cid"), sms("m-2", "two", "ann", "zoe@elsewhere.example"));
    }

    private ArchivePipeline worker() {
        return world.pipeline(sink)
                .listener(new ArchiveListener() {
                    @Override
                    public void onAlarm(Alarm alarm) {
                        alarms.add(alarm.what());
                    }
                })
                .build();
    }

    @Test
    @DisplayName("what the second worker delivers is counted by the second one only, and both runs add up")
    void whatTheSecondWorkerDeliversIsCountedByTheSecondOneOnly() throws Exception {
        sink.script.add((s, delivery) -> {
            try (ArchivePipeline other = worker()) {
                second.add(other.deliver().counts());
            }
            return s.write(delivery);
        });

        RunCounts first;
        try (ArchivePipeline pipeline = worker()) {
            first = pipeline.run().counts();
        }

        // ann's mailbox, with m-1 and m-2, is the first one's; bob's and cid's are free
        assertThat(second).containsExactly(new RunCounts(0, 4, 2, 0, 0, 0, 2));
        assertThat(first).isEqualTo(new RunCounts(2, 2, 2, 0, 0, 0, 0));
        assertThat(alarms).isEmpty();
        assertThat(sink.contents())
                .isEqualTo(Map.of("ann", List.of("m-1", "m-2"), "bob", List.of("m-1"), "cid", List.of("m-1")));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName(
            "a run that collects while another delivers counts what it delivers itself and what it leaves to the other")
    void aRunThatCollectsWhileAnotherDeliversAddsUp() throws Exception {
        try (ArchivePipeline pipeline = worker()) {
            assertThat(pipeline.collect().counts()).isEqualTo(new RunCounts(2, 5, 0, 0, 0, 0, 5));
        }
        sink.script.add((s, delivery) -> {
            world.records.add(sms("m-3", "three", "ann", "dora"));
            try (ArchivePipeline other = worker()) {
                second.add(other.run().counts());
            }
            return s.write(delivery);
        });

        RunCounts first;
        try (ArchivePipeline pipeline = worker()) {
            first = pipeline.deliver().counts();
        }

        // ann's m-3 waits for the first one, who has her mailbox
        assertThat(second).containsExactly(new RunCounts(1, 6, 3, 0, 0, 0, 3));
        assertThat(first).isEqualTo(new RunCounts(0, 3, 3, 0, 0, 0, 0));
        assertThat(alarms).isEmpty();
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(3, 3, 0, 0, 0, 0));
    }
}
