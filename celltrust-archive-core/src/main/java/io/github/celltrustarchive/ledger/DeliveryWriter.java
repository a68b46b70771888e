// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.Transition;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies what becomes of deliveries. One place for which state may follow which. */
final class DeliveryWriter {

    private static final String SELECT = "SELECT " + DeliveryState.COLUMNS
            + " FROM delivery d WHERE d.item = ? AND d.mailbox = ? AND d.connector = ?";
    private static final String UPDATE = """
            UPDATE delivery SET state = ?, attempts = ?, not_before = ?, looked_at = ?, reason = ?, reference = ?,
              incomplete_reference = ?, receipt = ?, intent_epoch = ?, done_epoch = ?, changes = ?
            WHERE item = ? AND mailbox = ?""";

    private static final Set<String> WAITING = Set.of("PLANNED", "RETRY_AT", "UNKNOWN");
    private static final Set<String> UNDECIDED = Set.of("INTENT", "UNKNOWN");
    private static final Set<String> OPEN = Set.of("PLANNED", "INTENT", "RETRY_AT", "UNKNOWN");

    private final Transaction transaction;
    private final Run run;

    DeliveryWriter(Transaction transaction, Run run) {
        this.transaction = transaction;
        this.run = run;
    }

    void intended(Transition.DeliveryIntended change) throws SQLException {
        DeliveryState before = claimed("DeliveryIntended", change.item(), change.mailbox(), WAITING);
        if (change.attempt() != before.attempts() + 1) {
            throw new IllegalStateException("DeliveryIntended: attempt " + change.attempt() + " of item "
                    + change.item() + ", mailbox " + change.mailbox() + " can't follow attempt " + before.attempts());
        }
        write(
                "DeliveryIntended",
                change.item(),
                change.mailbox(),
                new DeliveryState(
                        "INTENT",
                        change.attempt(),
                        null,
                        null,
                        null,
                        null,
                        before.incompleteReference(),
                        null,
                        run.epoch,
                        null,
                        before.changes() + 1));
    }

    void concluded(Transition.DeliveryConcluded change) throws SQLException {
        DeliveryState before = claimed("DeliveryConcluded", change.item(), change.mailbox(), UNDECIDED);
        write(
                "DeliveryConcluded",
                change.item(),
                change.mailbox(),
                new DeliveryState(
                        "DELIVERED",
                        before.attempts(),
                        null,
                        null,
                        null,
                        LosslessText.encode(change.receipt().reference()),
                        null,
                        change.receipt().status().name(),
                        null,
                        run.epoch,
                        before.changes() + 1));
    }

    void postponed(Transition.DeliveryPostponed change) throws SQLException {
        DeliveryState before = claimed("DeliveryPostponed", change.item(), change.mailbox(), OPEN);
        write(
                "DeliveryPostponed",
                change.item(),
                change.mailbox(),
                new DeliveryState(
                        "RETRY_AT",
                        before.attempts(),
                        Times.ceiling(change.notBefore()),
                        null,
                        LosslessText.encode(change.reason()),
                        null,
                        LosslessText.encodeNullable(change.incompleteReference()),
                        null,
                        null,
                        null,
                        before.changes() + 1));
    }

    void unknown(Transition.DeliveryUnknown change) throws SQLException {
        DeliveryState before = claimed("DeliveryUnknown", change.item(), change.mailbox(), UNDECIDED);
        unknown(
                change.item(),
                change.mailbox(),
                before,
                Times.floorNullable(change.lookedAt()),
                Times.ceiling(change.notBefore()),
                change.reason());
    }

    /** Makes a delivery unknown that a worker had begun who is gone. Nobody has the claim. */
    void abandoned(long item, long mailbox, DeliveryState before) throws SQLException {
        unknown(
                item,
                mailbox,
                before,
                null,
                Times.AT_ONCE,
                "run " + before.intentEpoch() + " had begun it and is gone");
    }

    private void unknown(
            long item, long mailbox, DeliveryState before, @Nullable Long lookedAt, long notBefore, String reason)
            throws SQLException {
        write(
                "DeliveryUnknown",
                item,
                mailbox,
                new DeliveryState(
                        "UNKNOWN",
                        before.attempts(),
                        notBefore,
                        lookedAt,
                        LosslessText.encode(reason),
                        null,
                        before.incompleteReference(),
                        null,
                        null,
                        null,
                        before.changes() + 1));
    }

    void held(Transition.DeliveryHeld change) throws SQLException {
        DeliveryState before = claimed("DeliveryHeld", change.item(), change.mailbox(), OPEN);
        write(
                "DeliveryHeld",
                change.item(),
                change.mailbox(),
                new DeliveryState(
                        "HELD",
                        before.attempts(),
                        null,
                        null,
                        LosslessText.encode(change.reason()),
                        null,
                        LosslessText.encodeNullable(change.incompleteReference()),
                        null,
                        null,
                        run.epoch,
                        before.changes() + 1));
    }

    private DeliveryState claimed(String transition, long item, long mailbox, Set<String> allowed) throws SQLException {
        run.requireClaim(transaction.session, mailbox, transaction.now);
        DeliveryState before =
                transaction.session.first(SELECT, row -> DeliveryState.read(row, 1), item, mailbox, run.connector);
        if (before == null) {
            throw new IllegalStateException(
                    transition + ": no delivery of item " + item + " to mailbox " + mailbox + " is planned");
        }
        if (!allowed.contains(before.state())) {
            throw new IllegalStateException(
                    transition + ": item " + item + ", mailbox " + mailbox + " is " + before.state() + ", not one of "
                            + allowed.stream().sorted().toList());
        }
        return before;
    }

    private void write(String type, long item, long mailbox, DeliveryState after) throws SQLException {
        transaction.session.update(
                UPDATE,
                after.state(),
                after.attempts(),
                after.notBefore(),
                after.lookedAt(),
                after.reason(),
                after.reference(),
                after.incompleteReference(),
                after.receipt(),
                after.intentEpoch(),
                after.doneEpoch(),
                after.changes(),
                item,
                mailbox);
        transaction.audit(run, type, out -> after.write(out, item, mailbox));
    }
}
