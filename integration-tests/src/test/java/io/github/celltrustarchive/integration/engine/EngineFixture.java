// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.InMemorySource;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A pipeline in memory, on a ledger of its own, in a world whose time only moves when somebody waits. */
public final class EngineFixture {

    public static final ConnectorProfile PROFILE = ConnectorProfile.builder("engine-test")
            .ownedDomains(List.of("example.com"))
            .build();

    public final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T02:00:00Z"));
    public final List<RawRecord> records = new ArrayList<>();
    public final InMemoryStager stager = new InMemoryStager();
    private final LedgerDatabase database;

    /** With a ledger in a file of this folder. */
    public EngineFixture(Path folder) {
        this(LedgerDatabase.sqlite(folder.resolve("ledger.db")));
    }

    /** With a ledger in this database. */
    public EngineFixture(LedgerDatabase database) {
        this.database = database;
    }

    /** What the source gives, from the start, in order; records may be added later. */
    public EngineFixture records(RawRecord... more) {
        records.addAll(List.of(more));
        return this;
    }

    public SourceAdapter source() {
        return new InMemorySource(records, JsonRecordParser.ofDefaults());
    }

    public JdbcLedger openLedger() {
        return database.open(clock);
    }

    /** The first column of what this query finds in the ledger's tables. */
    public List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    /** A pipeline over this fixture's world; the caller closes it. */
    public ArchivePipelineBuilder pipeline(MailboxSink sink) {
        return pipeline(sink, openLedger());
    }

    public ArchivePipelineBuilder pipeline(MailboxSink sink, Ledger ledger) {
        return ArchivePipeline.builder(PROFILE)
                .source(source())
                .stager(stager)
                .sink(sink)
                .ledger(ledger)
                .worker("test")
                .clock(clock)
                .sleeper(new ManualSleeper(clock))
                .random(new SplittableRandom(1));
    }

    /** Damages every object of the stage, here and there. */
    public void corruptStage() throws IOException {
        try (Stream<StagedObject> objects = stager.list("")) {
            for (StagedObject object : objects.toList()) {
                for (long offset = 0; offset < object.size(); offset += 50) {
                    stager.flipBit(object.uri(), offset);
                }
            }
        }
    }

    /** How far the source was read. */
    public Checkpoint checkpoint() {
        try (JdbcLedger ledger = openLedger()) {
            return ledger.checkpoint(PROFILE.name());
        }
    }

    /** Checks chain, fold and sums, and tells where the items stand. */
    public ItemTotals verifiedTotals() {
        List<String> problems = database.verify().problems();
        if (!problems.isEmpty()) {
            throw new AssertionError("the ledger doesn't verify: " + problems);
        }
        try (JdbcLedger ledger = openLedger()) {
            ItemTotals totals = ledger.totals(PROFILE.name());
            if (!totals.addsUp()) {
                throw new AssertionError("totals don't add up: " + totals);
            }
            return totals;
        }
    }
}
