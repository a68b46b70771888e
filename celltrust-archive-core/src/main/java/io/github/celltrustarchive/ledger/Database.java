// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Check;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Where a ledger's connections come from. */
interface Database extends AutoCloseable {

    /** A new connection. The caller closes it. */
    Connection connect() throws SQLException;

    Dialect dialect();

    /** Whether no other process can have it, so that what dead processes held may be freed. */
    boolean alone();

    /** Looks at its disk or server; changes nothing. */
    default List<Check> preflight(Session session, Clock clock) throws SQLException {
        return List.of();
    }

    /** Frees what keeps others out. A second call does nothing. */
    @Override
    void close();
}
