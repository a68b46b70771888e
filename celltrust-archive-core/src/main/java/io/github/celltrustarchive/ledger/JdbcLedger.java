// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in an SQL database: a SQLite file for one process, or PostgreSQL for several, with the same tables.
 *
 * <p>Beyond what {@link Ledger} says: an item's locations must lie in packs that are recorded, by an earlier commit or
 * earlier in the same one; finishing a run gives its lease and claims back; times are kept in milliseconds, not-before
 * times rounded up. Holds personal data (envelopes, mailbox addresses), so the file belongs to its owner only.
 */
public final class JdbcLedger implements Ledger {

    private final Database database;
    private final Clock clock;
    private final GroupCommit writer;
    private final Reading reader;
    private final Session writing;
    private boolean closed;

    /**
     * Opens a SQLite file, made if it isn't there. A lock on {@code <file>.lock} keeps every other process out; it dies with
     * its process, so what a dead process had claimed is free at once.
     *
     * @param file the file; its folder is made if need be
     * @param storage makes the folder and takes the lock
     * @param clock for leases and audit rows
     * @throws ArchiveException with remedy {@code STOP} if another process has it (the message names process and
     *     host, since when, and the run and worker it is or was last at), if a newer
     *     library wrote it, or if it is damaged
     */
    public static JdbcLedger sqlite(Path file, Storage storage, Clock clock) {
        return open(SqliteFile.lock(file, storage, clock), clock);
    }

    /**
     * Opens a PostgreSQL database; makes the tables if they aren't there. Keeps two connections until it is closed, and
     * one more for each open stream of failures. Several processes may do this at the same time.
     *
     * @param dataSource its connections are in the schema where the tables are, or shall be
     * @param clock for leases and audit rows; the clocks of all workers must agree to within a fraction of a lease
     * @throws ArchiveException with remedy {@code STOP} if the database can't be used or a newer library made its tables
     */
    public static JdbcLedger postgresql(DataSource dataSource, Clock clock) {
        return open(new PostgresqlDatabase(dataSource), clock);
    }

    static JdbcLedger open(Database database, Clock clock) {
        Session writing = null;
        try {
            writing = new Session(database.connect());
            database.dialect().prepare(writing.connection(), true);
            Schema.prepare(writing, database.dialect());
            ChainCheck.lastRows(writing);
            if (database.alone()) {
                Runs.freeAll(writing);
                writing.connection().commit();
            }
            Reading reading = new Reading(database);
            return new JdbcLedger(database, clock, writing, reading);
        } catch (SQLException | RuntimeException e) {
            closeQuietly(writing);
            database.close();
            if (e instanceof ArchiveException known) {
                throw known;
            }
            throw ArchiveException.stop("the ledger can't be opened (" + e.getMessage() + ")", e);
        }
    }

    private JdbcLedger(Database database, Clock clock, Session writing, Reading reader) {
        this.database = database;
        this.clock = clock;
        this.writing = writing;
        this.reader = reader;
        this.writer = new GroupCommit(writing, database.dialect(), clock);
    }

    static ArchiveException unreadable(SQLException cause) {
        return ArchiveException.stop("the ledger can't be read (" + cause.getMessage() + ")", cause);
    }

    @Override
    public Fence open(String connector, String worker, String operation) {
        return writer.submit(connector, true, transaction -> Runs.open(transaction, connector, worker, operation));
    }

    @Override
    public void lead(Fence fence, Duration lease) {
        write(fence, true, transaction -> Runs.lead(transaction, fence, lease));
    }

    @Override
    public void unlead(Fence fence) {
        write(fence, true, transaction -> Runs.unlead(transaction.session, transaction.run(fence)));
    }

    @Override
    public Checkpoint checkpoint(String connector) {
        return read(session -> {
            String value = session.first(
                    "SELECT checkpoint FROM connector WHERE name = ?", row -> row.getString(1), connector);
            return value == null || value.isEmpty() ? Checkpoint.START : new Checkpoint(LosslessText.decode(value));
        });
    }

    @Override
    public List<Sighting> sightings(String connector, List<ItemIdentity> items) {
        return read(session -> Items.sightings(session, number(session, connector), items));
    }

    @Override
    public void commit(Fence fence, List<Transition> transitions) {
        if (transitions.isEmpty()) {
            return;
        }
        List<Transition> all = List.copyOf(transitions);
        write(fence, !Transitions.touchDeliveriesOnly(all), transaction -> Transitions.apply(transaction, fence, all));
    }

    @Override
    public List<OpenItem> openItems(
            Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
        long since = unmappedSince == null ? Long.MAX_VALUE : Times.floor(unmappedSince);
        return read(session ->
                Items.open(session, number(session, fence.connector()), Times.floor(now), since, afterItem, max));
    }

    @Override
    public List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max) {
        return read(session ->
                Selected.items(session, number(session, fence.connector()), fence.epoch(), selection, afterItem, max));
    }

    @Override
    public List<ParticipantPlace> participants(
            Fence fence, Reopening command, Selection selection, @Nullable ParticipantPlace after, int max) {
        return read(session ->
                Selected.participants(session, number(session, fence.connector()), command, selection, after, max));
    }

    @Override
    public List<DeliveryPlace> heldDeliveries(
            Fence fence, Selection selection, @Nullable DeliveryPlace after, int max) {
        return read(session -> Selected.deliveries(session, number(session, fence.connector()), selection, after, max));
    }

    @Override
    public List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
        List<Claims.Found> found = writer.submit(
                fence.connector(),
                false,
                transaction ->
                        new Claims(transaction, fence, Times.floor(now)).claim(lease, maxMailboxes, maxPerMailbox));
        return found.stream().map(Claims.Found::toClaim).toList();
    }

    @Override
    public void release(Fence fence, long mailboxNumber) {
        write(fence, false, transaction -> Claims.release(transaction, transaction.run(fence), mailboxNumber));
    }

    @Override
    public Optional<Instant> nextDue(String connector) {
        long now = Times.floor(clock.instant());
        return read(session -> NextDue.find(session, number(session, connector), now));
    }

    @Override
    public long unsweptSince(String connector) {
        return read(
                session -> Math.max(1, session.number("SELECT swept_below FROM connector WHERE name = ?", connector)));
    }

    @Override
    public boolean packKnown(String connector, String packName) {
        return read(session -> session.number(
                        "SELECT count(*) FROM pack WHERE connector = ? AND name = ?",
                        number(session, connector),
                        packName)
                != 0);
    }

    @Override
    public void swept(Fence fence, long belowEpoch) {
        write(fence, true, transaction -> Runs.swept(transaction, fence, belowEpoch));
    }

    @Override
    public RunCounts counts(String connector, long run) {
        return read(session -> RunNumbers.counts(session, number(session, connector), run));
    }

    @Override
    public Stream<RunFailure> failures(String connector, long run) {
        writer.requireLife();
        Session own = null;
        try {
            own = new Session(database.connect());
            database.dialect().prepare(own.connection(), false);
            Session open = own;
            return Failures.stream(own, number(own, connector), run).onClose(() -> closeQuietly(open));
        } catch (SQLException e) {
            closeQuietly(own);
            throw unreadable(e);
        }
    }

    @Override
    public ItemTotals totals(String connector) {
        return read(session -> RunNumbers.totals(session, number(session, connector)));
    }

    @Override
    public Optional<CompletedRun> lastCompleted(String connector, String operation) {
        return read(session -> CompletedRuns.last(session, number(session, connector), operation));
    }

    @Override
    public List<Check> preflight() {
        return read(session -> {
            List<Check> checks = new ArrayList<>();
            long version = session.number("SELECT version FROM ledger_schema");
            checks.add(Check.pass("the ledger is open and has schema version " + version));
            checks.addAll(database.preflight(session, clock));
            return checks;
        });
    }

    @Override
    public void close() {
        writer.close(() -> {
            if (!closed) {
                closed = true;
                writer.kill(new IllegalStateException("it was closed"));
                reader.close();
                closeQuietly(writing);
                database.close();
            }
        });
    }

    private static long number(Session session, String connector) throws SQLException {
        return session.number("SELECT connector FROM connector WHERE name = ?", connector);
    }

    private void write(Fence fence, boolean exclusive, Change change) {
        writer.submit(fence.connector(), exclusive, transaction -> {
            change.apply(transaction);
            return true;
        });
    }

    private <T> T read(Reading.Query<T> query) {
        writer.requireLife();
        try {
            return reader.read(query);
        } catch (SQLException e) {
            writer.kill(e);
            throw unreadable(e);
        }
    }

    private static void closeQuietly(@Nullable Session session) {
        if (session == null) {
            return;
        }
        try {
            Connection connection = session.connection();
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // what isn't committed is nothing
        }
        try {
            session.close();
        } catch (SQLException e) {
            // nothing more can be done with it
        }
    }

    /** Changes rows. */
    @FunctionalInterface
    private interface Change {
        void apply(Transaction transaction) throws SQLException;
    }
}
