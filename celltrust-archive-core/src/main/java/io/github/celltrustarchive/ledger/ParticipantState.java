// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that changes in a row of {@code participant}, with texts as they are stored.
 *
 * @param epoch of the run that put it into this state
 * @param failedEpoch the run in whose failures it is listed: the one that held it, or found it unmapped first; else null
 */
record ParticipantState(
        String state,
        @Nullable Long mailbox,
        @Nullable String rule,
        @Nullable String reason,
        @Nullable Long notBefore,
        long epoch,
        @Nullable Long failedEpoch,
        long changes) {

    static final String COLUMNS = "state, mailbox, rule, reason, not_before, epoch, failed_epoch, changes";

    /** Reads {@link #COLUMNS}, the first of which is column {@code from}. */
    static ParticipantState read(ResultSet row, int from) throws SQLException {
        return new ParticipantState(
                row.getString(from),
                Columns.nullableLong(row, from + 1),
                row.getString(from + 2),
                row.getString(from + 3),
                Columns.nullableLong(row, from + 4),
                row.getLong(from + 5),
                Columns.nullableLong(row, from + 6),
                row.getLong(from + 7));
    }

    boolean pending() {
        return state.equals("PENDING");
    }

    boolean unmapped() {
        return state.equals("UNMAPPED");
    }

    /** The whole state, so that the last audit row of a participant tells it. */
    void write(JsonGenerator out, long item, long position) throws IOException {
        out.writeNumberField("item", item);
        out.writeNumberField("participant", position);
        out.writeNumberField("change", changes);
        out.writeStringField("state", state);
        Json.optional(out, "mailbox", mailbox);
        Json.optional(out, "rule", rule);
        Json.optional(out, "reason", reason);
        Json.optional(out, "notBefore", notBefore);
        out.writeNumberField("epoch", epoch);
        Json.optional(out, "failedEpoch", failedEpoch);
    }
}
