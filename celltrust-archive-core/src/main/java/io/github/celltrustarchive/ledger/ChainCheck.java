// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.spi.ArchiveException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recomputes the audit chains: numbers without gaps, hashes, anchors, and the heads that the runs remember. */
final class ChainCheck {

    /** A run as its own row describes it. */
    private record RunHead(long connector, String name, long epoch, long seq, String hash) {
        static RunHead read(ResultSet row) throws SQLException {
            return new RunHead(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5));
        }
    }

    private record RunKey(long connector, long epoch) {}

    private final Session session;
    private final Findings findings;
    private final Map<RunKey, RunHead> unseen = new HashMap<>();
    private final List<LedgerVerification.Head> heads = new ArrayList<>();
    private @Nullable AuditRow previous;
    private long rows;

    ChainCheck(Session session, Findings findings) throws SQLException {
        this.session = session;
        this.findings = findings;
        for (RunHead run : session.list("""
                SELECT r.connector, c.name, r.epoch, r.audit_seq, r.audit_hash
                FROM run r JOIN connector c ON c.connector = r.connector ORDER BY r.connector, r.epoch""", RunHead::read)) {
            unseen.put(new RunKey(run.connector(), run.epoch()), run);
            heads.add(new LedgerVerification.Head(run.name(), run.epoch(), run.seq(), run.hash()));
        }
    }

    /**
     * Looks at the last row of each connector's newest chain, which is quick.
     *
     * @throws ArchiveException with remedy {@code STOP} naming the row that isn't there or has changed
     */
    static void lastRows(Session session) throws SQLException {
        List<RunHead> lost = session.list("""
                SELECT r.connector, c.name, r.epoch, r.audit_seq, r.audit_hash
                FROM connector c JOIN run r ON r.connector = c.connector AND r.epoch = c.last_epoch
                LEFT JOIN audit_event e
                  ON e.connector = r.connector AND e.epoch = r.epoch AND e.seq = r.audit_seq AND e.hash = r.audit_hash
                WHERE e.hash IS NULL""", RunHead::read);
        session.connection().rollback();
        if (!lost.isEmpty()) {
            RunHead run = lost.get(0);
            throw ArchiveException.stop(
                    "the ledger is damaged: audit_event (connector " + run.connector() + ", epoch " + run.epoch()
                            + ", seq " + run.seq() + ") is not what it was; verify it and restore it from a backup",
                    null);
        }
    }

    /** The next row in the order of {@link AuditRow#ALL}. */
    void next(AuditRow row, JsonNode body) throws SQLException {
        rows++;
        AuditRow before = previous;
        if (before == null || before.connector() != row.connector() || before.epoch() != row.epoch()) {
            endOfChain();
            startOfChain(row, body);
        } else {
            findings.expect(row.seq() == before.seq() + 1, row.name() + " doesn't follow seq " + before.seq());
            findings.expect(row.hash().equals(row.hashAfter(before.hash())), row.name() + " has a wrong hash");
        }
        previous = row;
    }

    private void startOfChain(AuditRow first, JsonNode body) throws SQLException {
        findings.expect(
                first.seq() == 1 && first.type().equals("RunOpened"),
                first.name() + " is the first row of its chain but not the opening of a run");
        String anchor = body.path("anchorHash").asText("");
        findings.expect(first.hash().equals(first.hashAfter(anchor)), first.name() + " has a wrong hash");
        findings.expect(
                body.path("run").asLong() == first.epoch(), first.name() + " belongs to the chain of another run");
        long anchorRun = body.path("anchorRun").asLong();
        findings.expect(anchorRun == first.epoch() - 1, first.name() + " isn't anchored to the run before");
        String anchored = anchorRun == 0
                ? AuditChain.NO_HASH
                : session.first(
                        "SELECT hash FROM audit_event WHERE connector = ? AND epoch = ? AND seq = ?",
                        row -> row.getString(1),
                        first.connector(),
                        anchorRun,
                        body.path("anchorSeq").asLong());
        findings.expect(
                anchor.equals(anchored), first.name() + " is anchored to a row that isn't there or has changed");
    }

    private void endOfChain() {
        AuditRow last = previous;
        if (last == null) {
            return;
        }
        RunHead head = unseen.remove(new RunKey(last.connector(), last.epoch()));
        if (head == null) {
            findings.add(last.name() + " belongs to no run");
        } else {
            findings.expect(
                    head.seq() == last.seq() && head.hash().equals(last.hash()),
                    last.name() + " is the end of its chain, but its run remembers seq " + head.seq()
                            + (head.seq() == last.seq() ? " with another hash" : ""));
        }
    }

    /** After the last row. */
    void end() {
        endOfChain();
        unseen.values()
                .forEach(run -> findings.add(
                        "run (connector " + run.connector() + ", epoch " + run.epoch() + ") has no audit rows"));
    }

    long rows() {
        return rows;
    }

    List<LedgerVerification.Head> heads() {
        return heads;
    }
}
