// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what waits for an operator and matches a selection. Values are always bound, never part of the SQL. */
final class Selected {

    private Selected() {}

    static List<HeldItem> items(
            Session session, long connector, long epoch, Selection selection, long afterItem, int max)
            throws SQLException {
        Query query = new Query("""
                SELECT i.item, i.key, i.source_id, i.reason, p.uri, i.raw_offset, i.raw_length, i.raw_sha256
                FROM item i JOIN pack p ON p.pack = i.raw_pack WHERE i.connector = ? AND i.state = 'HELD'""", connector);
        query.and("i.epoch <> ?", epoch).and("i.item > ?", afterItem).matching(selection, "i.reason");
        return query.list(session, " ORDER BY i.item LIMIT ?", max, Selected::heldItem);
    }

    private static HeldItem heldItem(ResultSet row) throws SQLException {
        ItemKey key = new ItemKey(Sha256.format(row.getBytes(2)));
        return new HeldItem(
                row.getLong(1),
                new ItemIdentity(LosslessText.decode(row.getString(3)), key),
                LosslessText.decode(row.getString(4)),
                new ContentLocation(
                        URI.create(row.getString(5)), row.getLong(6), row.getLong(7), Sha256.format(row.getBytes(8))));
    }

    static List<ParticipantPlace> participants(
            Session session,
            long connector,
            Reopening command,
            Selection selection,
            @Nullable ParticipantPlace after,
            int max)
            throws SQLException {
        Query query = new Query(
                "SELECT p.item, p.position FROM participant p JOIN item i ON i.item = p.item WHERE p.connector = ?",
                connector);
        query.and(states(command, selection)).matching(selection, "p.reason");
        if (after != null) {
            query.and("(p.item, p.position) > (?, ?)", after.item(), after.participant());
        }
        return query.list(
                session,
                " ORDER BY p.item, p.position LIMIT ?",
                max,
                row -> new ParticipantPlace(row.getLong(1), row.getInt(2)));
    }

    private static String states(Reopening command, Selection selection) {
        if (command == Reopening.RELEASE) {
            return "p.state = 'HELD'";
        }
        return selection.external() ? "p.state IN ('UNMAPPED', 'EXTERNAL')" : "p.state = 'UNMAPPED'";
    }

    static List<DeliveryPlace> deliveries(
            Session session, long connector, Selection selection, @Nullable DeliveryPlace after, int max)
            throws SQLException {
        Query query = new Query(
                "SELECT d.item, d.mailbox FROM delivery d JOIN item i ON i.item = d.item WHERE d.connector = ?",
                connector);
        query.and("d.state = 'HELD'").matching(selection, "d.reason");
        if (after != null) {
            query.and("(d.item, d.mailbox) > (?, ?)", after.item(), after.mailbox());
        }
        return query.list(
                session,
                " ORDER BY d.item, d.mailbox LIMIT ?",
                max,
                row -> new DeliveryPlace(row.getLong(1), row.getLong(2)));
    }

    /** A query that grows by conditions. */
    private static final class Query {
        private final StringBuilder sql;
        private final List<Object> arguments = new ArrayList<>();

        Query(String start, long connector) {
            sql = new StringBuilder(start);
            arguments.add(connector);
        }

        Query and(String condition, Object... values) {
            sql.append(" AND ").append(condition);
            arguments.addAll(List.of(values));
            return this;
        }

        /** The selection's conditions on item {@code i}, and on this column with the reason. */
        void matching(Selection selection, String reason) {
            if (selection.item() != null) {
                and("i.key = ?", selection.item().bytes());
            }
            if (selection.sourceId() != null) {
                and(
                        "i.source_hash = ? AND i.source_id = ?",
                        Sha256.first64Bits(selection.sourceId()),
                        LosslessText.encode(selection.sourceId()));
            }
            if (selection.reason() != null) {
                and("lower(" + reason + ") LIKE lower(?) ESCAPE '!'", "%" + literal(selection.reason()) + "%");
            }
            if (selection.recordedFrom() != null) {
                and("i.recorded_at >= ?", Times.ceiling(selection.recordedFrom()));
            }
            if (selection.recordedBefore() != null) {
                and("i.recorded_at < ?", Times.ceiling(selection.recordedBefore()));
            }
        }

        private static String literal(String text) {
            return LosslessText.encode(text).replaceAll("([!%_])", "!$1");
        }

        <T> List<T> list(Session session, String order, int max, Session.RowReader<T> reader) throws SQLException {
            arguments.add(max);
            return session.list(sql + order, reader, arguments.toArray());
        }
    }
}
