// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.SQLException;

/**
 * How much of a connector is open, counted twice: by the tables, and by what the runs counted as it came in and as it was
 * decided. The two differ if something got lost.
 *
 * <p>The second way needs no sum over all runs. Each run remembers what was open when it began ({@code open_before}), and the
 * newest run that there was when it last changed ({@code beside}), with what its counters came to until then
 * ({@code settled}); so what has changed since the newest run began is in few rows, however many runs are at work.
 */
final class OpenWork {

    // without the plus SQLite, which has no statistics, would go through all runs of the connector
    static final String SINCE_NEWEST = """
            SELECT sum(planned + became_pending - left_pending - decided - settled) FROM run
            WHERE +connector = ? AND beside = ?""";
    private static final String BEFORE = "SELECT open_before FROM run WHERE connector = ? AND epoch = ?";
    private static final String ALL =
            "SELECT sum(planned + became_pending - left_pending - decided) FROM run WHERE connector = ?";

    private OpenWork() {}

    static long deliveries(Session session, long connector) throws SQLException {
        return session.number("SELECT count(*) FROM delivery WHERE connector = ? AND not_before IS NOT NULL", connector)
                + session.number(
                        "SELECT count(*) FROM delivery WHERE connector = ? AND intent_epoch IS NOT NULL", connector);
    }

    static long participants(Session session, long connector) throws SQLException {
        return session.number(
                "SELECT count(*) FROM participant WHERE connector = ? AND not_before IS NOT NULL", connector);
    }

    /**
     * By the counters of the runs.
     *
     * @param newest the epoch of the connector's newest run; 0 if there is none
     */
    static long byCounters(Session session, long connector, long newest) throws SQLException {
        return session.number(BEFORE, connector, newest) + session.number(SINCE_NEWEST, connector, newest);
    }

    /** For the verifier: whether tables, counters, and the counters of all runs from the first one on agree. */
    static void verify(Session session, Findings findings, long connector) throws SQLException {
        long tables = deliveries(session, connector) + participants(session, connector);
        long newest = session.number("SELECT last_epoch FROM connector WHERE connector = ?", connector);
        long counters = byCounters(session, connector, newest);
        long all = session.number(ALL, connector);
        findings.expect(
                tables == counters && tables == all,
                "connector " + connector + ": " + tables + " deliveries and participants are open, its runs tell of "
                        + counters + ", all of them together of " + all);
    }
}
