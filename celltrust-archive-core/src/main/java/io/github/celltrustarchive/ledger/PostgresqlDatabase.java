// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.Connection;
import java.sql.SQLException;
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
    public boolean alone() {
        return false;
    }

    @Override
    public void close() {
        // the data source is the host's
    }
}
