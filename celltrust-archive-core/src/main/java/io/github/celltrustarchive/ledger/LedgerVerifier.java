// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.spi.ArchiveException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Proves that a ledger is whole: that the database isn't damaged, that no row of the audit trail was changed, removed,
 * added or moved, that the tables say what the audit trail tells, and that every item is accounted for.
 *
 * <p>Only reads, needs no lock and may run beside a ledger that is in use: it sees one moment. Takes time in proportion to
 * the audit trail, and little memory.
 *
 * <p>Whoever can write to the database can also make up a whole new trail. Against that, keep the
 * {@link LedgerVerification#heads() heads} of a sound ledger where that person can't write, and compare.
 */
public final class LedgerVerifier {

    // Rows that no sequence of transitions can lead to
    private static final Map<String, String> IMPOSSIBLE = Map.of(
            "deliveries whose columns don't fit their state",
            """
            SELECT count(*) FROM delivery WHERE
              (state IN ('PLANNED', 'RETRY_AT', 'UNKNOWN')) <> (not_before IS NOT NULL)
              OR (state = 'INTENT') <> (intent_epoch IS NOT NULL)
              OR (state IN ('DELIVERED', 'HELD')) <> (done_epoch IS NOT NULL)
              OR (state = 'DELIVERED') <> (receipt IS NOT NULL)
              OR state NOT IN ('PLANNED', 'INTENT', 'RETRY_AT', 'UNKNOWN', 'DELIVERED', 'HELD')""",
            "participants whose columns don't fit their state",
            """
            SELECT count(*) FROM participant WHERE (state = 'PENDING') <> (not_before IS NOT NULL)
              OR (state = 'MAPPED') <> (mailbox IS NOT NULL)
              OR (state IN ('UNMAPPED', 'HELD')) <> (failed_epoch IS NOT NULL)
              OR state NOT IN ('PENDING', 'MAPPED', 'EXTERNAL', 'UNMAPPED', 'HELD')""",
            "mapped participants without a delivery",
            """
            SELECT count(*) FROM participant p WHERE p.state = 'MAPPED' AND NOT EXISTS (
              SELECT 1 FROM delivery d WHERE d.item = p.item AND d.mailbox = p.mailbox)""",
            "deliveries without a mapped participant",
            """
            SELECT count(*) FROM delivery d WHERE NOT EXISTS (
              SELECT 1 FROM participant p WHERE p.item = d.item AND p.mailbox = d.mailbox)""",
            "items that are in nobody's mailbox and not marked so, or the other way round",
            """
            SELECT count(*) FROM item i WHERE (i.nobody_epoch IS NOT NULL) <> (i.state = 'STAGED' AND NOT EXISTS (
              SELECT 1 FROM participant p WHERE p.item = i.item AND p.state <> 'EXTERNAL'))""",
            "items without participants that are nobody's since another run than their own",
            "SELECT count(*) FROM item WHERE participants = 0 AND nobody_epoch <> epoch",
            "items whose columns don't fit their state",
            """
            SELECT count(*) FROM item WHERE state NOT IN ('STAGED', 'HELD', 'EXCLUDED', 'RELEASED')
              OR (state = 'RELEASED') <> (released_to IS NOT NULL) OR (state = 'RELEASED') <> (released_epoch IS NOT NULL)
              OR replaced <> (CASE WHEN state = 'RELEASED' THEN item ELSE 0 END)
              OR (state = 'STAGED') <> (envelope IS NOT NULL)""",
            "mailboxes that have open deliveries but are never looked at",
            """
            SELECT count(*) FROM mailbox m WHERE m.next_due IS NULL AND EXISTS (SELECT 1 FROM delivery d
              WHERE d.mailbox = m.mailbox AND (d.not_before IS NOT NULL OR d.intent_epoch IS NOT NULL))""");

    private LedgerVerifier() {}

    /**
     * Verifies a SQLite ledger.
     *
     * @throws ArchiveException with remedy {@code STOP} if there is no such file, or it can't be read at all
     */
    public static LedgerVerification sqlite(Path file) {
        if (!Files.exists(file)) {
            throw ArchiveException.stop("there is no ledger " + file.getFileName(), null);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath())) {
            Findings findings = new Findings();
            try (Session session = new Session(connection)) {
                new SqliteDialect().prepare(connection, false);
                for (String problem : session.list("PRAGMA integrity_check", row -> row.getString(1))) {
                    findings.expect(problem.equals("ok"), "SQLite: " + problem);
                }
                return verify(session, findings);
            }
        } catch (SQLException e) {
            throw JdbcLedger.unreadable(e);
        }
    }

    /**
     * Verifies a ledger on PostgreSQL, with one connection.
     *
     * @throws ArchiveException with remedy {@code STOP} if it can't be read at all
     */
    public static LedgerVerification postgresql(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Session session = new Session(connection)) {
            new PostgresqlDialect().prepare(connection, false);
            return verify(session, new Findings());
        } catch (SQLException e) {
            throw JdbcLedger.unreadable(e);
        }
    }

    private static LedgerVerification verify(Session session, Findings findings) throws SQLException {
        ChainCheck chains = new ChainCheck(session, findings);
        AuditFold fold = new AuditFold(session, findings);
        session.forEach(AuditRow.ALL, found -> next(AuditRow.read(found), chains, fold, findings));
        chains.end();
        fold.end();
        for (Map.Entry<String, String> impossible : IMPOSSIBLE.entrySet()) {
            long rows = session.number(impossible.getValue());
            findings.expect(rows == 0, rows + " " + impossible.getKey());
        }
        totals(session, findings);
        session.connection().rollback();
        return new LedgerVerification(chains.rows(), chains.heads(), findings.problems());
    }

    private static void next(AuditRow row, ChainCheck chains, AuditFold fold, Findings findings) throws SQLException {
        JsonNode body;
        try {
            body = Json.parse(row.body());
        } catch (IllegalArgumentException e) {
            findings.add(row.name() + " has a body that isn't a JSON object");
            body = Json.node();
        }
        chains.next(row, body);
        try {
            fold.next(row, body);
        } catch (ArchiveException e) { // what the row is about can't be read
            findings.add(row.name() + ": " + e.getMessage());
        }
    }

    private static void totals(Session session, Findings findings) throws SQLException {
        List<Long> connectors = session.list("SELECT connector FROM connector", (ResultSet row) -> row.getLong(1));
        for (long connector : connectors) {
            ItemTotals totals = RunNumbers.totals(session, connector);
            OpenWork.verify(session, findings, connector);
            findings.expect(totals.addsUp(), "connector " + connector + ": the totals don't add up: " + totals);
        }
    }
}
