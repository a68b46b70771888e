// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.ArchiveException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables. Times are milliseconds since 1970; a not-before time is null where nothing waits, so that the partial indexes
 * hold only what waits. Texts from outside are stored by {@link LosslessText}. {@code changes} counts the changes of a row:
 * each has its {@code audit_event} with that number.
 */
final class Schema {

    /** Raised with every change of a table. */
    static final int VERSION = 3;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE ledger_schema (version BIGINT NOT NULL)",
            """
            CREATE TABLE connector (
              connector {key}, name TEXT NOT NULL UNIQUE, checkpoint TEXT NOT NULL, changes BIGINT NOT NULL,
              last_epoch BIGINT NOT NULL, lease_epoch BIGINT, lease_until BIGINT, swept_below BIGINT NOT NULL)""",
            // what came in is counted here, what became of it in the other tables: the two must agree
            """
            CREATE TABLE run (
              connector BIGINT NOT NULL, epoch BIGINT NOT NULL, operation TEXT NOT NULL, worker TEXT NOT NULL,
              started_at BIGINT NOT NULL, finished_at BIGINT, stopped BIGINT, counts TEXT,
              records BIGINT NOT NULL DEFAULT 0, replayed BIGINT NOT NULL DEFAULT 0,
              carried_deliveries BIGINT NOT NULL, carried_participants BIGINT NOT NULL,
              planned BIGINT NOT NULL DEFAULT 0, reopened BIGINT NOT NULL DEFAULT 0, became_pending BIGINT NOT NULL DEFAULT 0,
              left_pending BIGINT NOT NULL DEFAULT 0, decided BIGINT NOT NULL DEFAULT 0, open_before BIGINT NOT NULL,
              beside BIGINT NOT NULL, settled BIGINT NOT NULL DEFAULT 0,
              audit_seq BIGINT NOT NULL, audit_hash TEXT NOT NULL, PRIMARY KEY (connector, epoch)) {slim}""",
            """
            CREATE TABLE pack (
              pack {key}, connector BIGINT NOT NULL, epoch BIGINT NOT NULL, name TEXT NOT NULL, uri TEXT NOT NULL,
              size BIGINT NOT NULL, sha256 TEXT, UNIQUE (connector, name), UNIQUE (connector, uri))""",
            // an item that was released has its own number in replaced, so that another one can have its key
            """
            CREATE TABLE item (
              item {key}, connector BIGINT NOT NULL, epoch BIGINT NOT NULL, recorded_at BIGINT NOT NULL,
              source_hash BIGINT NOT NULL, source_id TEXT NOT NULL, key {bytes} NOT NULL, revision BIGINT NOT NULL,
              state TEXT NOT NULL, reason TEXT, nobody_epoch BIGINT, participants BIGINT NOT NULL,
              raw_pack BIGINT NOT NULL, raw_offset BIGINT NOT NULL, raw_length BIGINT NOT NULL, raw_sha256 {bytes} NOT NULL,
              eml_pack BIGINT, eml_offset BIGINT, eml_length BIGINT, eml_sha256 {bytes}, envelope TEXT,
              replaced BIGINT NOT NULL DEFAULT 0, released_to BIGINT, released_epoch BIGINT)""",
            """
            CREATE TABLE participant (
              item BIGINT NOT NULL, position BIGINT NOT NULL, connector BIGINT NOT NULL, state TEXT NOT NULL,
              mailbox BIGINT, rule TEXT, reason TEXT, not_before BIGINT, source_user TEXT NOT NULL,
              epoch BIGINT NOT NULL, failed_epoch BIGINT, changes BIGINT NOT NULL, PRIMARY KEY (item, position)) {slim}""",
            """
            CREATE TABLE mailbox (
              mailbox {key}, connector BIGINT NOT NULL, id TEXT NOT NULL, folder TEXT NOT NULL,
              primary_address TEXT NOT NULL, not_before BIGINT NOT NULL, changes BIGINT NOT NULL,
              claim_epoch BIGINT, lease_until BIGINT, lease_millis BIGINT, next_due BIGINT, served BIGINT NOT NULL,
              UNIQUE (connector, id, folder))""",
            // by mailbox first: what is delivered together lies together
            """
            CREATE TABLE delivery (
              item BIGINT NOT NULL, mailbox BIGINT NOT NULL, connector BIGINT NOT NULL, state TEXT NOT NULL,
              attempts BIGINT NOT NULL, not_before BIGINT, looked_at BIGINT, reason TEXT, reference TEXT,
              incomplete_reference TEXT, receipt TEXT, planned_epoch BIGINT NOT NULL, intent_epoch BIGINT,
              done_epoch BIGINT, released_attempts BIGINT NOT NULL DEFAULT 0, changes BIGINT NOT NULL,
              PRIMARY KEY (mailbox, item)) {slim}""",
            """
            CREATE TABLE audit_event (
              connector BIGINT NOT NULL, epoch BIGINT NOT NULL, seq BIGINT NOT NULL, at TEXT NOT NULL,
              actor TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL,
              PRIMARY KEY (connector, epoch, seq)) {slim}""",
            "CREATE INDEX run_beside ON run (beside)",
            "CREATE UNIQUE INDEX item_identity ON item (connector, source_hash, key, replaced)",
            "CREATE INDEX item_held ON item (connector, epoch) WHERE state = 'HELD'",
            "CREATE INDEX item_nobody ON item (connector, nobody_epoch) WHERE nobody_epoch IS NOT NULL",
            """
            CREATE INDEX participant_pending ON participant (connector, item, position, not_before)
            WHERE not_before IS NOT NULL""",
            """
            CREATE INDEX participant_unmapped ON participant (connector, item, position)
            WHERE state = 'UNMAPPED'""",
            """
            CREATE INDEX participant_failed ON participant (connector, failed_epoch, state, source_user)
            WHERE failed_epoch IS NOT NULL""",
            "CREATE INDEX participant_held ON participant (connector, item, position) WHERE state = 'HELD'",
            "CREATE INDEX mailbox_due ON mailbox (connector, served, mailbox) WHERE next_due IS NOT NULL",
            """
            CREATE INDEX delivery_waiting ON delivery (connector, mailbox, item, not_before)
            WHERE not_before IS NOT NULL""",
            """
            CREATE INDEX delivery_intent ON delivery (connector, mailbox, intent_epoch)
            WHERE intent_epoch IS NOT NULL""",
            """
            CREATE INDEX delivery_done ON delivery (connector, done_epoch, state, receipt)
            WHERE done_epoch IS NOT NULL""",
            "CREATE INDEX delivery_held ON delivery (connector, item, mailbox) WHERE state = 'HELD'");

    private Schema() {}

    /**
     * Makes the tables of an empty database; leaves those of this version alone.
     *
     * @throws ArchiveException with remedy {@code STOP} if a newer library made them
     */
    static void prepare(Session session, Dialect dialect) throws SQLException {
        TreeMap<String, Boolean> all = new TreeMap<>();
        all.put("", true);
        dialect.enter(session, all);
        if (!exists(session)) {
            for (String table : TABLES) {
                session.execute(dialect.ddl(table));
            }
            for (String own : dialect.ownDdl()) {
                session.execute(own);
            }
            session.update("INSERT INTO ledger_schema (version) VALUES (?)", VERSION);
        }
        long version = session.number("SELECT version FROM ledger_schema");
        session.connection().commit();
        if (version != VERSION) {
            throw ArchiveException.stop(
                    "the ledger has schema version " + version + ", this library knows " + VERSION
                            + ": use the library that wrote it, or a newer one",
                    null);
        }
    }

    private static boolean exists(Session session) throws SQLException {
        try (ResultSet tables = session.connection()
                .getMetaData()
                .getTables(null, session.connection().getSchema(), "ledger_schema", null)) {
            return tables.next();
        }
    }
}
