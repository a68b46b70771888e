// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.MailboxClaim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands out mailboxes. {@code mailbox.next_due} is a time before which nothing of it is due, or null if nothing is open: it
 * is lowered when a delivery is planned and put right here, when a mailbox is looked at in vain. {@code mailbox.served} is
 * the turn in which it was last served; the lowest comes first.
 */
final class Claims {

    static final String CANDIDATES = """
            SELECT mailbox, id, folder, primary_address, served FROM mailbox
            WHERE connector = ? AND next_due <= ? AND not_before <= ? AND (claim_epoch IS NULL OR lease_until <= ?)
              AND (served, mailbox) > (?, ?)
            ORDER BY served, mailbox LIMIT ?""";
    private static final String ABANDONED = "SELECT d.item, " + DeliveryState.COLUMNS
            + " FROM delivery d%s WHERE d.connector = ? AND d.mailbox = ? AND d.intent_epoch <> ? ORDER BY d.item";
    private static final String DUE =
            "SELECT d.item, d.attempts, d.released_attempts, d.state, d.looked_at, d.incomplete_reference, "
                    + Items.STAGED_COLUMNS
                    + " FROM delivery d%s JOIN item i ON i.item = d.item JOIN pack p ON p.pack = i.eml_pack"
                    + " WHERE d.connector = ? AND d.mailbox = ? AND d.not_before <= ? ORDER BY d.item LIMIT ?";
    private static final String CLAIM = """
            UPDATE mailbox SET claim_epoch = ?, lease_until = ?, lease_millis = ?, served = ? WHERE mailbox = ?""";
    private static final String SET_NEXT_DUE = "UPDATE mailbox SET next_due = ? WHERE mailbox = ?";

    private record Candidate(long mailbox, String id, String folder, String address, long served) {}

    /** A claim whose envelopes aren't parsed yet: that is done outside the transaction. */
    record Found(long mailbox, Mailbox address, String folder, List<Due> due) {
        MailboxClaim toClaim() {
            return new MailboxClaim(
                    mailbox, address, folder, due.stream().map(Due::toDelivery).toList());
        }
    }

    record Due(
            long item,
            int attempts,
            int attemptsBefore,
            boolean unknown,
            @Nullable Long lookedAt,
            @Nullable String incompleteReference,
            Items.Stored stored) {

        static Due read(ResultSet row) throws SQLException {
            return new Due(
                    row.getLong(1),
                    row.getInt(2),
                    row.getInt(3),
                    row.getString(4).equals("UNKNOWN"),
                    Columns.nullableLong(row, 5),
                    LosslessText.decodeNullable(row.getString(6)),
                    Items.Stored.read(row, 7));
        }

        ClaimedDelivery toDelivery() {
            return new ClaimedDelivery(
                    item,
                    stored.toMessage(),
                    attempts,
                    attemptsBefore,
                    unknown,
                    lookedAt == null ? null : Times.instant(lookedAt),
                    incompleteReference);
        }
    }

    private final Transaction transaction;
    private final Run run;
    private final long now;

    Claims(Transaction transaction, Fence fence, long now) throws SQLException {
        this.transaction = transaction;
        this.run = transaction.run(fence);
        this.now = now;
    }

    List<Found> claim(Duration lease, int maxMailboxes, int maxPerMailbox) throws SQLException {
        List<Found> claims = new ArrayList<>();
        Session session = transaction.session;
        long turn = session.number("SELECT max(served) FROM mailbox WHERE connector = ?", run.connector);
        long served = -1;
        long mailbox = -1;
        while (claims.size() < maxMailboxes) {
            List<Candidate> candidates = candidates(served, mailbox, maxMailboxes - claims.size());
            for (Candidate candidate : candidates) {
                List<Due> due = due(candidate.mailbox(), maxPerMailbox);
                if (due.isEmpty()) {
                    session.update(SET_NEXT_DUE, nextDue(candidate.mailbox()), candidate.mailbox());
                } else {
                    turn++;
                    session.update(
                            CLAIM, run.epoch, Times.plus(now, lease), Times.plus(0, lease), turn, candidate.mailbox());
                    claims.add(found(candidate, due));
                }
                served = candidate.served();
                mailbox = candidate.mailbox();
            }
            if (candidates.isEmpty()) {
                break;
            }
        }
        return claims;
    }

    static String abandoned(Dialect dialect) {
        return ABANDONED.formatted(dialect.indexedBy("delivery_intent"));
    }

    static String due(Dialect dialect) {
        return DUE.formatted(dialect.indexedBy("delivery_waiting"));
    }

    private List<Candidate> candidates(long afterServed, long afterMailbox, int max) throws SQLException {
        return transaction.session.list(
                CANDIDATES + transaction.dialect.skipLocked(),
                row -> new Candidate(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5)),
                run.connector,
                now,
                now,
                now,
                afterServed,
                afterMailbox,
                max);
    }

    private static Found found(Candidate candidate, List<Due> due) {
        return new Found(
                candidate.mailbox(),
                new Mailbox(LosslessText.decode(candidate.id()), LosslessText.decode(candidate.address())),
                LosslessText.decode(candidate.folder()),
                due);
    }

    private List<Due> due(long mailbox, int max) throws SQLException {
        record Abandoned(long item, DeliveryState state) {}
        List<Abandoned> abandoned = transaction.session.list(
                abandoned(transaction.dialect),
                row -> new Abandoned(row.getLong(1), DeliveryState.read(row, 2)),
                run.connector,
                mailbox,
                run.epoch);
        DeliveryWriter writer = new DeliveryWriter(transaction, run);
        for (Abandoned delivery : abandoned) {
            writer.abandoned(delivery.item(), mailbox, delivery.state());
        }
        return transaction.session.list(due(transaction.dialect), Due::read, run.connector, mailbox, now, max);
    }

    /** When something of a mailbox becomes due; null if nothing is open. */
    private @Nullable Long nextDue(long mailbox) throws SQLException {
        boolean begun = transaction.session.number(
                        "SELECT count(*) FROM delivery" + transaction.dialect.indexedBy("delivery_intent")
                                + " WHERE connector = ? AND mailbox = ? AND intent_epoch IS NOT NULL",
                        run.connector,
                        mailbox)
                != 0;
        if (begun) {
            return Times.AT_ONCE; // another run finds it abandoned
        }
        return transaction.session.numberOrNull(
                "SELECT min(not_before) FROM delivery" + transaction.dialect.indexedBy("delivery_waiting")
                        + " WHERE connector = ? AND mailbox = ? AND not_before IS NOT NULL",
                run.connector,
                mailbox);
    }

    static void release(Transaction transaction, Run run, long mailbox) throws SQLException {
        transaction.session.update("""
                UPDATE mailbox SET claim_epoch = NULL, lease_until = NULL, lease_millis = NULL
                WHERE mailbox = ? AND connector = ? AND claim_epoch = ?""", mailbox, run.connector, run.epoch);
        run.forgetClaim(mailbox);
    }
}
