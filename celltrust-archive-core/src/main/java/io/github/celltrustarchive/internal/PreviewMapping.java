// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks for the mailboxes of a message's participants, as {@link MappingLoop} does, and only counts the answers. */
final class PreviewMapping {

    private static final int FAILURES_IN_A_ROW = 3;

    private final Parts parts;
    private final PreviewTally tally;
    private int failuresInARow;

    PreviewMapping(Parts parts, PreviewTally tally) {
        this.parts = parts;
        this.tally = tally;
    }

    void map(Envelope envelope) throws InterruptedException {
        Map<String, Mailbox> mailboxes = new LinkedHashMap<>();
        boolean open = false;
        for (Participant participant : envelope.participants()) {
            open |= !map(participant, envelope, mailboxes);
        }
        tally.deliveries(mailboxes.values(), open);
    }

    /** Whether it is decided. */
    private boolean map(Participant participant, Envelope envelope, Map<String, Mailbox> mailboxes)
            throws InterruptedException {
        if (failuresInARow >= FAILURES_IN_A_ROW) {
            tally.unanswered(); // the directory is down
            return false;
        }
        try {
            Mapping mapping = parts.mapper().map(participant, envelope.sentAt());
            failuresInARow = 0;
            if (mapping instanceof Mapping.Mapped mapped) {
                mailboxes.putIfAbsent(mapped.mailbox().id(), mapped.mailbox());
            }
            tally.mapping(participant, mapping);
            return true;
        } catch (IOException e) {
            return unanswered("the user directory didn't answer: " + Faults.typeOf(e));
        } catch (ArchiveException e) {
            switch (e.remedy()) {
                case STOP -> throw e;
                case HOLD -> tally.heldParticipant(String.valueOf(e.getMessage()));
                default -> {
                    return unanswered(String.valueOf(e.getMessage()));
                }
            }
        } catch (RuntimeException e) {
            tally.heldParticipant(Faults.heldReason("the user mapper", e));
        }
        return true;
    }

    private boolean unanswered(String problem) {
        failuresInARow++;
        tally.problem(problem);
        tally.unanswered();
        return false;
    }
}
