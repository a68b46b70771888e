// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Everything that changes in a row of {@code delivery}, with texts as they are stored. */
record DeliveryState(
        String state,
        long attempts,
        @Nullable Long notBefore,
        @Nullable Long lookedAt,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String incompleteReference,
        @Nullable String receipt,
        @Nullable Long intentEpoch,
        @Nullable Long doneEpoch,
        long releasedAttempts,
        long changes) {

    static final String COLUMNS = """
            d.state, d.attempts, d.not_before, d.looked_at, d.reason, d.reference, d.incomplete_reference, d.receipt,
            d.intent_epoch, d.done_epoch, d.released_attempts, d.changes""";

    /** Reads {@link #COLUMNS}, the first of which is column {@code from}. */
    static DeliveryState read(ResultSet row, int from) throws SQLException {
        return new DeliveryState(
                row.getString(from),
                row.getLong(from + 1),
                Columns.nullableLong(row, from + 2),
                Columns.nullableLong(row, from + 3),
                row.getString(from + 4),
                row.getString(from + 5),
                row.getString(from + 6),
                row.getString(from + 7),
                Columns.nullableLong(row, from + 8),
                Columns.nullableLong(row, from + 9),
                row.getLong(from + 10),
                row.getLong(from + 11));
    }

    /** Starts the state that follows: with the attempts and the incomplete reference of this one, and nothing else. */
    Next next(String nextState) {
        return new Next(this, nextState);
    }

    /** The whole state, so that the last audit row of a delivery tells it. */
    void write(JsonGenerator out, long item, long mailbox) throws IOException {
        out.writeNumberField("item", item);
        out.writeNumberField("mailbox", mailbox);
        out.writeNumberField("change", changes);
        out.writeStringField("state", state);
        out.writeNumberField("attempts", attempts);
        Json.optional(out, "notBefore", notBefore);
        Json.optional(out, "lookedAt", lookedAt);
        Json.optional(out, "reason", reason);
        Json.optional(out, "reference", reference);
        Json.optional(out, "incompleteReference", incompleteReference);
        Json.optional(out, "receipt", receipt);
        Json.optional(out, "intentEpoch", intentEpoch);
        Json.optional(out, "doneEpoch", doneEpoch);
        out.writeNumberField("releasedAttempts", releasedAttempts);
    }

    /** A state that is being put together. */
    static final class Next {
        private final DeliveryState before;
        private final String state;
        private long attempts;
        private long releasedAttempts;
        private @Nullable String incompleteReference;
        private @Nullable Long notBefore;
        private @Nullable Long lookedAt;
        private @Nullable String reason;
        private @Nullable String reference;
        private @Nullable String receipt;
        private @Nullable Long intentEpoch;
        private @Nullable Long doneEpoch;

        private Next(DeliveryState before, String state) {
            this.before = before;
            this.state = state;
            this.attempts = before.attempts();
            this.releasedAttempts = before.releasedAttempts();
            this.incompleteReference = before.incompleteReference();
        }

        Next attempts(long value) {
            attempts = value;
            return this;
        }

        /** From now on attempts are counted anew where it matters when to give up. */
        Next released() {
            releasedAttempts = attempts;
            return this;
        }

        Next incompleteReference(@Nullable String encoded) {
            incompleteReference = encoded;
            return this;
        }

        Next notBefore(long millis) {
            notBefore = millis;
            return this;
        }

        Next lookedAt(@Nullable Long millis) {
            lookedAt = millis;
            return this;
        }

        Next reason(@Nullable String encoded) {
            reason = encoded;
            return this;
        }

        Next receipt(String status, String encodedReference) {
            receipt = status;
            reference = encodedReference;
            return this;
        }

        Next intentIn(long epoch) {
            intentEpoch = epoch;
            return this;
        }

        Next doneIn(long epoch) {
            doneEpoch = epoch;
            return this;
        }

        DeliveryState build() {
            return new DeliveryState(
                    state,
                    attempts,
                    notBefore,
                    lookedAt,
                    reason,
                    reference,
                    incompleteReference,
                    receipt,
                    intentEpoch,
                    doneEpoch,
                    releasedAttempts,
                    before.changes() + 1);
        }
    }
}
