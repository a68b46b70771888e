// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The connection for reading. Each query sees one moment; one query at a time. */
final class Reading {

    /** Asks the database, possibly several times. */
    @FunctionalInterface
    interface Query<T> {
        T ask(Session session) throws SQLException;
    }

    private final Session session;
    private final ReentrantLock lock = new ReentrantLock();

    Reading(Database database) throws SQLException {
        this.session = new Session(database.connect());
        database.dialect().prepare(session.connection(), false);
    }

    <T> T read(Query<T> query) throws SQLException {
        lock.lock();
        try {
            T answer = query.ask(session);
            session.connection().rollback();
            return answer;
        } catch (RuntimeException e) {
            session.connection().rollback();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            session.connection().rollback();
            session.close();
        } catch (SQLException e) {
            // nothing was changed here
        } finally {
            lock.unlock();
        }
    }
}
