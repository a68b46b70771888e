// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A ledger's database in which nothing can be recorded, because a table is missing until this is closed. */
final class TableAway implements AutoCloseable {

    private final DataSource database;

    TableAway(DataSource database) throws SQLException {
        this.database = database;
        execute("ALTER TABLE pack RENAME TO pack_away");
    }

    @Override
    public void close() throws SQLException {
        execute("ALTER TABLE pack_away RENAME TO pack");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
