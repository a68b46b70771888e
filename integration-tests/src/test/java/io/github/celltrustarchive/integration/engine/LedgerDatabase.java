// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.integration.PostgresServer;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerification;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the ledger of an {@link EngineFixture} is kept. */
public interface LedgerDatabase {

    /** Opens the ledger, which is new at first. */
    JdbcLedger open(Clock clock);

    /** Verifies it. */
    LedgerVerification verify();

    /** For a look at the tables. */
    Connection connect() throws SQLException;

    /** A file. */
    static LedgerDatabase sqlite(Path file) {
        return new LedgerDatabase() {
            @Override
            public JdbcLedger open(Clock clock) {
                return JdbcLedger.sqlite(file, new DiskStorage(), clock);
            }

            @Override
            public LedgerVerification verify() {
                return LedgerVerifier.sqlite(file);
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection("jdbc:sqlite:" + file);
            }
        };
    }

    /** A new database of this server. */
    static LedgerDatabase postgresql(PostgresServer server, String name) throws SQLException {
        PGSimpleDataSource database = server.database(name);
        return new LedgerDatabase() {
            @Override
            public JdbcLedger open(Clock clock) {
                return JdbcLedger.postgresql(database, clock);
            }

            @Override
            public LedgerVerification verify() {
                return LedgerVerifier.postgresql(database);
            }

            @Override
            public Connection connect() throws SQLException {
                return database.getConnection();
            }
        };
    }
}
