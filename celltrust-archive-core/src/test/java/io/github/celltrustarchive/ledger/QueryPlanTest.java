// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked all the time must cost what it finds, not what the archive holds. */
final class QueryPlanTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> frequentQueries() {
        return Stream.of(
                Arguments.of(Claims.CANDIDATES, "SEARCH mailbox USING INDEX mailbox_due", true),
                Arguments.of(
                        Claims.due(new SqliteDialect()),
                        "SEARCH d USING INDEX delivery_waiting (connector=? AND mailbox=?)",
                        true),
                Arguments.of(
                        Claims.abandoned(new SqliteDialect()),
                        "SEARCH d USING INDEX delivery_intent (connector=? AND mailbox=?",
                        false),
                Arguments.of(Items.PENDING, "SEARCH participant USING COVERING INDEX participant_pending", true),
                Arguments.of(Items.UNMAPPED, "SEARCH p USING COVERING INDEX participant_unmapped", true),
                Arguments.of(CompletedRuns.LAST, "SEARCH run USING PRIMARY KEY (connector=?)", true),
                Arguments.of(OpenWork.SINCE_NEWEST, "SEARCH run USING INDEX run_beside (beside=?)", true),
                Arguments.of(Items.SIGHTINGS, "SEARCH item USING INDEX item_identity", false));
    }

    @ParameterizedTest
    @MethodSource
    void frequentQueries(String sql, String step, boolean mayBeMany) throws SQLException {
        Path file = folder.resolve("ledger.db");
        JdbcLedger.sqlite(file, new LockingStorage(), new TestClock()).close();
        List<String> plan = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (row.next()) {
                plan.add(row.getString("detail"));
            }
        }
        assertThat(plan).anyMatch(detail -> detail.startsWith(step)).noneMatch(detail -> detail.startsWith("SCAN"));
        if (mayBeMany) {
            assertThat(plan).noneMatch(detail -> detail.contains("TEMP B-TREE"));
        }
    }
}
