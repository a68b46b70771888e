// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When there is something to do again. */
final class NextDue {

    private static final String PARTICIPANTS =
            "SELECT min(not_before) FROM participant WHERE connector = ? AND not_before IS NOT NULL";
    // of a mailbox that is held back, nothing is due before it is free again
    private static final String DELIVERIES = """
            SELECT min(CASE WHEN m.not_before > first THEN m.not_before ELSE first END) FROM (
              SELECT d.mailbox, min(d.not_before) AS first FROM delivery d
              WHERE d.connector = ? AND d.not_before IS NOT NULL GROUP BY d.mailbox) w
            JOIN mailbox m ON m.mailbox = w.mailbox WHERE m.claim_epoch IS NULL OR m.lease_until <= ?""";
    // what the newest run has begun is its own; what an older one has begun is to be looked for
    private static final String ABANDONED = """
            SELECT min(m.not_before) FROM delivery d JOIN mailbox m ON m.mailbox = d.mailbox
            JOIN connector c ON c.connector = d.connector
            WHERE d.connector = ? AND d.intent_epoch IS NOT NULL AND d.intent_epoch < c.last_epoch
              AND (m.claim_epoch IS NULL OR m.lease_until <= ?)""";

    private NextDue() {}

    static Optional<Instant> find(Session session, long connector, long now) throws SQLException {
        return Stream.of(
                        time(session, PARTICIPANTS, connector),
                        time(session, DELIVERIES, connector, now),
                        time(session, ABANDONED, connector, now))
                .flatMap(Optional::stream)
                .min(Long::compare)
                .map(Times::instant);
    }

    private static Optional<Long> time(Session session, String sql, @Nullable Object... arguments) throws SQLException {
        return Optional.ofNullable(session.numberOrNull(sql, arguments));
    }
}
