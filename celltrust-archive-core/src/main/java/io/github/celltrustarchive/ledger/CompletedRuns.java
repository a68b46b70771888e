// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.CompletedRun;
import java.sql.SQLException;
import java.util.Optional;

/** Finds runs that came to their end. */
final class CompletedRuns {

    // by the primary key from the newest run backwards: the one looked for is among the first few
    static final String LAST = """
            SELECT epoch, started_at, finished_at FROM run
            WHERE connector = ? AND operation = ? AND finished_at IS NOT NULL AND stopped = 0
            ORDER BY epoch DESC LIMIT 1""";

    private CompletedRuns() {}

    static Optional<CompletedRun> last(Session session, long connector, String operation) throws SQLException {
        return Optional.ofNullable(session.first(
                LAST,
                row -> new CompletedRun(
                        row.getLong(1), operation, Times.instant(row.getLong(2)), Times.instant(row.getLong(3))),
                connector,
                operation));
    }
}
