// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies what the collecting half does: packs, items and the checkpoint. */
final class ItemWriter {

    private static final String INSERT_ITEM = """
            INSERT INTO item (item, connector, epoch, recorded_at, source_hash, source_id, key, revision, state, reason,
              nobody_epoch, participants, raw_pack, raw_offset, raw_length, raw_sha256,
              eml_pack, eml_offset, eml_length, eml_sha256, envelope)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String INSERT_PARTICIPANT = """
            INSERT INTO participant (item, position, connector, state, not_before, source_user, epoch, changes)
            VALUES (?, ?, ?, 'PENDING', 0, ?, ?, 1)""";

    // the newest, should it have been released itself: a later one stands for it
    private static final String SUCCESSOR =
            "SELECT max(item) FROM item WHERE connector = ? AND source_hash = ? AND key = ? AND item <> ?";

    private final Transaction transaction;
    private final Run run;
    private final Iterator<Long> numbers;
    private final Map<String, Long> recorded = new HashMap<>();
    private final List<Transition.ItemReleased> released = new ArrayList<>();

    /** A writer for the items among these transitions. */
    ItemWriter(Transaction transaction, Run run, List<Transition> transitions) throws SQLException {
        this.transaction = transaction;
        this.run = run;
        int items = (int) transitions.stream()
                .filter(t -> t instanceof Transition.ItemStaged
                        || t instanceof Transition.ItemHeld
                        || t instanceof Transition.ItemExcluded)
                .count();
        this.numbers = items == 0
                ? List.<Long>of().iterator()
                : transaction
                        .dialect
                        .numbers(transaction.session, Dialect.Numbered.ITEM, items)
                        .iterator();
    }

    void packStaged(StagedObject pack) throws SQLException {
        run.requireLead(transaction.session);
        long number = transaction
                .dialect
                .numbers(transaction.session, Dialect.Numbered.PACK, 1)
                .get(0);
        int written = transaction.session.update(
                """
                INSERT INTO pack (pack, connector, epoch, name, uri, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", number, run.connector, run.epoch, pack.name(), pack.uri().toString(), pack.size(), pack.sha256());
        if (written == 0) {
            throw new IllegalStateException("PackStaged: pack " + pack.name() + " is recorded already");
        }
        transaction.audit(run, "PackStaged", out -> {
            out.writeNumberField("pack", number);
            out.writeStringField("name", pack.name());
            out.writeStringField("uri", pack.uri().toString());
            out.writeNumberField("size", pack.size());
            Json.optional(out, "sha256", pack.sha256());
        });
    }

    void staged(Transition.ItemStaged change) throws SQLException {
        Envelope envelope = change.envelope();
        List<Participant> participants = envelope.participants();
        String json = EnvelopeJson.write(envelope);
        long item = insert(
                "STAGED",
                "ItemStaged",
                envelope.key(),
                envelope.sourceId(),
                change.revision(),
                null,
                participants.size(),
                change.raw(),
                change.eml(),
                json);
        for (int position = 0; position < participants.size(); position++) {
            String user = LosslessText.encode(sourceUser(participants.get(position)));
            transaction.session.batch(
                    INSERT_PARTICIPANT, "participant", item, position, run.connector, user, run.epoch);
        }
        run.becamePending += participants.size();
        transaction.audit(run, "ItemStaged", out -> {
            write(out, item, envelope.key(), envelope.sourceId(), change.revision(), change.raw());
            location(out, "eml", change.eml());
            out.writeNumberField("participants", participants.size());
            out.writeStringField("envelopeSha256", Sha256.hex(json));
        });
    }

    void held(Transition.ItemHeld change) throws SQLException {
        long item = insert(
                "HELD",
                "ItemHeld",
                change.key(),
                change.sourceId(),
                change.revision(),
                change.reason(),
                0,
                change.raw(),
                null,
                null);
        transaction.audit(run, "ItemHeld", out -> {
            write(out, item, change.key(), change.sourceId(), change.revision(), change.raw());
            out.writeStringField("reason", LosslessText.encode(change.reason()));
        });
    }

    void excluded(Transition.ItemExcluded change) throws SQLException {
        long item = insert(
                "EXCLUDED",
                "ItemExcluded",
                change.key(),
                change.sourceId(),
                change.revision(),
                change.rule(),
                0,
                change.raw(),
                null,
                null);
        transaction.audit(run, "ItemExcluded", out -> {
            write(out, item, change.key(), change.sourceId(), change.revision(), change.raw());
            out.writeStringField("reason", LosslessText.encode(change.rule()));
        });
    }

    void checkpointMoved(Transition.CheckpointMoved change) throws SQLException {
        run.requireLead(transaction.session);
        int moved = transaction.session.update(
                "UPDATE connector SET checkpoint = ?, changes = changes + 1 WHERE connector = ? AND checkpoint = ?",
                LosslessText.encode(change.to().value()),
                run.connector,
                LosslessText.encode(change.from().value()));
        if (moved == 0) {
            throw new IllegalStateException("CheckpointMoved: the stored checkpoint isn't the one moved from");
        }
        run.records += change.records();
        run.replayed += change.replayed();
        long changes = transaction.session.number("SELECT changes FROM connector WHERE connector = ?", run.connector);
        transaction.audit(run, "CheckpointMoved", out -> {
            out.writeNumberField("change", changes);
            out.writeStringField("to", change.to().value());
            out.writeNumberField("records", change.records());
            out.writeNumberField("replayed", change.replayed());
        });
    }

    private long insert(
            String state,
            String transition,
            ItemKey key,
            String sourceId,
            int revision,
            @Nullable String reason,
            int participants,
            ContentLocation raw,
            @Nullable ContentLocation eml,
            @Nullable String json)
            throws SQLException {
        run.requireLead(transaction.session);
        long item = numbers.next();
        recorded.put(key.hex(), item);
        boolean nobody = state.equals("STAGED") && participants == 0;
        transaction.session.batch(
                INSERT_ITEM,
                transition + ": item " + key + " is recorded already",
                item,
                run.connector,
                run.epoch,
                transaction.now,
                Sha256.first64Bits(sourceId),
                LosslessText.encode(sourceId),
                key.bytes(),
                revision,
                state,
                LosslessText.encodeNullable(reason),
                nobody ? run.epoch : null,
                participants,
                pack(transition, raw),
                raw.offset(),
                raw.length(),
                Sha256.parse(raw.sha256()),
                eml == null ? null : pack(transition, eml),
                eml == null ? null : eml.offset(),
                eml == null ? null : eml.length(),
                eml == null ? null : Sha256.parse(eml.sha256()),
                json);
        return item;
    }

    /** Takes a held item out of the way; which item stands for it is known at the end. */
    void released(Transition.ItemReleased change) throws SQLException {
        run.requireLead(transaction.session);
        int taken = transaction.session.update("""
                UPDATE item SET state = 'RELEASED', replaced = item, released_epoch = ?
                WHERE item = ? AND connector = ? AND state = 'HELD'""", run.epoch, change.item(), run.connector);
        if (taken == 0) {
            throw new IllegalStateException(
                    "ItemReleased: connector " + run.connector + " has no held item " + change.item());
        }
        released.add(change);
    }

    /** After the last transition: names the items that stand for the released ones. */
    void finish() throws SQLException {
        for (Transition.ItemReleased change : released) {
            long to = successor(change);
            transaction.session.update("UPDATE item SET released_to = ? WHERE item = ?", to, change.item());
            run.replayed += change.replayed() ? 1 : 0;
            transaction.audit(run, "ItemReleased", out -> {
                out.writeNumberField("item", change.item());
                out.writeNumberField("change", 2);
                out.writeStringField("state", "RELEASED");
                out.writeNumberField("to", to);
                out.writeStringField("toKey", change.to().key().hex());
                out.writeBooleanField("replayed", change.replayed());
                out.writeStringField("operator", LosslessText.encode(change.operator()));
            });
        }
    }

    private long successor(Transition.ItemReleased change) throws SQLException {
        Long fresh = recorded.get(change.to().key().hex());
        Long known = fresh != null
                ? fresh
                : transaction.session.numberOrNull(
                        SUCCESSOR,
                        run.connector,
                        Sha256.first64Bits(change.to().sourceId()),
                        change.to().key().bytes(),
                        change.item());
        if (known == null) {
            throw new IllegalStateException(
                    "ItemReleased: no item with key " + change.to().key() + " is recorded");
        }
        return known;
    }

    private long pack(String transition, ContentLocation location) throws SQLException {
        Long pack = transaction.pack(run, location.object().toString());
        if (pack == null) {
            throw new IllegalStateException(transition + ": its bytes lie in a pack that isn't recorded");
        }
        return pack;
    }

    private static void write(
            JsonGenerator out, long item, ItemKey key, String sourceId, int revision, ContentLocation raw)
            throws IOException {
        out.writeNumberField("item", item);
        out.writeStringField("key", key.hex());
        out.writeStringField("sourceId", LosslessText.encode(sourceId));
        out.writeNumberField("revision", revision);
        location(out, "raw", raw);
    }

    private static void location(JsonGenerator out, String name, ContentLocation location) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("object", location.object().toString());
        out.writeNumberField("offset", location.offset());
        out.writeNumberField("length", location.length());
        out.writeStringField("sha256", location.sha256());
        out.writeEndObject();
    }

    /** What the status log calls a participant: the address, else the number, else the name. */
    static String sourceUser(Participant participant) {
        return participant.sourceUserId();
    }
}
