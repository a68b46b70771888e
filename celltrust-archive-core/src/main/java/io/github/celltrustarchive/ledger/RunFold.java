// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Folds what the audit trail tells of runs and checkpoints: their counters are sums over its rows. */
final class RunFold {

    private record RunKey(long connector, long epoch) {}

    private static final class Sums {
        private long records;
        private long replayed;
        private long planned;
        private long reopened;
        private long becamePending;
        private long leftPending;
        private long decided;
        private boolean finished;
    }

    private final Session session;
    private final Findings findings;
    private final ChangeSums changes;
    private final Map<RunKey, Sums> runs = new HashMap<>();

    RunFold(Session session, Findings findings, ChangeSums changes) {
        this.session = session;
        this.findings = findings;
        this.changes = changes;
    }

    void next(AuditRow row, JsonNode body) throws SQLException {
        switch (row.type()) {
            case "RunOpened" -> opened(row, body);
            case "RunFinished" -> finished(row, body);
            case "CheckpointMoved" -> checkpointMoved(row, body);
            default -> {
                // an alarm or a command changes nothing
            }
        }
    }

    private Sums sums(AuditRow row) {
        return runs.computeIfAbsent(new RunKey(row.connector(), row.epoch()), key -> new Sums());
    }

    private void opened(AuditRow row, JsonNode body) throws SQLException {
        sums(row);
        findings.expect(
                session.number(
                                """
                                SELECT count(*) FROM run r JOIN connector c ON c.connector = r.connector
                                WHERE r.connector = ? AND r.epoch = ? AND c.name = ? AND r.operation = ? AND r.worker = ?
                                  AND r.carried_deliveries = ? AND r.carried_participants = ?
                                  AND r.open_before = ?""",
                                row.connector(),
                                row.epoch(),
                                body.path("connector").asText(),
                                body.path("operation").asText(),
                                row.actor(),
                                body.path("carriedDeliveries").asLong(),
                                body.path("carriedParticipants").asLong(),
                                body.path("openBefore").asLong())
                        == 1,
                row.name() + " and its run differ");
    }

    private void finished(AuditRow row, JsonNode body) throws SQLException {
        sums(row).finished = true;
        JsonNode counts = session.first(
                "SELECT counts FROM run WHERE connector = ? AND epoch = ? AND stopped = ?",
                found -> counts(found.getString(1)),
                row.connector(),
                row.epoch(),
                body.path("stopped").asBoolean() ? 1 : 0);
        findings.expect(body.path("counts").equals(counts), row.name() + " and its run differ");
    }

    private static JsonNode counts(String stored) {
        try {
            return Json.parse(stored);
        } catch (IllegalArgumentException e) {
            return Json.node(); // differs from every row
        }
    }

    private void checkpointMoved(AuditRow row, JsonNode body) throws SQLException {
        long change = body.path("change").asLong();
        changes.audited("connector", row.connector(), 0, change);
        Sums sums = sums(row);
        sums.records += body.path("records").asLong();
        sums.replayed += body.path("replayed").asLong();
        String checkpoint = session.first(
                "SELECT checkpoint FROM connector WHERE connector = ? AND changes <= ?",
                found -> LosslessText.decode(found.getString(1)),
                row.connector(),
                change);
        findings.expect(
                checkpoint == null || checkpoint.equals(body.path("to").asText()),
                row.name() + " and the checkpoint differ");
    }

    void staged(AuditRow row, JsonNode body) {
        sums(row).becamePending += body.path("participants").asLong();
    }

    void decided(AuditRow row, JsonNode body) {
        boolean was = body.path("was").asText().equals("PENDING");
        boolean is = body.path("state").asText().equals("PENDING");
        Sums sums = sums(row);
        sums.leftPending += was && !is ? 1 : 0;
        sums.becamePending += is && !was ? 1 : 0;
        sums.planned += body.path("planned").asBoolean() ? 1 : 0;
    }

    void released(AuditRow row, JsonNode body) {
        sums(row).replayed += body.path("replayed").asBoolean() ? 1 : 0;
    }

    void deliveryDecided(AuditRow row) {
        sums(row).decided++;
    }

    void deliveryReleased(AuditRow row, JsonNode body) {
        sums(row).planned++;
        RunKey heldIn = new RunKey(row.connector(), body.path("heldIn").asLong());
        runs.computeIfAbsent(heldIn, key -> new Sums()).reopened++;
    }

    /** After the last row. */
    void end() throws SQLException {
        for (Map.Entry<RunKey, Sums> run : runs.entrySet()) {
            Sums sums = run.getValue();
            RunKey key = run.getKey();
            findings.expect(
                    session.number(
                                    """
                                    SELECT count(*) FROM run WHERE connector = ? AND epoch = ? AND records = ?
                                      AND replayed = ? AND planned = ? AND reopened = ? AND became_pending = ? AND left_pending = ?
                                      AND decided = ?
                                      AND (CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END) = ?""",
                                    key.connector(),
                                    key.epoch(),
                                    sums.records,
                                    sums.replayed,
                                    sums.planned,
                                    sums.reopened,
                                    sums.becamePending,
                                    sums.leftPending,
                                    sums.decided,
                                    sums.finished ? 1 : 0)
                            == 1,
                    "run (connector " + key.connector() + ", epoch " + key.epoch()
                            + ") has other counters than the audit trail tells");
        }
    }
}
