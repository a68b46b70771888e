// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The mailboxes and folders that the ledger has numbered. */
final class Mailboxes {

    static final String COLUMNS = "SELECT mailbox, primary_address, not_before, changes, id, folder FROM mailbox ";

    /** A row, with its texts as they are stored. */
    record Row(long mailbox, String address, long notBefore, long changes, String id, String folder) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6));
        }

        /** The whole state, in which the address is shown by its digest only. */
        void write(JsonGenerator out) throws IOException {
            out.writeNumberField("mailbox", mailbox);
            out.writeStringField("mailboxId", id);
            out.writeStringField("folder", folder);
            out.writeStringField("addressSha256", Sha256.hex(address));
            out.writeNumberField("notBefore", notBefore);
            out.writeNumberField("change", changes);
        }
    }

    /** The row of a mailbox, and whether this very call made or changed it. */
    record Known(Row row, boolean changed) {}

    private Mailboxes() {}

    /** Finds a mailbox and folder by its stable id, or numbers it; takes over a new primary address. */
    static Known find(Transaction transaction, Run run, Mailbox mailbox, String folder) throws SQLException {
        String id = LosslessText.encode(mailbox.id());
        String path = LosslessText.encode(folder);
        String address = LosslessText.encode(mailbox.primaryAddress());
        Session session = transaction.session;
        Row row = session.first(
                COLUMNS + "WHERE connector = ? AND id = ? AND folder = ?", Row::read, run.connector, id, path);
        if (row == null) {
            long number = transaction
                    .dialect
                    .numbers(session, Dialect.Numbered.MAILBOX, 1)
                    .get(0);
            session.update("""
                    INSERT INTO mailbox (mailbox, connector, id, folder, primary_address, not_before, changes, served)
                    VALUES (?, ?, ?, ?, ?, 0, 1, 0)""", number, run.connector, id, path, address);
            return new Known(new Row(number, address, 0, 1, id, path), true);
        }
        if (!row.address().equals(address)) {
            session.update(
                    "UPDATE mailbox SET primary_address = ?, changes = changes + 1 WHERE mailbox = ?",
                    address,
                    row.mailbox());
            return new Known(new Row(row.mailbox(), address, row.notBefore(), row.changes() + 1, id, path), true);
        }
        return new Known(row, false);
    }

    /** Something of this mailbox is due at once. */
    static void wake(Transaction transaction, long mailbox) throws SQLException {
        transaction.session.update(
                "UPDATE mailbox SET next_due = 0 WHERE mailbox = ? AND (next_due IS NULL OR next_due > 0)", mailbox);
    }

    static void postpone(Transaction transaction, Run run, Transition.MailboxPostponed change) throws SQLException {
        run.requireClaim(transaction.session, change.mailbox(), transaction.now);
        long notBefore = Times.ceiling(change.notBefore());
        transaction.session.update(
                "UPDATE mailbox SET not_before = ?, changes = changes + 1 WHERE mailbox = ?",
                notBefore,
                change.mailbox());
        Row row = transaction.session.first(COLUMNS + "WHERE mailbox = ?", Row::read, change.mailbox());
        transaction.audit(run, "MailboxPostponed", out -> {
            if (row != null) {
                row.write(out);
            }
            out.writeStringField("because", change.reason());
        });
    }
}
