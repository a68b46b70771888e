// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.ArchiveException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests that wait at the same time share one transaction. It has no thread of its own: of the callers that wait,
 * the one that gets the lock serves all. Each request takes effect wholly or not at all, and returns when it is durable.
 *
 * <p>A failed commit says nothing of what became durable, and a second one on the same connection proves nothing; so the
 * first failure of the database is the last: everything after it is refused.
 */
final class GroupCommit {

    /** Changes rows, and refuses with an {@link ArchiveException} or {@link IllegalStateException}. */
    @FunctionalInterface
    interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    private static final int MAX_GROUP = 256;
    private static final int MAX_TRIES = 5;

    private final Session session;
    private final Dialect dialect;
    private final Clock clock;
    private final ReentrantLock leading = new ReentrantLock();
    private final ConcurrentLinkedQueue<Request<?>> waiting = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable death;

    GroupCommit(Session session, Dialect dialect, Clock clock) {
        this.session = session;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * Runs the work in a transaction and returns when it is durable. An interrupt changes nothing and stays pending.
     *
     * @param exclusive whether no other process may change anything of the connector meanwhile
     */
    <T> T submit(String connector, boolean exclusive, Work<T> work) {
        Request<T> request = new Request<>(connector, exclusive, work);
        waiting.add(request);
        leading.lock();
        try {
            while (!request.done) {
                serve();
            }
        } finally {
            leading.unlock();
        }
        return request.answer();
    }

    /** Ends the handle: every request from now on is refused with this cause. */
    void kill(Throwable cause) {
        if (death == null) {
            death = cause;
        }
    }

    /** Refuses if the handle is dead. */
    void requireLife() {
        Throwable cause = death;
        if (cause != null) {
            throw ArchiveException.stop(
                    "the ledger can't be used any more (" + cause.getMessage() + "): close it and open a new one",
                    cause);
        }
    }

    /** Runs {@code last} when no transaction is under way. */
    void close(Runnable last) {
        leading.lock();
        try {
            last.run();
        } finally {
            leading.unlock();
        }
    }

    private void serve() {
        List<Request<?>> group = new ArrayList<>();
        for (Request<?> next = waiting.poll(); next != null; next = group.size() < MAX_GROUP ? waiting.poll() : null) {
            group.add(next);
        }
        try {
            requireLife();
            commit(group);
        } catch (ArchiveException e) {
            group.forEach(request -> request.fail(e));
        } catch (SQLException | RuntimeException | Error e) {
            kill(e);
            rollbackQuietly();
            ArchiveException stop = ArchiveException.stop(
                    "the ledger couldn't commit (" + e.getMessage() + "): close it and open a new one", e);
            group.forEach(request -> request.fail(stop));
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            group.forEach(request -> request.done = true); // after an error too, or the others would wait for ever
        }
    }

    private void commit(List<Request<?>> group) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                tryCommit(group);
                return;
            } catch (SQLException e) {
                if (attempt == MAX_TRIES || !dialect.isConflict(e)) {
                    throw e;
                }
                session.discard();
                session.connection().rollback();
            }
        }
    }

    private void tryCommit(List<Request<?>> group) throws SQLException {
        SortedMap<String, Boolean> scopes = new TreeMap<>();
        group.forEach(request -> scopes.merge(request.connector, request.exclusive, Boolean::logicalOr));
        dialect.enter(session, scopes);
        Transaction transaction = new Transaction(session, dialect, clock.instant());
        if (group.size() == 1) {
            apply(group.get(0), transaction);
        } else {
            for (Request<?> request : group) {
                Savepoint before = session.connection().setSavepoint();
                if (apply(request, transaction)) {
                    session.connection().releaseSavepoint(before);
                } else {
                    session.connection().rollback(before);
                }
            }
        }
        if (group.stream().allMatch(Request::failed)) {
            session.connection().rollback();
        } else {
            session.connection().commit();
        }
    }

    private static boolean apply(Request<?> request, Transaction transaction) throws SQLException {
        try {
            request.run(transaction);
            transaction.endRequest();
            return true;
        } catch (RuntimeException e) {
            transaction.undoRequest();
            request.fail(e);
            return false;
        }
    }

    private void rollbackQuietly() {
        try {
            session.connection().rollback();
        } catch (SQLException e) {
            // the handle is dead already
        }
    }

    /** What one caller waits for. Its fields are written and read under the lock. */
    private static final class Request<T> {
        private final String connector;
        private final boolean exclusive;
        private final Work<T> work;
        private @Nullable T result;
        private @Nullable RuntimeException failure;
        private boolean done;

        Request(String connector, boolean exclusive, Work<T> work) {
            this.connector = connector;
            this.exclusive = exclusive;
            this.work = work;
        }

        void run(Transaction transaction) throws SQLException {
            failure = null;
            result = work.run(transaction);
        }

        void fail(RuntimeException cause) {
            failure = cause;
        }

        boolean failed() {
            return failure != null;
        }

        T answer() {
            if (failure != null) {
                throw failure;
            }
            T value = result;
            if (value == null) {
                throw new IllegalStateException("the request wasn't served");
            }
            return value;
        }
    }
}
