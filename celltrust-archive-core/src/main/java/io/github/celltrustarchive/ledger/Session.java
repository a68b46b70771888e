// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection with its prepared statements and unsent batches. Not thread-safe. */
final class Session implements AutoCloseable {

    /** Makes a value of the row that the result set stands on. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes the row that the result set stands on. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, List<String>> batches = new LinkedHashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Runs one statement as it is, such as DDL. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet row = bind(sql, arguments).executeQuery()) {
            while (row.next()) {
                rows.add(reader.read(row));
            }
        }
        return rows;
    }

    /** Calls {@code each} for every row, without keeping them. */
    void forEach(String sql, RowConsumer each) throws SQLException {
        PreparedStatement statement = statement(sql);
        statement.setFetchSize(1000);
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                each.accept(row);
            }
        }
    }

    <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (ResultSet row = bind(sql, arguments).executeQuery()) {
            return row.next() ? reader.read(row) : null;
        }
    }

    /** The first column of the only row; null where it is null or there is no row. */
    @Nullable
    Long numberOrNull(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet row = bind(sql, arguments).executeQuery()) {
            return row.next() ? Columns.nullableLong(row, 1) : null;
        }
    }

    /** The first column of the only row; 0 where it is null or there is no row. */
    long number(String sql, @Nullable Object... arguments) throws SQLException {
        Long value = numberOrNull(sql, arguments);
        return value == null ? 0 : value;
    }

    /**
     * Adds a row to the batch of this statement.
     *
     * @param refusal what {@link #flush()} says if the row conflicts with one that is there
     */
    void batch(String sql, String refusal, @Nullable Object... arguments) throws SQLException {
        bind(sql, arguments).addBatch();
        batches.computeIfAbsent(sql, s -> new ArrayList<>()).add(refusal);
    }

    /**
     * Sends all batches.
     *
     * @throws IllegalStateException with the refusal of the first row that wasn't written
     */
    void flush() throws SQLException {
        for (Map.Entry<String, List<String>> batch : batches.entrySet()) {
            int[] written = statement(batch.getKey()).executeBatch();
            for (int i = 0; i < written.length; i++) {
                if (written[i] == 0) {
                    throw new IllegalStateException(batch.getValue().get(i));
                }
            }
        }
        batches.clear();
    }

    /** Forgets what was not sent. */
    void discard() throws SQLException {
        for (String sql : batches.keySet()) {
            statement(sql).clearBatch();
        }
        batches.clear();
    }

    PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statement(sql);
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            throw new IllegalArgumentException("no column type for " + value.getClass());
        }
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** Closes the connection, and the statements with it. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
