// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Participant;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the audit trail tells with what the tables say. Every audit row carries the number of its change and the
 * whole state after it; so the row with the highest number must equal the table, and the numbers must be complete. That
 * needs no order between chains and no memory.
 */
final class AuditFold {

    private static final String ITEM = """
            SELECT i.state, i.key, i.source_id, i.revision, i.reason, i.epoch, i.participants, i.envelope,
              r.uri, i.raw_offset, i.raw_length, i.raw_sha256, e.uri, i.eml_offset, i.eml_length, i.eml_sha256
            FROM item i JOIN pack r ON r.pack = i.raw_pack LEFT JOIN pack e ON e.pack = i.eml_pack
            WHERE i.item = ? AND i.connector = ?""";

    /** What an item in this state was recorded as: one that was released had been held. */
    private static final Map<String, String> RECORDED_AS =
            Map.of("STAGED", "ItemStaged", "HELD", "ItemHeld", "RELEASED", "ItemHeld", "EXCLUDED", "ItemExcluded");

    private final Session session;
    private final Findings findings;
    private final ChangeSums sums = new ChangeSums();
    private final RunFold runs;

    AuditFold(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
        this.runs = new RunFold(session, findings, sums);
    }

    void next(AuditRow row, JsonNode body) throws SQLException {
        switch (row.type()) {
            case "PackStaged" -> pack(row, body);
            case "ItemReleased" -> released(row, body);
            case "ItemStaged", "ItemHeld", "ItemExcluded" -> item(row, body);
            case "ParticipantMapped",
                    "ParticipantExternal",
                    "ParticipantUnmapped",
                    "ParticipantPostponed",
                    "ParticipantHeld",
                    "ParticipantReopened" -> participant(row, body);
            case "DeliveryIntended",
                    "DeliveryConcluded",
                    "DeliveryPostponed",
                    "DeliveryUnknown",
                    "DeliveryHeld",
                    "DeliveryReleased" -> delivery(row, body);
            case "MailboxPostponed" -> mailbox(row, body);
            case "AlarmRaised", "CommandGiven", "RunOpened", "RunFinished", "CheckpointMoved" -> runs.next(row, body);
            default -> findings.add(row.name() + " has an unknown type");
        }
    }

    private void pack(AuditRow row, JsonNode body) throws SQLException {
        sums.audited("pack", row.connector(), body.path("pack").asLong(), 1);
        JsonNode recorded = session.first(
                "SELECT pack, name, uri, size, sha256 FROM pack WHERE pack = ? AND connector = ? AND epoch = ?",
                found -> {
                    ObjectNode node = Json.node();
                    node.put("pack", found.getLong(1))
                            .put("name", found.getString(2))
                            .put("uri", found.getString(3));
                    return Json.put(node.put("size", found.getLong(4)), "sha256", found.getString(5));
                },
                body.path("pack").asLong(),
                row.connector(),
                row.epoch());
        findings.expect(body.equals(recorded), row.name() + " and its pack differ");
    }

    private void item(AuditRow row, JsonNode body) throws SQLException {
        long item = body.path("item").asLong();
        sums.audited("item", row.connector(), item, 1);
        JsonNode recorded = session.first(
                ITEM,
                found -> {
                    ObjectNode node = Json.node();
                    node.put("type", RECORDED_AS.get(found.getString(1)));
                    node.put("epoch", found.getLong(6)).put("item", item);
                    node.put("key", Sha256.format(found.getBytes(2)));
                    node.put("sourceId", found.getString(3));
                    node.put("revision", found.getLong(4));
                    Json.put(node, "reason", found.getString(5));
                    location(node, "raw", found.getString(9), found.getLong(10), found.getLong(11), found.getBytes(12));
                    if (found.getString(8) != null) {
                        location(
                                node,
                                "eml",
                                found.getString(13),
                                found.getLong(14),
                                found.getLong(15),
                                found.getBytes(16));
                        node.put("participants", found.getLong(7));
                        node.put("envelopeSha256", Sha256.hex(found.getString(8)));
                    }
                    return node;
                },
                item,
                row.connector());
        ObjectNode audited = body.deepCopy();
        audited.put("type", row.type()).put("epoch", row.epoch());
        boolean equal = audited.equals(recorded);
        findings.expect(equal, row.name() + " and item " + item + " differ");
        if (row.type().equals("ItemStaged")) {
            for (long position = 0; position < body.path("participants").asLong(); position++) {
                sums.audited("participant", item, position, 1);
            }
            runs.staged(row, body);
            if (equal) {
                users(row, item);
            }
        }
    }

    private void released(AuditRow row, JsonNode body) throws SQLException {
        long item = body.path("item").asLong();
        sums.audited("item", row.connector(), item, body.path("change").asLong());
        String toKey = session.first(
                """
                SELECT i.key FROM item r JOIN item i ON i.item = r.released_to AND i.connector = r.connector
                WHERE r.item = ? AND r.connector = ? AND r.state = 'RELEASED' AND r.released_to = ?
                  AND r.released_epoch = ?""",
                found -> Sha256.format(found.getBytes(1)),
                item,
                row.connector(),
                body.path("to").asLong(),
                row.epoch());
        findings.expect(body.path("toKey").asText().equals(toKey), row.name() + " and item " + item + " differ");
        runs.released(row, body);
    }

    private static void location(ObjectNode node, String name, String uri, long offset, long length, byte[] sha256) {
        node.putObject(name)
                .put("object", uri)
                .put("offset", offset)
                .put("length", length)
                .put("sha256", Sha256.format(sha256));
    }

    /** The users in the status log are those of the envelope. */
    private void users(AuditRow row, long item) throws SQLException {
        Envelope envelope = session.first(
                "SELECT key, source_id, envelope FROM item WHERE item = ?",
                found -> Items.envelope(Sha256.format(found.getBytes(1)), found.getString(2), found.getString(3)),
                item);
        List<String> recorded = session.list(
                "SELECT source_user FROM participant WHERE item = ? ORDER BY position",
                found -> LosslessText.decode(found.getString(1)),
                item);
        List<Participant> participants = envelope == null ? List.of() : envelope.participants();
        findings.expect(
                recorded.equals(
                        participants.stream().map(ItemWriter::sourceUser).toList()),
                row.name() + " and the participants of item " + item + " differ");
    }

    private void participant(AuditRow row, JsonNode body) throws SQLException {
        long item = body.path("item").asLong();
        long position = body.path("participant").asLong();
        sums.audited("participant", item, position, body.path("change").asLong());
        ParticipantState state = session.first(
                "SELECT " + ParticipantState.COLUMNS
                        + " FROM participant WHERE item = ? AND position = ? AND connector = ?",
                found -> ParticipantState.read(found, 1),
                item,
                position,
                row.connector());
        ObjectNode audited = body.deepCopy();
        audited.remove(List.of("was", "planned", "nobody", "itemChanges", "mailboxState", "operator"));
        compare(
                row,
                "participant " + position + " of item " + item,
                audited,
                state == null ? null : Json.node(out -> state.write(out, item, position)));
        runs.decided(row, body);
        if (body.path("planned").asBoolean()) {
            long mailbox = body.path("mailbox").asLong();
            sums.audited("delivery", item, mailbox, 1);
            findings.expect(
                    session.number(
                                    "SELECT count(*) FROM delivery WHERE item = ? AND mailbox = ? AND planned_epoch = ?",
                                    item,
                                    mailbox,
                                    row.epoch())
                            == 1,
                    row.name() + " planned a delivery that isn't there");
        }
        if (body.path("nobody").asBoolean()) {
            nobody(row, body, item);
        }
        if (body.has("mailboxState")) {
            mailbox(row, body.path("mailboxState"));
        }
    }

    /** The run that found out last stands in the item: after its row none of the participants has changed. */
    private void nobody(AuditRow row, JsonNode body, long item) throws SQLException {
        if (session.number(ParticipantWriter.CHANGES, item)
                == body.path("itemChanges").asLong()) {
            long nobody = session.number("SELECT nobody_epoch FROM item WHERE item = ?", item);
            findings.expect(nobody == row.epoch(), row.name() + " and item " + item + " differ");
        }
    }

    private void delivery(AuditRow row, JsonNode body) throws SQLException {
        long item = body.path("item").asLong();
        long mailbox = body.path("mailbox").asLong();
        sums.audited("delivery", item, mailbox, body.path("change").asLong());
        DeliveryState state = session.first(
                "SELECT " + DeliveryState.COLUMNS
                        + " FROM delivery d WHERE d.item = ? AND d.mailbox = ? AND d.connector = ?",
                found -> DeliveryState.read(found, 1),
                item,
                mailbox,
                row.connector());
        ObjectNode audited = body.deepCopy();
        audited.remove(List.of("heldIn", "operator"));
        if (row.type().equals("DeliveryReleased")) {
            runs.deliveryReleased(row, body);
        } else if (row.type().equals("DeliveryConcluded") || row.type().equals("DeliveryHeld")) {
            runs.deliveryDecided(row);
        }
        compare(
                row,
                "the delivery of item " + item + " to mailbox " + mailbox,
                audited,
                state == null ? null : Json.node(out -> state.write(out, item, mailbox)));
    }

    private void mailbox(AuditRow row, JsonNode body) throws SQLException {
        long mailbox = body.path("mailbox").asLong();
        sums.audited("mailbox", row.connector(), mailbox, body.path("change").asLong());
        Mailboxes.Row state = session.first(
                Mailboxes.COLUMNS + "WHERE mailbox = ? AND connector = ?",
                Mailboxes.Row::read,
                mailbox,
                row.connector());
        ObjectNode audited = body.deepCopy();
        if (row.type().equals("MailboxPostponed")) {
            audited.remove("because");
        }
        compare(row, "mailbox " + mailbox, audited, state == null ? null : Json.node(state::write));
    }

    /** The audit row of the last change tells the state; an earlier one must have an earlier number. */
    private void compare(AuditRow row, String what, JsonNode audited, @Nullable JsonNode recorded) {
        if (recorded == null) {
            findings.add(row.name() + " tells of " + what + ", which isn't there");
            return;
        }
        long change = audited.path("change").asLong();
        long last = recorded.path("change").asLong();
        findings.expect(change < last || audited.equals(recorded), row.name() + " and " + what + " differ");
    }

    /** After the last row. */
    void end() throws SQLException {
        add("pack", "SELECT connector, pack, 1 FROM pack");
        add("item", "SELECT connector, item, CASE WHEN state = 'RELEASED' THEN 2 ELSE 1 END FROM item");
        add("participant", "SELECT item, position, changes FROM participant");
        add("delivery", "SELECT item, mailbox, changes FROM delivery");
        add("mailbox", "SELECT connector, mailbox, changes FROM mailbox");
        add("connector", "SELECT connector, 0, changes FROM connector");
        runs.end();
        sums.compare(findings);
    }

    private void add(String table, String sql) throws SQLException {
        session.forEach(sql, row -> sums.recorded(table, row.getLong(1), row.getLong(2), row.getLong(3)));
    }
}
