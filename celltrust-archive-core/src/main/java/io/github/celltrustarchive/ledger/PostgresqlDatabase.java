// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** A PostgreSQL database that several processes share. */
final class PostgresqlDatabase implements Database {

    private final DataSource dataSource;
    private final Dialect dialect = new PostgresqlDialect();

    PostgresqlDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<Check> preflight(Session session, Clock clock) throws SQLException {
        Instant here = clock.instant();
        long there = session.number("SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)");
        Check skew = Check.clockSkew("the database server", here, Instant.ofEpochMilli(there));
        boolean forces = "on".equals(session.first("SHOW fsync", row -> row.getString(1)));
        return List.of(
                skew,
                forces
                        ? Check.pass("the database server forces commits to its disk")
                        : Check.fail(
                                "the database server doesn't force commits to its disk (fsync is off)",
                                "set fsync to on: a power failure would lose what was reported as archived"));
    }

    @Override
    public boolean alone() {
        return false;
    }

    @Override
    public void close() {
        // the data source is the host's
    }
}
