// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Hands each transition to the writer that knows it. */
final class Transitions {

    private Transitions() {}

    /** Whether all of these need nothing but the claim on their mailbox. */
    static boolean touchDeliveriesOnly(List<Transition> transitions) {
        return transitions.stream()
                .allMatch(t -> t instanceof Transition.DeliveryIntended
                        || t instanceof Transition.DeliveryConcluded
                        || t instanceof Transition.DeliveryPostponed
                        || t instanceof Transition.DeliveryUnknown
                        || t instanceof Transition.DeliveryHeld
                        || t instanceof Transition.MailboxPostponed
                        || t instanceof Transition.AlarmRaised);
    }

    static void apply(Transaction transaction, Fence fence, List<Transition> transitions) throws SQLException {
        Run run = transaction.run(fence);
        ItemWriter items = new ItemWriter(transaction, run, transitions);
        ParticipantWriter participants = new ParticipantWriter(transaction, run);
        DeliveryWriter deliveries = new DeliveryWriter(transaction, run);
        for (Transition transition : transitions) {
            if (run.finished()) {
                throw Run.over(fence);
            }
            boolean known = collected(items, transition)
                    || mapped(participants, transition)
                    || delivered(deliveries, transition)
                    || other(transaction, run, transition);
            if (!known) {
                throw new IllegalStateException(
                        "no writer for " + transition.getClass().getSimpleName());
            }
        }
        items.finish();
    }

    private static void command(JsonGenerator out, Transition.CommandGiven change) throws IOException {
        out.writeStringField("command", change.command());
        out.writeStringField("operator", LosslessText.encode(change.operator()));
        out.writeStringField("selection", change.selection().toString());
        Json.optional(
                out, "sourceId", LosslessText.encodeNullable(change.selection().sourceId()));
        Json.optional(
                out, "reason", LosslessText.encodeNullable(change.selection().reason()));
    }

    private static boolean collected(ItemWriter items, Transition transition) throws SQLException {
        if (transition instanceof Transition.PackStaged change) {
            items.packStaged(change.pack());
        } else if (transition instanceof Transition.ItemStaged change) {
            items.staged(change);
        } else if (transition instanceof Transition.ItemHeld change) {
            items.held(change);
        } else if (transition instanceof Transition.ItemExcluded change) {
            items.excluded(change);
        } else if (transition instanceof Transition.ItemReleased change) {
            items.released(change);
        } else if (transition instanceof Transition.CheckpointMoved change) {
            items.checkpointMoved(change);
        } else {
            return false;
        }
        return true;
    }

    private static boolean mapped(ParticipantWriter participants, Transition transition) throws SQLException {
        if (transition instanceof Transition.ParticipantMapped change) {
            participants.mapped(change);
        } else if (transition instanceof Transition.ParticipantExternal change) {
            participants.external(change);
        } else if (transition instanceof Transition.ParticipantUnmapped change) {
            participants.unmapped(change);
        } else if (transition instanceof Transition.ParticipantPostponed change) {
            participants.postponed(change);
        } else if (transition instanceof Transition.ParticipantHeld change) {
            participants.held(change);
        } else if (transition instanceof Transition.ParticipantReopened change) {
            participants.reopened(change);
        } else {
            return false;
        }
        return true;
    }

    private static boolean delivered(DeliveryWriter deliveries, Transition transition) throws SQLException {
        if (transition instanceof Transition.DeliveryIntended change) {
            deliveries.intended(change);
        } else if (transition instanceof Transition.DeliveryConcluded change) {
            deliveries.concluded(change);
        } else if (transition instanceof Transition.DeliveryPostponed change) {
            deliveries.postponed(change);
        } else if (transition instanceof Transition.DeliveryUnknown change) {
            deliveries.unknown(change);
        } else if (transition instanceof Transition.DeliveryHeld change) {
            deliveries.held(change);
        } else if (transition instanceof Transition.DeliveryReleased change) {
            deliveries.released(change);
        } else {
            return false;
        }
        return true;
    }

    private static boolean other(Transaction transaction, Run run, Transition transition) throws SQLException {
        if (transition instanceof Transition.MailboxPostponed change) {
            Mailboxes.postpone(transaction, run, change);
        } else if (transition instanceof Transition.AlarmRaised change) {
            transaction.audit(run, "AlarmRaised", out -> out.writeStringField("what", change.what()));
        } else if (transition instanceof Transition.CommandGiven change) {
            transaction.audit(run, "CommandGiven", out -> command(out, change));
        } else if (transition instanceof Transition.RunFinished change) {
            Runs.finish(transaction, run, change);
        } else {
            return false;
        }
        return true;
    }
}
