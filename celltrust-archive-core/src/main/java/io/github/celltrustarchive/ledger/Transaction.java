// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.Fence;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transaction of the database, in which several requests may take effect. */
final class Transaction {

    final Session session;
    final Dialect dialect;
    /** The time of the whole transaction, in milliseconds. */
    final long now;
    /** The same as it stands in audit rows. */
    final String at;

    private final Map<Fence, Run> runs = new HashMap<>();
    private final Map<String, Long> packs = new HashMap<>();

    Transaction(Session session, Dialect dialect, Instant now) {
        this.session = session;
        this.dialect = dialect;
        this.now = Times.floor(now);
        this.at = Times.instant(this.now).toString();
    }

    Run run(Fence fence) throws SQLException {
        Run known = runs.get(fence);
        if (known == null) {
            known = Run.load(session, fence);
            runs.put(fence, known);
        }
        if (known.finished()) {
            throw Run.over(fence);
        }
        return known;
    }

    void audit(Run run, String type, Json.Fields fields) throws SQLException {
        run.audit.append(session, at, type, fields);
    }

    /** A run has begun, beside those that this transaction knows. */
    void opened(long connector, long epoch) {
        runs.values().forEach(run -> run.newest(connector, epoch));
    }

    /** The number of a recorded pack, or null. */
    @Nullable
    Long pack(Run run, String uri) throws SQLException {
        Long known = packs.get(uri);
        if (known == null) {
            known = session.first(
                    "SELECT pack FROM pack WHERE connector = ? AND uri = ?", row -> row.getLong(1), run.connector, uri);
            if (known != null) {
                packs.put(uri, known);
            }
        }
        return known;
    }

    /** Sends what a request has gathered. */
    void endRequest() throws SQLException {
        session.flush();
        for (Run run : runs.values()) {
            run.save(session);
        }
    }

    /** Forgets what was learnt from rows that are rolled back. */
    void undoRequest() throws SQLException {
        session.discard();
        runs.clear();
        packs.clear();
    }
}
