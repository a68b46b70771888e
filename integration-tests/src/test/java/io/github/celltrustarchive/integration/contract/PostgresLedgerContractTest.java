// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.integration.PostgresServer;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.testkit.contract.LedgerContract;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLedgerContractTest extends LedgerContract {

    private static PostgresServer server;
    private static int databases;

    private PGSimpleDataSource database;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Ledger open(Clock clock) throws SQLException {
        database = server.database("ledger_" + databases++);
        return JdbcLedger.postgresql(database, clock);
    }

    @Override
    protected Optional<Ledger> reopen(Clock clock) {
        return Optional.of(JdbcLedger.postgresql(database, clock));
    }

    @Override
    protected AutoCloseable breakDown() throws SQLException {
        return new TableAway(database);
    }
}
