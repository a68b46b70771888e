// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerVerifierTest {
    @TempDir
    private static Path original;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void someHistory() {
        TestClock clock = new TestClock();
        try (JdbcLedger ledger = JdbcLedger.sqlite(original.resolve("ledger.db"), new LockingStorage(), clock)) {
            RandomHistory history = new RandomHistory(4, clock, ledger);
            for (int step = 0; step < 90; step++) {
                history.step();
                if (step % 30 == 29) {
                    history.nextRun();
                }
            }
        }
    }

    @BeforeEach
    void copy() throws IOException {
        file = Files.copy(original.resolve("ledger.db"), folder.resolve("ledger.db"));
    }

    @Test
    void soundLedgerHasNoProblemsAndNamesItsHeads() {
        LedgerVerification found = LedgerVerifier.sqlite(file);

        assertThat(found.problems()).isEmpty();
        assertThat(found.auditRows()).isGreaterThan(100);
        assertThat(found.heads())
                .hasSize(4)
                .allSatisfy(head -> assertThat(head.hash()).hasSize(64));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET body = '{}' WHERE epoch = 2 AND seq = 3",
                "UPDATE OR REPLACE audit_event SET seq = 3 WHERE epoch = 2 AND seq = 4",
                "DELETE FROM audit_event WHERE epoch = 2 AND seq = 3",
                "DELETE FROM audit_event WHERE epoch = 2",
                "INSERT OR REPLACE INTO audit_event SELECT connector, epoch, 1, at, actor, type, body, hash"
                        + " FROM audit_event WHERE epoch = 2 AND seq = 2",
                "INSERT INTO audit_event VALUES (1, 2, 99999, 'now', 'me', 'AlarmRaised', '{}', 'x')"
            })
    void auditTrailRefusesEveryChange(String tampering) {
        assertThatThrownBy(() -> execute(tampering))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("audit_event");
        assertThat(LedgerVerifier.sqlite(file).sound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET body = replace(body, '\"attempts\":1', '\"attempts\":2') WHERE type = 'DeliveryIntended'",
                "UPDATE audit_event SET at = '2020-01-01T00:00:00Z' WHERE epoch = 1 AND seq = 2",
                "UPDATE audit_event SET actor = 'nobody' WHERE epoch = 3 AND seq = 1",
                "DELETE FROM audit_event WHERE epoch = 1 AND seq = 5",
                "DELETE FROM audit_event WHERE epoch = 1 AND seq = (SELECT max(seq) FROM audit_event WHERE epoch = 1)",
                "DELETE FROM audit_event WHERE epoch = 4",
                "INSERT INTO audit_event VALUES (1, 99, 1, 'now', 'me', 'AlarmRaised', '{}', 'x')",
                "DELETE FROM audit_event WHERE epoch = 1 AND seq = 1",
                "UPDATE audit_event SET seq = CASE seq WHEN 4 THEN -5 WHEN 5 THEN -4 END WHERE epoch = 1 AND seq IN (4, 5);"
                        + "UPDATE audit_event SET seq = -seq WHERE seq < 0"
            })
    @DisplayName("invariant 20: an audit row that is edited, removed or moved is found, triggers or not")
    void tamperingWithTheAuditTrailIsFound(String tampering) throws SQLException {
        execute(
                "DROP TRIGGER audit_event_never_changed",
                "DROP TRIGGER audit_event_never_deleted",
                "DROP TRIGGER audit_event_in_sequence");
        execute(tampering.split(";"));

        assertThat(LedgerVerifier.sqlite(file).problems()).anyMatch(problem -> problem.contains("audit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE delivery SET state = 'DELIVERED', receipt = 'IMPORTED', reference = 'x', done_epoch = 1,"
                        + " not_before = NULL WHERE not_before IS NOT NULL",
                "UPDATE delivery SET reference = 'other' WHERE state = 'DELIVERED'",
                "DELETE FROM delivery WHERE state = 'DELIVERED'",
                "UPDATE delivery SET changes = changes + 1 WHERE state = 'DELIVERED'",
                "UPDATE participant SET mailbox = 1 WHERE mailbox = 2",
                "UPDATE participant SET source_user = '+999' WHERE position = 0",
                "DELETE FROM participant WHERE item = (SELECT max(item) FROM participant)",
                "UPDATE mailbox SET primary_address = 'thief@example.com' WHERE mailbox = 1",
                "UPDATE mailbox SET not_before = not_before + 1",
                "UPDATE mailbox SET next_due = NULL",
                "UPDATE item SET envelope = replace(envelope, '+1', '+8') WHERE envelope LIKE '%+1\"%'",
                "UPDATE item SET eml_sha256 = raw_sha256 WHERE state = 'STAGED'",
                "UPDATE item SET state = 'EXCLUDED' WHERE state = 'HELD'",
                "DELETE FROM item WHERE state = 'HELD'",
                "UPDATE item SET nobody_epoch = NULL",
                "UPDATE item SET nobody_epoch = nobody_epoch + 1 WHERE participants > 0",
                "UPDATE item SET nobody_epoch = nobody_epoch + 1 WHERE participants = 0",
                "UPDATE run SET decided = decided + 1 WHERE epoch = 1",
                "UPDATE run SET open_before = open_before + 1 WHERE epoch = 2",
                "UPDATE run SET settled = settled + 1 WHERE epoch = (SELECT max(epoch) FROM run)",
                "UPDATE item SET released_to = released_to + 1 WHERE state = 'RELEASED'",
                "UPDATE item SET state = 'HELD', replaced = 0, released_to = NULL, released_epoch = NULL"
                        + " WHERE state = 'RELEASED' AND key <> (SELECT key FROM item s WHERE s.item = item.released_to)",
                "DELETE FROM item WHERE item = (SELECT max(released_to) FROM item)",
                "UPDATE delivery SET released_attempts = released_attempts + 1 WHERE state = 'DELIVERED'",
                "UPDATE run SET reopened = reopened + 1 WHERE epoch = 1",
                "UPDATE pack SET sha256 = NULL WHERE pack = 1",
                "DELETE FROM pack WHERE pack = 1",
                "UPDATE connector SET checkpoint = 'page-0'",
                "UPDATE run SET replayed = replayed + 1 WHERE epoch = 1",
                "UPDATE run SET counts = '{}' WHERE epoch = 1",
                "UPDATE run SET finished_at = NULL WHERE epoch = 1",
                "UPDATE run SET operation = 'collect' WHERE epoch = 1",
                "UPDATE run SET planned = 0 WHERE epoch = 1"
            })
    @DisplayName("invariant 19: a table that doesn't say what the audit trail tells is found")
    void tamperingWithTheTablesIsFound(String tampering) throws SQLException {
        assertThat(execute(tampering)).isPositive();

        assertThat(LedgerVerifier.sqlite(file).sound()).isFalse();
    }

    @Test
    @DisplayName("docs/audit-trail.md: whoever can compute SHA-256 can recompute the chain")
    void chainCanBeRecomputedByTheRecipeAlone() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT e.hash, coalesce(p.hash, json_extract(e.body, '$.anchorHash')) || char(10) || e.seq || char(10)
                          || e.at || char(10) || e.actor || char(10) || e.type || char(10) || e.body
                        FROM audit_event e LEFT JOIN audit_event p
                          ON p.connector = e.connector AND p.epoch = e.epoch AND p.seq = e.seq - 1""")) {
            int rows = 0;
            while (row.next()) {
                byte[] text = row.getString(2).getBytes(StandardCharsets.UTF_8);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
                assertThat(row.getString(1)).isEqualTo(HexFormat.of().formatHex(digest));
                rows++;
            }
            assertThat(rows).isGreaterThan(100);
        }
    }

    private int execute(String... statements) throws SQLException {
        int rows = 0;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                rows += statement.executeUpdate(sql);
            }
        }
        return rows;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }
}
