// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** A live run inside one transaction: the head of its audit chain, its counters, and what its fence was found to have. */
final class Run {

    private static final String LOAD = """
            SELECT c.connector, r.worker, r.audit_seq, r.audit_hash, c.last_epoch, r.beside
            FROM connector c JOIN run r ON r.connector = c.connector WHERE c.name = ? AND r.epoch = ? AND r.finished_at IS NULL""";
    private static final String SAVE = """
            UPDATE run SET audit_seq = ?, audit_hash = ?, records = records + ?, replayed = replayed + ?,
              planned = planned + ?, became_pending = became_pending + ?, left_pending = left_pending + ?,
              decided = decided + ?
            WHERE connector = ? AND epoch = ?""";
    private static final String STAND_BESIDE = """
            UPDATE run SET settled = planned + became_pending - left_pending - decided, beside = ?
            WHERE connector = ? AND epoch = ?""";

    final long connector;
    final long epoch;
    final String actor;
    final AuditChain audit;
    long records;
    long replayed;
    long planned;
    long becamePending;
    long leftPending;
    long decided;
    private long newest;
    private long beside;
    private boolean leads;
    private boolean finished;
    private final Set<Long> claims = new HashSet<>();

    private Run(long connector, long epoch, String actor, long seq, String hash, long newest, long beside) {
        this.connector = connector;
        this.epoch = epoch;
        this.actor = actor;
        this.audit = new AuditChain(connector, epoch, actor, seq, hash);
        this.newest = newest;
        this.beside = beside;
    }

    /**
     * The run of this fence.
     *
     * @throws FencedException if there is none, or it is over
     */
    static Run load(Session session, Fence fence) throws SQLException {
        Run run = session.first(
                LOAD,
                row -> new Run(
                        row.getLong(1),
                        fence.epoch(),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6)),
                fence.connector(),
                fence.epoch());
        if (run == null) {
            throw over(fence);
        }
        return run;
    }

    static FencedException over(Fence fence) {
        return new FencedException("run " + fence.epoch() + " of connector " + fence.connector() + " is over");
    }

    /**
     * Makes sure that this run has the collect lease.
     *
     * @throws FencedException naming the run that has it
     */
    void requireLead(Session session) throws SQLException {
        if (!leads) {
            long holder = session.number("SELECT lease_epoch FROM connector WHERE connector = ?", connector);
            if (holder != epoch) {
                throw new FencedException("run " + epoch + " doesn't have the collect lease: "
                        + (holder == 0 ? "nobody has it" : "run " + holder + " has it"));
            }
            leads = true;
        }
    }

    /**
     * Makes sure that this run has the claim on a mailbox, and renews it.
     *
     * @throws FencedException naming the run that has it
     */
    void requireClaim(Session session, long mailbox, long now) throws SQLException {
        if (claims.contains(mailbox)) {
            return;
        }
        int renewed = session.update("""
                UPDATE mailbox SET lease_until = CASE WHEN lease_until > ? + lease_millis THEN lease_until ELSE ? + lease_millis END
                WHERE mailbox = ? AND connector = ? AND claim_epoch = ?""", now, now, mailbox, connector, epoch);
        if (renewed == 0) {
            long holder = session.number("SELECT claim_epoch FROM mailbox WHERE mailbox = ?", mailbox);
            throw new FencedException("run " + epoch + " doesn't have the claim on mailbox " + mailbox + ": "
                    + (holder == 0 ? "nobody has it" : "run " + holder + " has it"));
        }
        claims.add(mailbox);
    }

    void forgetClaim(long mailbox) {
        claims.remove(mailbox);
    }

    /** A newer run of the connector has begun. */
    void newest(long number, long newestEpoch) {
        if (connector == number) {
            newest = newestEpoch;
        }
    }

    /** From now on everything is refused. */
    void finish() {
        finished = true;
    }

    boolean finished() {
        return finished;
    }

    /** Writes what has gathered since the last time; any call under its fence shows that the run is alive. */
    void save(Session session) throws SQLException {
        session.flush();
        if (beside < newest) { // before the counters: what they were is what the newest run found
            session.update(STAND_BESIDE, newest, connector, epoch);
            beside = newest;
        }
        if (audit.grown() || records != 0 || replayed != 0) {
            session.update(
                    SAVE,
                    audit.seq(),
                    audit.hash(),
                    records,
                    replayed,
                    planned,
                    becamePending,
                    leftPending,
                    decided,
                    connector,
                    epoch);
            audit.saved();
            records = 0;
            replayed = 0;
            planned = 0;
            becamePending = 0;
            leftPending = 0;
            decided = 0;
        }
    }
}
