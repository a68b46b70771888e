// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What {@link ResultSet} lacks. */
final class Columns {

    private Columns() {}

    static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
