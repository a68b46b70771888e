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
              incomplete_reference = ?, receipt = ?, intent_epoch = ?, done_epoch = ?, released_attempts = ?,
              changes = ?
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
                before.next("INTENT")
                        .attempts(change.attempt())
                        .intentIn(run.epoch)
                        .build());
    }

    void concluded(Transition.DeliveryConcluded change) throws SQLException {
        DeliveryState before = claimed("DeliveryConcluded", change.item(), change.mailbox(), UNDECIDED);
        run.decided++;
        write(
                "DeliveryConcluded",
                change.item(),
                change.mailbox(),
                before.next("DELIVERED")
                        .incompleteReference(null)
                        .receipt(
                                change.receipt().status().name(),
                                LosslessText.encode(change.receipt().reference()))
                        .doneIn(run.epoch)
                        .build());
    }

    void postponed(Transition.DeliveryPostponed change) throws SQLException {
        DeliveryState before = claimed("DeliveryPostponed", change.item(), change.mailbox(), OPEN);
        write(
                "DeliveryPostponed",
                change.item(),
                change.mailbox(),
                before.next("RETRY_AT")
                        .incompleteReference(LosslessText.encodeNullable(change.incompleteReference()))
                        .notBefore(Times.ceiling(change.notBefore()))
                        .reason(LosslessText.encode(change.reason()))
                        .build());
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
                before.next("UNKNOWN")
                        .notBefore(notBefore)
                        .lookedAt(lookedAt)
                        .reason(LosslessText.encode(reason))
                        .build());
    }

    void held(Transition.DeliveryHeld change) throws SQLException {
        DeliveryState before = claimed("DeliveryHeld", change.item(), change.mailbox(), OPEN);
        run.decided++;
        write(
                "DeliveryHeld",
                change.item(),
                change.mailbox(),
                before.next("HELD")
                        .incompleteReference(LosslessText.encodeNullable(change.incompleteReference()))
                        .reason(LosslessText.encode(change.reason()))
                        .doneIn(run.epoch)
                        .build());
    }

    /**
     * Makes a held delivery due again. What was never attempted is certainly not in the mailbox; all else is looked for
     * first. The run that held it has one outcome less, the present one has one thing more to do.
     */
    void released(Transition.DeliveryReleased change) throws SQLException {
        DeliveryState before = find("DeliveryReleased", change.item(), change.mailbox());
        Long heldIn = before.doneEpoch();
        if (!before.state().equals("HELD") || heldIn == null) {
            return;
        }
        DeliveryState after = before.next(before.attempts() == 0 ? "PLANNED" : "UNKNOWN")
                .notBefore(Times.AT_ONCE)
                .released()
                .build();
        update(change.item(), change.mailbox(), after);
        transaction.session.update(
                "UPDATE run SET reopened = reopened + 1 WHERE connector = ? AND epoch = ?", run.connector, heldIn);
        run.planned++;
        Mailboxes.wake(transaction, change.mailbox());
        transaction.audit(run, "DeliveryReleased", out -> {
            after.write(out, change.item(), change.mailbox());
            out.writeNumberField("heldIn", heldIn);
            out.writeStringField("operator", LosslessText.encode(change.operator()));
        });
    }

    private DeliveryState claimed(String transition, long item, long mailbox, Set<String> allowed) throws SQLException {
        run.requireClaim(transaction.session, mailbox, transaction.now);
        DeliveryState before = find(transition, item, mailbox);
        if (!allowed.contains(before.state())) {
            throw new IllegalStateException(
                    transition + ": item " + item + ", mailbox " + mailbox + " is " + before.state() + ", not one of "
                            + allowed.stream().sorted().toList());
        }
        return before;
    }

    private DeliveryState find(String transition, long item, long mailbox) throws SQLException {
        DeliveryState found =
                transaction.session.first(SELECT, row -> DeliveryState.read(row, 1), item, mailbox, run.connector);
        if (found == null) {
            throw new IllegalStateException(
                    transition + ": no delivery of item " + item + " to mailbox " + mailbox + " is planned");
        }
        return found;
    }

    private void write(String type, long item, long mailbox, DeliveryState after) throws SQLException {
        update(item, mailbox, after);
        transaction.audit(run, type, out -> after.write(out, item, mailbox));
    }

    private void update(long item, long mailbox, DeliveryState after) throws SQLException {
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
                after.releasedAttempts(),
                after.changes(),
                item,
                mailbox);
    }
}
