// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.SQLException;

/**
 * The audit chain of one epoch. Each row's hash is the SHA-256 of the previous row's hash and the row itself:
 *
 * <pre>previous hash \n seq \n at \n actor \n type \n body</pre>
 *
 * in UTF-8, with one line feed between and none at the end. The recipe for auditors is in {@code docs/audit-trail.md}.
 */
final class AuditChain {

    /** What stands for the previous hash in front of a connector's very first row. */
    static final String NO_HASH = "0".repeat(64);

    private static final String INSERT = """
            INSERT INTO audit_event (connector, epoch, seq, at, actor, type, body, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";

    private final long connector;
    private final long epoch;
    private final String actor;
    private long seq;
    private String hash;
    private boolean grown;

    AuditChain(long connector, long epoch, String actor, long seq, String hash) {
        this.connector = connector;
        this.epoch = epoch;
        this.actor = actor;
        this.seq = seq;
        this.hash = hash;
    }

    static String hash(String previous, long seq, String at, String actor, String type, String body) {
        return Sha256.hex(previous + "\n" + seq + "\n" + at + "\n" + actor + "\n" + type + "\n" + body);
    }

    /** Adds a row; {@link Session#flush()} sends it. */
    void append(Session session, String at, String type, Json.Fields fields) throws SQLException {
        String body = Json.object(fields);
        seq++;
        hash = hash(hash, seq, at, actor, type, body);
        grown = true;
        session.batch(INSERT, "audit_event " + seq, connector, epoch, seq, at, actor, type, body, hash);
    }

    long seq() {
        return seq;
    }

    String hash() {
        return hash;
    }

    boolean grown() {
        return grown;
    }

    void saved() {
        grown = false;
    }
}
