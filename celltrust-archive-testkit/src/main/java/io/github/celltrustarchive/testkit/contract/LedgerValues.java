// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small, valid values and transitions for a ledger. */
final class LedgerValues {

    static final String CONNECTOR = "celltrust";
    static final String FOLDER = "Inbox/CellTrust";
    static final String TEXT = "hello";
    static final Instant SENT = Instant.parse("2026-02-28T12:00:00.123456789Z");

    private LedgerValues() {}

    static Transition.PackStaged packStaged(String name) {
        return new Transition.PackStaged(new StagedObject(name, packUri(name), 4096, sha256(name)));
    }

    private static URI packUri(String name) {
        return URI.create("https://stage.invalid/" + name);
    }

    static ContentLocation in(String pack, long offset) {
        return new ContentLocation(packUri(pack), offset, 100, sha256(pack + offset));
    }

    /** The key of an item with this id and this text. */
    static ItemKey key(String sourceId, String text) {
        return new ItemKey(sha256(sourceId + "/" + text));
    }

    /** An envelope whose participants have these numbers. */
    static Envelope envelope(String sourceId, String text, String... phones) {
        List<Participant> participants = new ArrayList<>();
        for (String phone : phones) {
            participants.add(
                    Participant.ofPhone(participants.isEmpty() ? ParticipantRole.FROM : ParticipantRole.TO, phone));
        }
        return new Envelope(
                key(sourceId, text),
                sourceId,
                "<" + sourceId + "@sms.celltrust.invalid>",
                "SMS",
                "SMS",
                Direction.OUTBOUND,
                null,
                SENT,
                SENT.plusSeconds(1),
                participants,
                List.of(new AttachmentSummary("a.jpg", "image/jpeg", 12, sha256(text), false)));
    }

    static Transition.ItemStaged staged(String pack, String sourceId, String... phones) {
        return staged(pack, envelope(sourceId, TEXT, phones), 1);
    }

    static Transition.ItemStaged staged(String pack, Envelope envelope, int revision) {
        return new Transition.ItemStaged(envelope, revision, in(pack, 0), in(pack, 1000));
    }

    static Transition.ItemHeld itemHeld(String pack, String sourceId, String reason) {
        return new Transition.ItemHeld(key(sourceId, TEXT), sourceId, 1, reason, in(pack, 7));
    }

    static Transition.ItemExcluded itemExcluded(String pack, String sourceId) {
        return new Transition.ItemExcluded(key(sourceId, TEXT), sourceId, 1, "no private numbers", in(pack, 9));
    }

    static Transition.CheckpointMoved moved(String from, String to, int records, int replayed) {
        return new Transition.CheckpointMoved(new Checkpoint(from), new Checkpoint(to), records, replayed);
    }

    static Mailbox mailbox(String name) {
        return new Mailbox("id-" + name, name + "@bank.example");
    }

    static Transition.ParticipantMapped mapped(long item, int participant, String mailbox) {
        return new Transition.ParticipantMapped(item, participant, mailbox(mailbox), FOLDER, "csv:line 1");
    }

    static Transition.ParticipantExternal external(long item, int participant) {
        return new Transition.ParticipantExternal(item, participant);
    }

    static Transition.ParticipantUnmapped unmapped(long item, int participant) {
        return new Transition.ParticipantUnmapped(item, participant, "no such number");
    }

    static Transition.ParticipantHeld participantHeld(long item, int participant) {
        return new Transition.ParticipantHeld(item, participant, "the directory refuses");
    }

    static Transition.DeliveryIntended intended(long item, long mailbox, int attempt) {
        return new Transition.DeliveryIntended(item, mailbox, attempt);
    }

    static Transition.DeliveryConcluded concluded(long item, long mailbox, Receipt.Status status) {
        return new Transition.DeliveryConcluded(item, mailbox, new Receipt(status, "uid-" + item));
    }

    static Transition.DeliveryConcluded imported(long item, long mailbox) {
        return concluded(item, mailbox, Receipt.Status.IMPORTED);
    }

    static Transition.DeliveryPostponed postponed(
            long item, long mailbox, Instant notBefore, @Nullable String incompleteReference) {
        return new Transition.DeliveryPostponed(item, mailbox, notBefore, "busy", incompleteReference);
    }

    static Transition.DeliveryUnknown unknown(long item, long mailbox, @Nullable Instant lookedAt, Instant notBefore) {
        return new Transition.DeliveryUnknown(item, mailbox, lookedAt, notBefore, "no answer");
    }

    static Transition.DeliveryHeld deliveryHeld(
            long item, long mailbox, String reason, @Nullable String incompleteReference) {
        return new Transition.DeliveryHeld(item, mailbox, reason, incompleteReference);
    }

    static Transition.DeliveryReleased deliveryReleased(long item, long mailbox) {
        return new Transition.DeliveryReleased(item, mailbox, "jo");
    }

    static String sha256(String text) {
        try {
            return DigestedContent.of(Content.ofUtf8(text)).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
