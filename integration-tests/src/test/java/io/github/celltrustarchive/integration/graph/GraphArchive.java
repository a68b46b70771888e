// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.InMemorySource;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A pipeline, and the simulated tenant into which it archives, on one clock that stands still unless somebody waits. Directory,
 * mailboxes and tokens are all of the simulator.
 */
final class GraphArchive implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-23T02:00:00Z");

    final ManualClock clock = new ManualClock(START);
    final ManualSleeper sleeper = new ManualSleeper(clock);
    final GraphSimulator graph;
    final Map<String, SimulatedMailbox> mailboxes = new TreeMap<>();
    private final Path folder;
    private final HttpClient client;
    private final InMemoryStager stager = new InMemoryStager();

    GraphArchive(LoopbackTls tls, Path folder, List<String> people, GraphThrottling throttling) throws IOException {
        this.folder = folder;
        graph = GraphSimulator.builder(tls)
                .clock(clock)
                .sleeper(sleeper)
                .throttling(throttling)
                .keptCharacters(0)
                .start();
        client = HttpClient.newBuilder()
                .sslContext(tls.context())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        for (String person : people) {
            mailboxes.put(person, graph.add(SimulatedUser.of("id-" + person, person + "@bank.example")));
        }
    }

    MicrosoftCloud cloud() {
        return MicrosoftCloud.GLOBAL.withGraph(graph.root());
    }

    /** Keeps a token until it ends or is refused. */
    TokenSource tokens() {
        AccessToken[] kept = new AccessToken[1];
        return (scope, refused) -> {
            synchronized (kept) {
                if (kept[0] == null
                        || kept[0].equals(refused)
                        || !clock.instant().isBefore(kept[0].expires())) {
                    kept[0] = new AccessToken(graph.newToken(), clock.instant().plusSeconds(3_000));
                }
                return kept[0];
            }
        };
    }

    GraphMailboxSinkBuilder sink(TokenSource tokens) {
        return GraphMailboxSink.builder(cloud(), tokens, ArchivedDay.PROFILE)
                .httpClient(client)
                .clock(clock)
                .sleeper(sleeper)
                .temporaryFolder(folder)
                .random(new Random(1));
    }

    GraphUserMapper mapper(TokenSource tokens) {
        return GraphUserMapper.builder(cloud(), tokens)
                .ownedDomains(List.of("bank.example"))
                .httpClient(client)
                .clock(clock)
                .build();
    }

    /** A pipeline as a process has it that has just started; whoever asks closes it. */
    ArchivePipelineBuilder pipeline(List<RawRecord> records, MailboxSink sink, TokenSource tokens) {
        return pipeline(records, sink, tokens, openLedger());
    }

    ArchivePipelineBuilder pipeline(List<RawRecord> records, MailboxSink sink, TokenSource tokens, Ledger ledger) {
        return ArchivePipeline.builder(ArchivedDay.PROFILE)
                .source(new InMemorySource(records, JsonRecordParser.ofDefaults()))
                .mapper(mapper(tokens))
                .stager(stager)
                .sink(sink)
                .ledger(ledger)
                .worker("test")
                .clock(clock)
                .sleeper(sleeper)
                .random(new Random(2));
    }

    JdbcLedger openLedger() {
        return JdbcLedger.sqlite(database(), new DiskStorage(), clock);
    }

    private Path database() {
        return folder.resolve("ledger.db");
    }

    SimulatedMailbox mailbox(String person) {
        SimulatedMailbox mailbox = mailboxes.get(person);
        if (mailbox == null) {
            throw new IllegalArgumentException("nobody is called " + person);
        }
        return mailbox;
    }

    /** Where the items stand, by a ledger that verifies and adds up. */
    ItemTotals verifiedTotals() {
        assertThat(LedgerVerifier.sqlite(database()).problems())
                .as("what is wrong with the ledger")
                .isEmpty();
        try (JdbcLedger ledger = openLedger()) {
            ItemTotals totals = ledger.totals(ArchivedDay.PROFILE.name());
            assertThat(totals.addsUp()).as("%s add up", totals).isTrue();
            return totals;
        }
    }

    /** How many deliveries are in each state. */
    Map<String, Integer> deliveryStates() throws SQLException {
        Map<String, Integer> states = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT state, count(*) FROM delivery GROUP BY state")) {
            while (rows.next()) {
                states.put(rows.getString(1), rows.getInt(2));
            }
        }
        return states;
    }

    /** What holds or delays deliveries, each reason once. */
    List<String> reasons() throws SQLException {
        List<String> reasons = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT DISTINCT reason FROM delivery WHERE state <> 'DELIVERED' AND reason IS NOT NULL")) {
            while (rows.next()) {
                reasons.add(rows.getString(1));
            }
        }
        return reasons;
    }

    /** Until everything late has come, too. */
    void letEverythingSettle() {
        clock.advance(Duration.ofHours(2));
        graph.applyDue();
    }

    @Override
    public void close() {
        graph.close();
    }
}
