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
 * <p>What there was to do is counted by the columns of {@code run}, as it comes in and is decided; what became of it is
 * counted from the other tables. A delivery or participant that got lost between the two makes a difference.
 *
 * <p>Where runs overlap, what one decides there wasn't to do for the others: a run's work is what it decided itself and what
 * is open when it ends. A delivery that an operator releases comes in again: it counts as planned in the run of the
 * command, and no more in the run that held it.
 */
final class RunNumbers {

    private static final String RUN = """
            SELECT records, replayed, carried_deliveries + carried_participants - open_before + decided - reopened, beside,
              counts, finished_at
            FROM run WHERE connector = ? AND epoch = ?""";
    private static final String NEXT = """
            SELECT open_before, carried_deliveries + carried_participants FROM run WHERE connector = ? AND epoch = ?""";
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

    private record Stored(
            long records,
            long replayed,
            long own,
            long beside,
            @Nullable String counts,
            boolean finished) {

        static Stored read(ResultSet row) throws SQLException {
            return new Stored(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    Columns.nullableLong(row, 6) != null);
        }
    }

    /** What is open when a run ends, by the counters of all runs and by the tables. */
    private record Left(long byCounters, long byTables) {}

    private RunNumbers() {}

    static RunCounts counts(Session session, long connector, long epoch) throws SQLException {
        Stored run = session.first(RUN, Stored::read, connector, epoch);
        if (run == null) {
            throw new IllegalArgumentException("there is no run " + epoch);
        }
        if (run.finished() && run.counts() != null) {
            return read(run.counts());
        }
        long imported = session.number(DONE, connector, epoch, "DELIVERED", "IMPORTED");
        long partially = session.number(DONE, connector, epoch, "DELIVERED", "PARTIALLY_IMPORTED");
        long duplicates = session.number(DONE, connector, epoch, "DELIVERED", "DUPLICATE");
        long failedEarly = session.number(ITEMS_HELD, connector, epoch)
                + session.number(ITEMS_OF_NOBODY, connector, epoch)
                + session.number(PARTICIPANTS_HELD, connector, epoch)
                + session.number(USERS_UNMAPPED, connector, epoch);
        Left left = left(session, connector, run.beside());
        return new RunCounts(
                run.records(),
                run.replayed() + run.own() + left.byCounters() + failedEarly,
                imported,
                partially,
                run.replayed() + duplicates,
                failedEarly + session.number(DELIVERIES_HELD, connector, epoch),
                left.byTables());
    }

    /** A run ends when the first one begins that it no longer changed anything beside; until then it hasn't ended. */
    private static Left left(Session session, long connector, long beside) throws SQLException {
        Left next = session.first(NEXT, row -> new Left(row.getLong(1), row.getLong(2)), connector, beside + 1);
        return next != null
                ? next
                : new Left(
                        OpenWork.byCounters(session, connector, beside),
                        OpenWork.deliveries(session, connector) + OpenWork.participants(session, connector));
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
