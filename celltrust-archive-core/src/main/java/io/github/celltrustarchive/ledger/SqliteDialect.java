// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;

/** SQLite: one process, one writing connection, and readers beside it through the write-ahead log. */
final class SqliteDialect implements Dialect {

    private final Counters counters = new Counters();

    @Override
    public String ddl(String generic) {
        return generic.replace("{key}", "INTEGER PRIMARY KEY")
                .replace("{bytes}", "BLOB")
                .replace("{slim}", "WITHOUT ROWID");
    }

    @Override
    public List<String> ownDdl() {
        return List.of(
                """
                CREATE TRIGGER audit_event_never_changed BEFORE UPDATE ON audit_event
                BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
                """
                CREATE TRIGGER audit_event_never_deleted BEFORE DELETE ON audit_event
                BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
                // INSERT OR REPLACE deletes without asking the trigger above unless recursive_triggers is on
                """
                CREATE TRIGGER audit_event_in_sequence BEFORE INSERT ON audit_event
                WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_event
                    WHERE connector = NEW.connector AND epoch = NEW.epoch)
                BEGIN SELECT RAISE(ABORT, 'audit_event is written in sequence'); END""");
    }

    @Override
    public void prepare(Connection connection, boolean writing) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA cache_size = -65536");
            statement.execute("PRAGMA temp_store = MEMORY");
            if (writing) {
                statement.execute("PRAGMA page_size = 4096");
                statement.execute("PRAGMA wal_autocheckpoint = 1000");
                statement.execute("PRAGMA recursive_triggers = ON");
                require(statement, "PRAGMA journal_mode = WAL", "wal");
                statement.execute("PRAGMA synchronous = FULL");
                require(statement, "PRAGMA synchronous", "2");
            } else {
                statement.execute("PRAGMA query_only = ON");
            }
        }
        connection.setAutoCommit(false);
    }

    private static void require(Statement statement, String pragma, String value) throws SQLException {
        try (ResultSet row = statement.executeQuery(pragma)) {
            if (!row.next() || !value.equals(row.getString(1))) {
                throw new SQLException("SQLite refuses " + pragma + ": the file system can't hold a ledger");
            }
        }
    }

    @Override
    public void enter(Session session, SortedMap<String, Boolean> scopes) {
        // the lock file keeps other processes out
    }

    @Override
    public String indexedBy(String index) {
        return " INDEXED BY " + index;
    }

    @Override
    public String skipLocked() {
        return "";
    }

    @Override
    public List<Long> numbers(Session session, Numbered kind, int count) throws SQLException {
        return counters.next(session, kind, count);
    }

    @Override
    public boolean isConflict(SQLException failure) {
        return false;
    }
}
