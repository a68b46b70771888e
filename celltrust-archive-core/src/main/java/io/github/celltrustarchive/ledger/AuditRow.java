// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the audit trail as it stands. */
record AuditRow(long connector, long epoch, long seq, String at, String actor, String type, String body, String hash) {

    static final String ALL = """
            SELECT connector, epoch, seq, at, actor, type, body, hash FROM audit_event
            ORDER BY connector, epoch, seq""";

    static AuditRow read(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    /** What the hash must be after a row with this hash. */
    String hashAfter(String previous) {
        return AuditChain.hash(previous, seq, at, actor, type, body);
    }

    /** Names the row. */
    String name() {
        return "audit_event (connector " + connector + ", epoch " + epoch + ", seq " + seq + ")";
    }
}
