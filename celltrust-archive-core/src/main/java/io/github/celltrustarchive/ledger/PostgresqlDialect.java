// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** PostgreSQL: several processes; advisory locks and row locks keep them apart for as long as a transaction lasts. */
final class PostgresqlDialect implements Dialect {

    @Override
    public String ddl(String generic) {
        return generic.replace("{key}", "BIGINT PRIMARY KEY")
                .replace("{bytes}", "BYTEA")
                .replace("{slim}", "");
    }

    @Override
    public List<String> ownDdl() {
        return List.of(
                "CREATE SEQUENCE connector_number",
                "CREATE SEQUENCE pack_number",
                "CREATE SEQUENCE item_number",
                "CREATE SEQUENCE mailbox_number",
                """
                CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$""",
                """
                CREATE TRIGGER audit_event_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
                FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
                """
                CREATE FUNCTION audit_event_sequence() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  IF NEW.seq IS DISTINCT FROM (SELECT coalesce(max(seq), 0) + 1 FROM audit_event
                      WHERE connector = NEW.connector AND epoch = NEW.epoch) THEN
                    RAISE EXCEPTION 'audit_event is written in sequence';
                  END IF;
                  RETURN NEW;
                END $$""",
                """
                CREATE TRIGGER audit_event_in_sequence BEFORE INSERT ON audit_event
                FOR EACH ROW EXECUTE FUNCTION audit_event_sequence()""");
    }

    @Override
    public void prepare(Connection connection, boolean writing) throws SQLException {
        connection.setReadOnly(!writing);
        connection.setTransactionIsolation(
                writing ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        if (writing) {
            Session session = new Session(connection);
            session.execute("SET synchronous_commit = on");
            connection.commit();
        }
    }

    @Override
    public void enter(Session session, SortedMap<String, Boolean> scopes) throws SQLException {
        for (Map.Entry<String, Boolean> scope : scopes.entrySet()) {
            session.first(
                    scope.getValue() ? "SELECT pg_advisory_xact_lock(?)" : "SELECT pg_advisory_xact_lock_shared(?)",
                    row -> 0,
                    Sha256.first64Bits("celltrust-archive/" + scope.getKey()));
        }
    }

    @Override
    public String indexedBy(String index) {
        return ""; // it keeps statistics
    }

    @Override
    public String skipLocked() {
        return " FOR UPDATE SKIP LOCKED";
    }

    @Override
    public List<Long> numbers(Session session, Numbered kind, int count) throws SQLException {
        return session.list(
                "SELECT nextval('" + kind.table() + "_number') FROM generate_series(1, ?)",
                row -> row.getLong(1),
                count);
    }

    /** Class 40 of the SQL standard: the database rolled the transaction back to end a deadlock or a race. */
    @Override
    public boolean isConflict(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("40");
    }
}
