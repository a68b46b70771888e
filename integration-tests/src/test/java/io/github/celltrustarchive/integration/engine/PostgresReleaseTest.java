// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import io.github.celltrustarchive.integration.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The stories of {@link ReleaseTest} on PostgreSQL. */
class PostgresReleaseTest extends ReleaseTest {

    private static PostgresServer server;
    private static int databases;

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
    EngineFixture newWorld() throws SQLException {
        return new EngineFixture(LedgerDatabase.postgresql(server, "ledger_" + databases++));
    }
}
