// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;

/** Where SQLite and PostgreSQL differ; everything else is one SQL for both. */
interface Dialect {

    /** What is numbered by the ledger itself. */
    enum Numbered {
        CONNECTOR,
        PACK,
        ITEM,
        MAILBOX;

        String table() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** DDL with {@code {key}}, {@code {bytes}} and {@code {slim}} in the words of this database. */
    String ddl(String generic);

    /** The triggers, and whatever else has no common form. */
    List<String> ownDdl();

    /** Prepares a new connection for writing, or for reading only. */
    void prepare(Connection connection, boolean writing) throws SQLException;

    /**
     * Keeps transactions of other processes apart from this one until it ends: an exclusive scope of a connector from all
     * others of that connector. One order for all, so that nobody waits in a circle.
     *
     * @param scopes connector name to whether exclusively
     */
    void enter(Session session, SortedMap<String, Boolean> scopes) throws SQLException;

    /** What makes a query use this index where the planner can't know that few rows are in it. */
    String indexedBy(String index);

    /** What makes a select skip rows that another transaction is changing, and keep others from the rest. */
    String skipLocked();

    /** The first of {@code count} new numbers, higher than all that were given before in this scope. */
    List<Long> numbers(Session session, Numbered kind, int count) throws SQLException;

    /** Whether the transaction was rolled back only because of what another one did, and may be tried again. */
    boolean isConflict(SQLException failure);

    /** Numbers counted in memory: for a database that one process has alone. */
    final class Counters {
        private final java.util.Map<Numbered, AtomicLong> last = new java.util.EnumMap<>(Numbered.class);

        List<Long> next(Session session, Numbered kind, int count) throws SQLException {
            AtomicLong counter = last.get(kind);
            if (counter == null) {
                counter = new AtomicLong(session.number("SELECT max(" + kind.table() + ") FROM " + kind.table()));
                last.put(kind, counter);
            }
            long first = counter.getAndAdd(count) + 1;
            return java.util.stream.LongStream.range(first, first + count)
                    .boxed()
                    .toList();
        }
    }
}
