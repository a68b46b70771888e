// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.StagedMessage;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Sighting;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads items. */
final class Items {

    /** What {@link Stored#read} needs, of {@code item i} and of {@code pack p}, where the EML lies. */
    static final String STAGED_COLUMNS =
            "i.key, i.source_id, i.envelope, p.uri, i.eml_offset, i.eml_length, i.eml_sha256";

    static final String SIGHTINGS =
            "SELECT key, revision FROM item WHERE connector = ? AND source_hash = ? ORDER BY revision";
    static final String PENDING = """
            SELECT item, position FROM participant
            WHERE connector = ? AND item > ? AND not_before <= ? ORDER BY item, position""";
    static final String UNMAPPED = """
            SELECT p.item, p.position FROM participant p JOIN item i ON i.item = p.item
            WHERE p.connector = ? AND p.item > ? AND p.state = 'UNMAPPED' AND i.recorded_at >= ?
            ORDER BY p.item, p.position""";
    private static final String ENVELOPE = "SELECT key, source_id, envelope FROM item WHERE item = ?";

    /** A staged message that isn't parsed yet. */
    record Stored(String key, String sourceId, String envelope, String uri, long offset, long length, String sha256) {

        static Stored read(ResultSet row, int from) throws SQLException {
            return new Stored(
                    Sha256.format(row.getBytes(from)),
                    row.getString(from + 1),
                    row.getString(from + 2),
                    row.getString(from + 3),
                    row.getLong(from + 4),
                    row.getLong(from + 5),
                    Sha256.format(row.getBytes(from + 6)));
        }

        StagedMessage toMessage() {
            return new StagedMessage(
                    Items.envelope(key, sourceId, envelope),
                    new ContentLocation(URI.create(uri), offset, length, sha256));
        }
    }

    private Items() {}

    static Envelope envelope(String key, String sourceId, String json) {
        return EnvelopeJson.read(new ItemKey(key), LosslessText.decode(sourceId), json);
    }

    static List<Sighting> sightings(Session session, long connector, List<ItemIdentity> items) throws SQLException {
        record Revision(String key, int number) {}
        List<Sighting> answers = new ArrayList<>(items.size());
        for (ItemIdentity item : items) {
            List<Revision> revisions = session.list(
                    SIGHTINGS,
                    row -> new Revision(Sha256.format(row.getBytes(1)), row.getInt(2)),
                    connector,
                    Sha256.first64Bits(item.sourceId()));
            String key = item.key().hex();
            int last = revisions.isEmpty()
                    ? 0
                    : revisions.get(revisions.size() - 1).number();
            answers.add(revisions.stream()
                    .filter(revision -> revision.key().equals(key))
                    .findFirst()
                    .map(revision -> new Sighting(true, revision.number()))
                    .orElse(new Sighting(false, last + 1)));
        }
        return answers;
    }

    /** Items with open participants; {@code unmappedSince} is {@link Long#MAX_VALUE} for no unmapped ones. */
    static List<OpenItem> open(Session session, long connector, long now, long unmappedSince, long afterItem, int max)
            throws SQLException {
        Map<Long, List<Integer>> open = new TreeMap<>();
        collect(session, open, max, PENDING, connector, afterItem, now);
        if (unmappedSince != Long.MAX_VALUE) {
            collect(session, open, max, UNMAPPED, connector, afterItem, unmappedSince);
        }
        List<OpenItem> items = new ArrayList<>();
        for (Map.Entry<Long, List<Integer>> entry : open.entrySet()) {
            if (items.size() == max) {
                break;
            }
            Envelope envelope = session.first(
                    ENVELOPE,
                    row -> envelope(Sha256.format(row.getBytes(1)), row.getString(2), row.getString(3)),
                    entry.getKey());
            if (envelope != null) {
                items.add(new OpenItem(
                        entry.getKey(),
                        envelope,
                        entry.getValue().stream().sorted().toList()));
            }
        }
        return items;
    }

    /** Adds the positions of the first {@code max} items of this query. */
    private static void collect(
            Session session, Map<Long, List<Integer>> open, int max, String sql, long connector, long after, long time)
            throws SQLException {
        int items = 0;
        long last = 0;
        try (ResultSet row = session.bind(sql, connector, after, time).executeQuery()) {
            while (row.next()) {
                long item = row.getLong(1);
                if (item != last) {
                    if (items == max) {
                        break;
                    }
                    items++;
                    last = item;
                }
                open.computeIfAbsent(item, i -> new ArrayList<>()).add(row.getInt(2));
            }
        }
    }
}
