// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A ledger in a folder of its own, and somebody who changes its rows behind its back. */
final class FuzzLedger implements AutoCloseable {

    static final String CONNECTOR = "fuzz";
    private static final URI PACK = URI.create("file:///stage/pack");
    private static final Instant NOW = Instant.parse("2026-11-20T14:03:27Z");

    private final Path folder;
    private final JdbcLedger ledger;
    private final Fence fence;
    private final Connection behind;
    private long items;

    /** Run 1 is finished, run 2 leads. */
    FuzzLedger() {
        try {
            folder = Files.createTempDirectory("fuzz-ledger");
            Path file = folder.resolve("ledger.db");
            ledger = JdbcLedger.sqlite(file, new DiskStorage(), Clock.fixed(NOW, ZoneOffset.UTC));
            ledger.commit(
                    ledger.open(CONNECTOR, "fuzz", "run"), List.of(new Transition.RunFinished(false, RunCounts.NONE)));
            fence = ledger.open(CONNECTOR, "fuzz", "run");
            ledger.lead(fence, Duration.ofDays(10_000));
            ledger.commit(fence, List.of(new Transition.PackStaged(new StagedObject("pack", PACK, 4096, sha256(0)))));
            behind = DriverManager.getConnection("jdbc:sqlite:" + file);
            try (Statement statement = behind.createStatement()) {
                statement.execute("PRAGMA synchronous = OFF");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that no item has. */
    ItemKey newKey() {
        return new ItemKey(sha256(++items));
    }

    private static String sha256(long number) {
        return HexFormat.of().toHexDigits(number).repeat(4);
    }

    /** Records an item and gives back what the ledger has of it. */
    Envelope storeAndRead(Envelope envelope) {
        ContentLocation place = new ContentLocation(PACK, 0, 100, sha256(0));
        ledger.commit(fence, List.of(new Transition.ItemStaged(envelope, 1, place, place)));
        return lastItem();
    }

    Envelope lastItem() {
        List<OpenItem> open = ledger.openItems(fence, NOW, null, items - 1, 10);
        if (open.size() != 1) {
            throw new AssertionError("one item was recorded, " + open.size() + " are open");
        }
        return open.get(0).envelope();
    }

    Checkpoint moveAndRead(Checkpoint to) {
        Checkpoint from = ledger.checkpoint(CONNECTOR);
        ledger.commit(fence, List.of(new Transition.CheckpointMoved(from, to, 1, 1)));
        return ledger.checkpoint(CONNECTOR);
    }

    Checkpoint checkpoint() {
        return ledger.checkpoint(CONNECTOR);
    }

    RunCounts countsOfRun1() {
        return ledger.counts(CONNECTOR, 1);
    }

    /** Writes a text into a column of every row that has one; returns the text as the database has it. */
    String overwrite(String table, String column, String text) throws SQLException {
        String sql = "UPDATE " + table + " SET " + column + " = ? WHERE " + column + " IS NOT NULL RETURNING " + column;
        try (PreparedStatement update = behind.prepareStatement(sql)) {
            update.setString(1, text);
            try (ResultSet changed = update.executeQuery()) {
                if (!changed.next()) {
                    throw new AssertionError("no row of " + table + " has a " + column);
                }
                return changed.getString(1);
            }
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        behind.close();
        ledger.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
