// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.Transition;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Applies what mapping decides. A participant that is neither pending nor unmapped any more stays as it is. */
final class ParticipantWriter {

    private static final String SELECT = "SELECT " + ParticipantState.COLUMNS
            + " FROM participant WHERE item = ? AND position = ? AND connector = ?";
    private static final String UPDATE = """
            UPDATE participant SET state = ?, mailbox = ?, rule = ?, reason = ?, not_before = ?, epoch = ?,
              failed_epoch = ?, changes = ? WHERE item = ? AND position = ?""";
    /** How often the participants of an item have changed. */
    static final String CHANGES = "SELECT sum(changes) FROM participant WHERE item = ?";

    private static final String PLAN = """
            INSERT INTO delivery (item, mailbox, connector, state, attempts, not_before, planned_epoch, changes)
            VALUES (?, ?, ?, 'PLANNED', 0, 0, ?, 1) ON CONFLICT DO NOTHING""";

    private final Transaction transaction;
    private final Run run;

    ParticipantWriter(Transaction transaction, Run run) {
        this.transaction = transaction;
        this.run = run;
    }

    void mapped(Transition.ParticipantMapped change) throws SQLException {
        ParticipantState before = open("ParticipantMapped", change.item(), change.participant());
        if (before == null) {
            return;
        }
        Mailboxes.Known mailbox = Mailboxes.find(transaction, run, change.mailbox(), change.folder());
        long number = mailbox.row().mailbox();
        boolean planned = transaction.session.update(PLAN, change.item(), number, run.connector, run.epoch) == 1;
        if (planned) {
            run.planned++;
            Mailboxes.wake(transaction, number);
        }
        String rule = LosslessText.encode(change.rule());
        ParticipantState after = state(before, "MAPPED", number, rule, null, null, null);
        update(change.item(), change.participant(), before, after);
        transaction.audit(run, "ParticipantMapped", out -> {
            after.write(out, change.item(), change.participant());
            out.writeStringField("was", before.state());
            out.writeBooleanField("planned", planned);
            if (mailbox.changed()) {
                out.writeObjectFieldStart("mailboxState");
                mailbox.row().write(out);
                out.writeEndObject();
            }
        });
    }

    void external(Transition.ParticipantExternal change) throws SQLException {
        ParticipantState before = open("ParticipantExternal", change.item(), change.participant());
        if (before == null) {
            return;
        }
        ParticipantState after = state(before, "EXTERNAL", null, null, null, null, null);
        update(change.item(), change.participant(), before, after);
        boolean nobody = transaction.session.number(
                        "SELECT count(*) FROM participant WHERE item = ? AND state <> 'EXTERNAL'", change.item())
                == 0;
        long itemChanges = nobody ? transaction.session.number(CHANGES, change.item()) : 0;
        if (nobody) {
            transaction.session.update("UPDATE item SET nobody_epoch = ? WHERE item = ?", run.epoch, change.item());
        }
        transaction.audit(run, "ParticipantExternal", out -> {
            after.write(out, change.item(), change.participant());
            out.writeStringField("was", before.state());
            out.writeBooleanField("nobody", nobody);
            if (nobody) {
                out.writeNumberField("itemChanges", itemChanges);
            }
        });
    }

    void unmapped(Transition.ParticipantUnmapped change) throws SQLException {
        ParticipantState before = open("ParticipantUnmapped", change.item(), change.participant());
        String reason = LosslessText.encode(change.reason());
        if (before == null || (before.unmapped() && reason.equals(before.reason()))) {
            return;
        }
        // who was unmapped before stays a failure of the run that found out
        Long failedEpoch = before.unmapped() ? before.failedEpoch() : Long.valueOf(run.epoch);
        decide(
                "ParticipantUnmapped",
                change.item(),
                change.participant(),
                before,
                state(before, "UNMAPPED", null, null, reason, null, failedEpoch));
    }

    void postponed(Transition.ParticipantPostponed change) throws SQLException {
        ParticipantState before = open("ParticipantPostponed", change.item(), change.participant());
        if (before == null) {
            return;
        }
        String reason = LosslessText.encode(change.reason());
        decide(
                "ParticipantPostponed",
                change.item(),
                change.participant(),
                before,
                state(before, "PENDING", null, null, reason, Times.ceiling(change.notBefore()), null));
    }

    void held(Transition.ParticipantHeld change) throws SQLException {
        ParticipantState before = open("ParticipantHeld", change.item(), change.participant());
        if (before == null) {
            return;
        }
        String reason = LosslessText.encode(change.reason());
        decide(
                "ParticipantHeld",
                change.item(),
                change.participant(),
                before,
                state(before, "HELD", null, null, reason, null, run.epoch));
    }

    /** Held, unmapped or external becomes pending; what is mapped or pending stays as it is. */
    void reopened(Transition.ParticipantReopened change) throws SQLException {
        ParticipantState before = find("ParticipantReopened", change.item(), change.participant());
        if (before.pending() || before.mailbox() != null) {
            return;
        }
        ParticipantState after = state(before, "PENDING", null, null, null, Times.AT_ONCE, null);
        update(change.item(), change.participant(), before, after);
        transaction.session.update(
                "UPDATE item SET nobody_epoch = NULL WHERE item = ? AND nobody_epoch IS NOT NULL", change.item());
        transaction.audit(run, "ParticipantReopened", out -> {
            after.write(out, change.item(), change.participant());
            out.writeStringField("was", before.state());
            out.writeStringField("operator", LosslessText.encode(change.operator()));
        });
    }

    /** The state of a participant that is still to be decided; null if it is decided already. */
    private @Nullable ParticipantState open(String transition, long item, int position) throws SQLException {
        ParticipantState state = find(transition, item, position);
        return state.pending() || state.unmapped() ? state : null;
    }

    private ParticipantState find(String transition, long item, int position) throws SQLException {
        ParticipantState state =
                transaction.session.first(SELECT, row -> ParticipantState.read(row, 1), item, position, run.connector);
        if (state == null) {
            throw new IllegalStateException(transition + ": connector " + run.connector + " has no participant "
                    + position + " of item " + item);
        }
        return state;
    }

    private ParticipantState state(
            ParticipantState before,
            String state,
            @Nullable Long mailbox,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Long notBefore,
            @Nullable Long failedEpoch) {
        return new ParticipantState(
                state, mailbox, rule, reason, notBefore, run.epoch, failedEpoch, before.changes() + 1);
    }

    private void decide(String type, long item, int position, ParticipantState before, ParticipantState after)
            throws SQLException {
        update(item, position, before, after);
        transaction.audit(run, type, out -> {
            after.write(out, item, position);
            out.writeStringField("was", before.state());
        });
    }

    private void update(long item, int position, ParticipantState before, ParticipantState after) throws SQLException {
        if (before.pending() && !after.pending()) {
            run.leftPending++;
        } else if (!before.pending() && after.pending()) {
            run.becamePending++;
        }
        transaction.session.update(
                UPDATE,
                after.state(),
                after.mailbox(),
                after.rule(),
                after.reason(),
                after.notBefore(),
                after.epoch(),
                after.failedEpoch(),
                after.changes(),
                item,
                position);
    }
}
