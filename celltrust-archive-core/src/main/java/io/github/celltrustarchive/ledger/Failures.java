// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.RunFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The failed rows of a run, read one by one over a connection of their own. */
final class Failures {

    /** The reason of a row whose item is in nobody's mailbox. */
    static final String NOBODY = "no participant has a mailbox";

    // One row for each thing that RunNumbers counts as failed; sorted so that two readings are alike
    private static final String SELECT = """
            SELECT 1 AS kind, i.item AS item, 0 AS sub, i.source_id, '', '', i.reason
            FROM item i WHERE i.connector = ? AND i.epoch = ? AND i.state = 'HELD'
            UNION ALL
            SELECT 2, i.item, 0, i.source_id, '', '', '%s' FROM item i WHERE i.connector = ? AND i.nobody_epoch = ?
            UNION ALL
            SELECT 3, p.item, p.position, i.source_id, p.source_user, '', p.reason
            FROM participant p JOIN item i ON i.item = p.item
            WHERE p.connector = ? AND p.failed_epoch = ? AND p.state = 'HELD'
            UNION ALL
            SELECT 4, p.item, p.position, i.source_id, p.source_user, '', p.reason
            FROM participant p JOIN item i ON i.item = p.item
            WHERE p.connector = ? AND p.failed_epoch = ? AND p.state = 'UNMAPPED' AND (p.source_user = '' OR NOT EXISTS (
              SELECT 1 FROM participant q WHERE q.connector = p.connector AND q.failed_epoch = p.failed_epoch
                AND q.state = 'UNMAPPED' AND q.source_user = p.source_user
                AND (q.item, q.position) < (p.item, p.position)))
            UNION ALL
            SELECT 5, d.item, d.mailbox, i.source_id, coalesce((
                SELECT p.source_user FROM participant p WHERE p.item = d.item AND p.mailbox = d.mailbox
                ORDER BY p.position LIMIT 1), ''), m.primary_address, d.reason
            FROM delivery d JOIN item i ON i.item = d.item JOIN mailbox m ON m.mailbox = d.mailbox
            WHERE d.connector = ? AND d.done_epoch = ? AND d.state = 'HELD'
            ORDER BY kind, item, sub""".formatted(NOBODY);

    private Failures() {}

    /** The rows; closing the stream closes the session. */
    static Stream<RunFailure> stream(Session session, long connector, long epoch) throws SQLException {
        Object[] arguments = new Object[10];
        for (int i = 0; i < arguments.length; i += 2) {
            arguments[i] = connector;
            arguments[i + 1] = epoch;
        }
        var statement = session.bind(SELECT, arguments);
        statement.setFetchSize(500);
        Iterator<RunFailure> rows = new Rows(statement.executeQuery());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static final class Rows implements Iterator<RunFailure> {
        private final ResultSet row;
        private boolean ready;

        Rows(ResultSet row) throws SQLException {
            this.row = row;
            this.ready = row.next();
        }

        @Override
        public boolean hasNext() {
            return ready;
        }

        @Override
        public RunFailure next() {
            if (!ready) {
                throw new NoSuchElementException();
            }
            try {
                RunFailure failure = new RunFailure(text(4), text(5), text(6), text(7));
                ready = row.next();
                return failure;
            } catch (SQLException e) {
                throw JdbcLedger.unreadable(e);
            }
        }

        private String text(int column) throws SQLException {
            String stored = row.getString(column);
            return stored == null ? "" : LosslessText.decode(stored);
        }
    }
}
