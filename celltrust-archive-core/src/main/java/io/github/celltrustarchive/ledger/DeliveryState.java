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
        long changes) {

    static final String COLUMNS = """
            d.state, d.attempts, d.not_before, d.looked_at, d.reason, d.reference, d.incomplete_reference, d.receipt,
            d.intent_epoch, d.done_epoch, d.changes""";

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
                row.getLong(from + 10));
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
    }
}
