// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Transition;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Small, valid values. */
final class Samples {

    static final String FOLDER = "Inbox/CellTrust";

    private Samples() {}

    static StagedObject pack(String name) {
        return new StagedObject(name, packUri(name), 4096, Sha256.hex(name));
    }

    private static URI packUri(String name) {
        return URI.create("file:///stage/" + name);
    }

    static ContentLocation in(String pack, long offset) {
        return new ContentLocation(packUri(pack), offset, 100, Sha256.hex(pack + offset));
    }

    static ItemKey key(String sourceId, String content) {
        return new ItemKey(Sha256.hex(sourceId + "/" + content));
    }

    /** An envelope whose participants have these numbers. */
    static Envelope envelope(String sourceId, String... phones) {
        List<Participant> participants = new ArrayList<>();
        for (String phone : phones) {
            participants.add(
                    Participant.ofPhone(participants.isEmpty() ? ParticipantRole.FROM : ParticipantRole.TO, phone));
        }
        Instant sent = Instant.parse("2026-02-28T12:00:00.123456789Z");
        return new Envelope(
                key(sourceId, "hello"),
                sourceId,
                "<" + sourceId + "@sms.celltrust.invalid>",
                "SMS",
                "SMS",
                Direction.OUTBOUND,
                null,
                sent,
                sent.plusSeconds(1),
                participants,
                List.of());
    }

    static Transition.ItemStaged staged(String pack, String sourceId, String... phones) {
        return new Transition.ItemStaged(envelope(sourceId, phones), 1, in(pack, 0), in(pack, 1000));
    }

    static Transition.CheckpointMoved moved(String from, String to, int records, int replayed) {
        return new Transition.CheckpointMoved(new Checkpoint(from), new Checkpoint(to), records, replayed);
    }

    static Mailbox mailbox(String name) {
        return new Mailbox("id-" + name, name + "@example.com");
    }

    static Transition.ParticipantMapped mapped(long item, int participant, String mailbox) {
        return new Transition.ParticipantMapped(item, participant, mailbox(mailbox), FOLDER, "csv:line 1");
    }
}
