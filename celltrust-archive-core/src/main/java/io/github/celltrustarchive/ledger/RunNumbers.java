// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a run and of a connector.
 *
 * <p>What there was to do is counted when it comes in, by the columns of {@code run}; what became of it is counted from
 * the other tables. A delivery or participant that got lost between the two makes a difference. A delivery that an
 * operator releases comes in again: it counts as planned in the run of the command, and no more in the run that held it.
 */
final class RunNumbers {

    private static final String RUN = """
            SELECT records, replayed, carried_deliveries + planned - reopened,
              carried_participants + became_pending - left_pending, counts, finished_at
            FROM run WHERE connector = ? AND epoch = ?""";
    private static final String NEXT_CARRIED =
            "SELECT carried_deliveries + carried_participants FROM run WHERE connector = ? AND epoch = ?";
    private static final String DONE =
            "SELECT count(*) FROM delivery WHERE connector = ? AND done_epoch = ? AND state = ? AND receipt = ?";
    private static final String DELIVERIES_HELD =
            "SELECT count(*) FROM delivery WHERE connector = ? AND done_epoch = ? AND state = 'HELD'";
    private static final String ITEMS_HELD =
            "SELECT count(*) FROM item WHERE connector = ? AND epoch = ? AND state = 'HELD'";
    private static final String ITEMS_OF_NOBODY = "SELECT count(*) FROM item WHERE connector = ? AND nobody_epoch = ?";
    private static final String PARTICIPANTS_HELD =
            "SELECT count(*) FROM participant WHERE connector = ? AND failed_epoch = ? AND state = 'HELD'";
    private static final String USERS_UNMAPPED = """
            SELECT count(DISTINCT CASE WHEN source_user = '' THEN item || '/' || position ELSE source_user END)
            FROM participant WHERE connector = ? AND failed_epoch = ? AND state = 'UNMAPPED'""";

    private static final Set<String> COUNTS = Set.of(
            "availableFromSource",
            "availableForImport",
            "imported",
            "partiallyImported",
            "skipped",
            "failed",
            "pending");

    private record Incoming(
            long records,
            long replayed,
            long deliveries,
            long participants,
            @Nullable String counts,
            boolean finished) {

        static Incoming read(ResultSet row) throws SQLException {
            return new Incoming(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    Columns.nullableLong(row, 6) != null);
        }
    }

    private RunNumbers() {}

    static long openDeliveries(Session session, long connector) throws SQLException {
        return session.number("SELECT count(*) FROM delivery WHERE connector = ? AND not_before IS NOT NULL", connector)
                + session.number(
                        "SELECT count(*) FROM delivery WHERE connector = ? AND intent_epoch IS NOT NULL", connector);
    }

    static long pendingParticipants(Session session, long connector) throws SQLException {
        return session.number(
                "SELECT count(*) FROM participant WHERE connector = ? AND not_before IS NOT NULL", connector);
    }

    static RunCounts counts(Session session, long connector, long epoch) throws SQLException {
        Incoming in = session.first(RUN, Incoming::read, connector, epoch);
        if (in == null) {
            throw new IllegalArgumentException("there is no run " + epoch);
        }
        if (in.finished() && in.counts() != null) {
            return read(in.counts());
        }
        long imported = session.number(DONE, connector, epoch, "DELIVERED", "IMPORTED");
        long partially = session.number(DONE, connector, epoch, "DELIVERED", "PARTIALLY_IMPORTED");
        long duplicates = session.number(DONE, connector, epoch, "DELIVERED", "DUPLICATE");
        long failedEarly = session.number(ITEMS_HELD, connector, epoch)
                + session.number(ITEMS_OF_NOBODY, connector, epoch)
                + session.number(PARTICIPANTS_HELD, connector, epoch)
                + session.number(USERS_UNMAPPED, connector, epoch);
        long available = in.replayed() + in.deliveries() + in.participants() + failedEarly;
        return new RunCounts(
                in.records(),
                available,
                imported,
                partially,
                in.replayed() + duplicates,
                failedEarly + session.number(DELIVERIES_HELD, connector, epoch),
                pending(session, connector, epoch));
    }

    /** What was left when the run ended: that is what the next run found, or what there is now. */
    private static long pending(Session session, long connector, long epoch) throws SQLException {
        Long next = session.first(NEXT_CARRIED, row -> row.getLong(1), connector, epoch + 1);
        return next != null ? next : openDeliveries(session, connector) + pendingParticipants(session, connector);
    }

    private static RunCounts read(String json) {
        return StoredJson.read("the counts of a run", json, in -> {
            Map<String, Long> numbers = new HashMap<>();
            in.object(name -> COUNTS.contains(name) && numbers.put(name, in.number()) == null);
            return new RunCounts(
                    StoredJson.required(numbers.get("availableFromSource")),
                    StoredJson.required(numbers.get("availableForImport")),
                    StoredJson.required(numbers.get("imported")),
                    StoredJson.required(numbers.get("partiallyImported")),
                    StoredJson.required(numbers.get("skipped")),
                    StoredJson.required(numbers.get("failed")),
                    StoredJson.required(numbers.get("pending")));
        });
    }

    static ItemTotals totals(Session session, long connector) throws SQLException {
        return session.list(
                        """
                        SELECT count(*), sum(CASE WHEN worst = 'DONE' THEN 1 ELSE 0 END),
                          sum(CASE WHEN worst = 'PENDING' THEN 1 ELSE 0 END), sum(CASE WHEN worst = 'HELD' THEN 1 ELSE 0 END),
                          sum(CASE WHEN worst = 'UNMAPPED' THEN 1 ELSE 0 END),
                          sum(CASE WHEN worst = 'EXCLUDED' THEN 1 ELSE 0 END)
                        FROM (SELECT CASE
                          WHEN i.state = 'EXCLUDED' THEN 'EXCLUDED'
                          WHEN i.state = 'HELD' OR p.held > 0 OR d.held > 0 THEN 'HELD'
                          WHEN p.unmapped > 0 THEN 'UNMAPPED'
                          WHEN p.pending > 0 OR d.waiting > 0 THEN 'PENDING'
                          WHEN i.participants = coalesce(p.decided, 0) THEN 'DONE'
                          ELSE 'LOST' END AS worst
                        FROM item i
                        LEFT JOIN (SELECT item, sum(CASE WHEN state = 'HELD' THEN 1 ELSE 0 END) AS held,
                            sum(CASE WHEN state = 'UNMAPPED' THEN 1 ELSE 0 END) AS unmapped,
                            sum(CASE WHEN state = 'PENDING' THEN 1 ELSE 0 END) AS pending,
                            sum(CASE WHEN state IN ('MAPPED', 'EXTERNAL') THEN 1 ELSE 0 END) AS decided
                          FROM participant WHERE connector = ? GROUP BY item) p ON p.item = i.item
                        LEFT JOIN (SELECT item, sum(CASE WHEN state = 'HELD' THEN 1 ELSE 0 END) AS held,
                            sum(CASE WHEN state NOT IN ('HELD', 'DELIVERED') THEN 1 ELSE 0 END) AS waiting
                          FROM delivery WHERE connector = ? GROUP BY item) d ON d.item = i.item
                        WHERE i.connector = ? AND i.state <> 'RELEASED') items""",
                        row -> new ItemTotals(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)),
                        connector,
                        connector,
                        connector)
                .get(0);
    }
}
