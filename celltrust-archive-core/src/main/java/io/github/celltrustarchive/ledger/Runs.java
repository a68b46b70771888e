// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.Transition;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens and ends runs, and gives and takes the collect lease. */
final class Runs {

    private Runs() {}

    /** The last run before a new one, and the head of its chain. */
    private record Previous(long epoch, long seq, String hash) {}

    static Fence open(Transaction transaction, String connector, String worker, String operation) throws SQLException {
        Session session = transaction.session;
        long number = number(transaction, connector);
        long epoch = 1 + session.number("SELECT last_epoch FROM connector WHERE connector = ?", number);
        Previous previous = session.first(
                "SELECT epoch, audit_seq, audit_hash FROM run WHERE connector = ? AND epoch = ?",
                row -> new Previous(row.getLong(1), row.getLong(2), row.getString(3)),
                number,
                epoch - 1);
        Previous anchor = previous == null ? new Previous(0, 0, AuditChain.NO_HASH) : previous;
        long deliveries = OpenWork.deliveries(session, number);
        long participants = OpenWork.participants(session, number);
        long openBefore = OpenWork.byCounters(session, number, epoch - 1);
        String actor = oneLine(worker);
        session.update(
                """
                INSERT INTO run (connector, epoch, operation, worker, started_at, carried_deliveries,
                  carried_participants, open_before, beside, audit_seq, audit_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)""",
                number,
                epoch,
                operation,
                actor,
                transaction.now,
                deliveries,
                participants,
                openBefore,
                epoch,
                anchor.hash());
        session.update("UPDATE connector SET last_epoch = ? WHERE connector = ?", epoch, number);
        transaction.opened(number, epoch);
        Fence fence = new Fence(connector, epoch, worker);
        transaction.audit(transaction.run(fence), "RunOpened", out -> {
            out.writeStringField("connector", connector);
            out.writeNumberField("run", epoch);
            out.writeStringField("operation", operation);
            out.writeNumberField("carriedDeliveries", deliveries);
            out.writeNumberField("carriedParticipants", participants);
            out.writeNumberField("openBefore", openBefore);
            out.writeNumberField("anchorRun", anchor.epoch());
            out.writeNumberField("anchorSeq", anchor.seq());
            out.writeStringField("anchorHash", anchor.hash());
        });
        return fence;
    }

    private static long number(Transaction transaction, String connector) throws SQLException {
        Session session = transaction.session;
        long known = session.number("SELECT connector FROM connector WHERE name = ?", connector);
        if (known != 0) {
            return known;
        }
        long number = transaction
                .dialect
                .numbers(session, Dialect.Numbered.CONNECTOR, 1)
                .get(0);
        session.update("""
                INSERT INTO connector (connector, name, checkpoint, changes, last_epoch, swept_below)
                VALUES (?, ?, '', 0, 0, 1)""", number, connector);
        return number;
    }

    /** A worker's name as it can stand in one line of an audit chain. */
    private static String oneLine(String worker) {
        return LosslessText.encode(worker).replaceAll("\\p{Cntrl}", " ");
    }

    static void finish(Transaction transaction, Run run, Transition.RunFinished change) throws SQLException {
        RunCounts counts = change.counts();
        String json = Json.object(out -> {
            out.writeNumberField("availableFromSource", counts.availableFromSource());
            out.writeNumberField("availableForImport", counts.availableForImport());
            out.writeNumberField("imported", counts.imported());
            out.writeNumberField("partiallyImported", counts.partiallyImported());
            out.writeNumberField("skipped", counts.skipped());
            out.writeNumberField("failed", counts.failed());
            out.writeNumberField("pending", counts.pending());
        });
        Session session = transaction.session;
        int finished = session.update("""
                UPDATE run SET finished_at = ?, stopped = ?, counts = ?
                WHERE connector = ? AND epoch = ? AND finished_at IS NULL""", transaction.now, change.stopped() ? 1 : 0, json, run.connector, run.epoch);
        if (finished == 0) {
            throw new IllegalStateException("RunFinished: run " + run.epoch + " is finished already");
        }
        unlead(session, run);
        session.update("""
                UPDATE mailbox SET claim_epoch = NULL, lease_until = NULL, lease_millis = NULL
                WHERE connector = ? AND claim_epoch = ?""", run.connector, run.epoch);
        transaction.audit(run, "RunFinished", out -> {
            out.writeBooleanField("stopped", change.stopped());
            out.writeFieldName("counts");
            out.writeRawValue(json);
        });
        run.finish();
    }

    static void lead(Transaction transaction, Fence fence, Duration lease) throws SQLException {
        Run run = transaction.run(fence);
        int taken = transaction.session.update(
                """
                UPDATE connector SET lease_epoch = ?, lease_until = ?
                WHERE connector = ? AND (lease_epoch IS NULL OR lease_epoch = ? OR lease_until <= ?)""", run.epoch, Times.plus(transaction.now, lease), run.connector, run.epoch, transaction.now);
        if (taken == 0) {
            throw new FencedException("connector " + fence.connector() + " is being collected by "
                    + holder(transaction.session, run.connector));
        }
    }

    private static @Nullable String holder(Session session, long connector) throws SQLException {
        return session.first(
                """
                SELECT r.worker, r.operation, r.epoch, r.started_at, c.lease_until
                FROM connector c JOIN run r ON r.connector = c.connector AND r.epoch = c.lease_epoch
                WHERE c.connector = ?""",
                row -> "worker " + LosslessText.decode(row.getString(1)) + " (" + row.getString(2) + ", run "
                        + row.getLong(3) + ", begun " + Times.instant(row.getLong(4)) + ", its lease lasts until "
                        + Times.instant(row.getLong(5)) + " unless it is renewed): wait for it or stop it",
                connector);
    }

    static void unlead(Session session, Run run) throws SQLException {
        session.update(
                "UPDATE connector SET lease_epoch = NULL, lease_until = NULL WHERE connector = ? AND lease_epoch = ?",
                run.connector,
                run.epoch);
    }

    static void swept(Transaction transaction, Fence fence, long belowEpoch) throws SQLException {
        Run run = transaction.run(fence);
        run.requireLead(transaction.session);
        transaction.session.update(
                "UPDATE connector SET swept_below = ? WHERE connector = ? AND swept_below < ?",
                belowEpoch,
                run.connector,
                belowEpoch);
    }

    /** Frees what the workers of dead processes held. Only for a database that no other process can have. */
    static void freeAll(Session session) throws SQLException {
        session.update("UPDATE connector SET lease_epoch = NULL, lease_until = NULL WHERE lease_epoch IS NOT NULL");
        session.update("""
                UPDATE mailbox SET claim_epoch = NULL, lease_until = NULL, lease_millis = NULL
                WHERE claim_epoch IS NOT NULL""");
    }
}
