// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.spi.Transition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies what mapping decides. A participant that is neither pending nor unmapped any more stays as it is. */
final class ParticipantWriter {

    private static final String SELECT = """
            SELECT state, reason, not_before, epoch, failed_epoch, changes FROM participant
            WHERE item = ? AND position = ? AND connector = ?""";
    private static final String UPDATE = """
            UPDATE participant SET state = ?, mailbox = ?, rule = ?, reason = ?, not_before = ?, epoch = ?,
              failed_epoch = ?, changes = ? WHERE item = ? AND position = ?""";
    private static final String PLAN = """
            INSERT INTO delivery (item, mailbox, connector, state, attempts, not_before, planned_epoch, changes)
            VALUES (?, ?, ?, 'PLANNED', 0, 0, ?, 1) ON CONFLICT DO NOTHING""";

    private record Row(
            String state,
            @Nullable String reason,
            long notBefore,
            long epoch,
            @Nullable Long failedEpoch,
            long changes) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    Columns.nullableLong(row, 5),
                    row.getLong(6));
        }

        boolean pending() {
            return state.equals("PENDING");
        }

        boolean open() {
            return pending() || state.equals("UNMAPPED");
        }
    }

    private final Transaction transaction;
    private final Run run;

    ParticipantWriter(Transaction transaction, Run run) {
        this.transaction = transaction;
        this.run = run;
    }

    void mapped(Transition.ParticipantMapped change) throws SQLException {
        Row row = read("ParticipantMapped", change.item(), change.participant());
        if (!row.open()) {
            return;
        }
        Mailboxes.Known mailbox = Mailboxes.find(transaction, run, change.mailbox(), change.folder());
        long number = mailbox.row().mailbox();
        boolean planned = transaction.session.update(PLAN, change.item(), number, run.connector, run.epoch) == 1;
        if (planned) {
            run.planned++;
            Mailboxes.wake(transaction, number);
        }
        update(row, change.item(), change.participant(), "MAPPED", number, change.rule(), null, null, null);
        transaction.audit(run, "ParticipantMapped", out -> {
            out.writeNumberField("item", change.item());
            out.writeNumberField("participant", change.participant());
            out.writeNumberField("change", row.changes() + 1);
            out.writeStringField("rule", change.rule());
            out.writeBooleanField("planned", planned);
            if (mailbox.changed()) {
                mailbox.row().write(out);
            } else {
                out.writeNumberField("mailbox", number);
            }
        });
    }

    void external(Transition.ParticipantExternal change) throws SQLException {
        Row row = read("ParticipantExternal", change.item(), change.participant());
        if (!row.open()) {
            return;
        }
        update(row, change.item(), change.participant(), "EXTERNAL", null, null, null, null, null);
        boolean nobody = transaction.session.number(
                        "SELECT count(*) FROM participant WHERE item = ? AND state <> 'EXTERNAL'", change.item())
                == 0;
        if (nobody) {
            transaction.session.update("UPDATE item SET nobody_epoch = ? WHERE item = ?", run.epoch, change.item());
        }
        transaction.audit(run, "ParticipantExternal", out -> {
            out.writeNumberField("item", change.item());
            out.writeNumberField("participant", change.participant());
            out.writeNumberField("change", row.changes() + 1);
            out.writeBooleanField("nobody", nobody);
        });
    }

    void unmapped(Transition.ParticipantUnmapped change) throws SQLException {
        Row row = read("ParticipantUnmapped", change.item(), change.participant());
        String reason = LosslessText.encode(change.reason());
        if (!row.open() || (!row.pending() && reason.equals(row.reason()))) {
            return;
        }
        // who was unmapped before stays a failure of the run that found out
        Long failedEpoch = row.pending() ? Long.valueOf(run.epoch) : row.failedEpoch();
        update(row, change.item(), change.participant(), "UNMAPPED", null, null, change.reason(), null, failedEpoch);
        auditReason("ParticipantUnmapped", change.item(), change.participant(), row, change.reason(), null);
    }

    void postponed(Transition.ParticipantPostponed change) throws SQLException {
        Row row = read("ParticipantPostponed", change.item(), change.participant());
        long notBefore = Times.ceiling(change.notBefore());
        if (!row.open()) {
            return;
        }
        update(row, change.item(), change.participant(), "PENDING", null, null, change.reason(), notBefore, null);
        auditReason("ParticipantPostponed", change.item(), change.participant(), row, change.reason(), notBefore);
    }

    void held(Transition.ParticipantHeld change) throws SQLException {
        Row row = read("ParticipantHeld", change.item(), change.participant());
        if (!row.open()) {
            return;
        }
        update(row, change.item(), change.participant(), "HELD", null, null, change.reason(), null, run.epoch);
        auditReason("ParticipantHeld", change.item(), change.participant(), row, change.reason(), null);
    }

    private Row read(String transition, long item, int position) throws SQLException {
        Row row = transaction.session.first(SELECT, Row::read, item, position, run.connector);
        if (row == null) {
            throw new IllegalStateException(transition + ": connector " + run.connector + " has no participant "
                    + position + " of item " + item);
        }
        return row;
    }

    private void update(
            Row before,
            long item,
            int position,
            String state,
            @Nullable Long mailbox,
            @Nullable String rule,
            @Nullable String reason,
            @Nullable Long notBefore,
            @Nullable Long failedEpoch)
            throws SQLException {
        boolean pending = state.equals("PENDING");
        if (before.pending() && !pending) {
            run.leftPending++;
        } else if (!before.pending() && pending) {
            run.becamePending++;
        }
        transaction.session.update(
                UPDATE,
                state,
                mailbox,
                LosslessText.encodeNullable(rule),
                LosslessText.encodeNullable(reason),
                notBefore,
                Objects.equals(failedEpoch, before.failedEpoch()) && failedEpoch != null ? before.epoch() : run.epoch,
                failedEpoch,
                before.changes() + 1,
                item,
                position);
    }

    private void auditReason(String type, long item, int position, Row before, String reason, @Nullable Long notBefore)
            throws SQLException {
        transaction.audit(run, type, out -> {
            out.writeNumberField("item", item);
            out.writeNumberField("participant", position);
            out.writeNumberField("change", before.changes() + 1);
            out.writeStringField("reason", reason);
            Json.optional(out, "notBefore", notBefore);
        });
    }
}
