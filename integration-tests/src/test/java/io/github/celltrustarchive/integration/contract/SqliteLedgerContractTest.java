// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.testkit.contract.LedgerContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteLedgerContractTest extends LedgerContract {

    @TempDir
    Path folder;

    @Override
    protected Ledger open(Clock clock) {
        return JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), clock);
    }

    @Override
    protected Optional<Ledger> reopen(Clock clock) {
        return Optional.of(open(clock));
    }

    @Override
    protected AutoCloseable breakDown() throws SQLException {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("ledger.db"));
        return new TableAway(database);
    }
}
