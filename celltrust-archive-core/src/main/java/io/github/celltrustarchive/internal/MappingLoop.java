// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds mailboxes for participants that have none yet, which plans their deliveries. */
final class MappingLoop {

    private static final int BATCH = 500;
    private static final int FAILURES_IN_A_ROW = 3;

    private final RunContext run;
    private int failuresInARow;
    private long mapped;

    MappingLoop(RunContext run) {
        this.run = run;
    }

    /** Maps all that is pending and due, and tries again whoever was unmapped within the window. */
    void mapAll() throws InterruptedException {
        map(run.now().minus(run.options().unmappedWindow()));
    }

    /** Maps what has become due since. */
    void mapDue() throws InterruptedException {
        map(null);
    }

    /** How many participants it has found a mailbox for. */
    long mapped() {
        return mapped;
    }

    private void map(@Nullable Instant unmappedSince) throws InterruptedException {
        failuresInARow = 0;
        long after = 0;
        while (!run.stopping()) {
            List<OpenItem> items = run.parts().ledger().openItems(run.fence(), run.now(), unmappedSince, after, BATCH);
            if (items.isEmpty()) {
                return;
            }
            mapBatch(items);
            if (failuresInARow >= FAILURES_IN_A_ROW) {
                return; // the directory is down; what it wasn't asked for stays due
            }
            after = items.get(items.size() - 1).item();
        }
    }

    private void mapBatch(List<OpenItem> items) throws InterruptedException {
        List<Transition> transitions = new ArrayList<>();
        List<Consumer<ArchiveListener>> events = new ArrayList<>();
        try {
            for (OpenItem item : items) {
                if (failuresInARow >= FAILURES_IN_A_ROW) {
                    break;
                }
                int before = transitions.size();
                for (int position : item.open()) {
                    transitions.add(map(item, position));
                }
                events.add(event(item, transitions.subList(before, transitions.size())));
            }
        } finally {
            run.commit(transitions); // what was decided before a failure or an interrupt is kept
        }
        mapped += transitions.stream()
                .filter(Transition.ParticipantMapped.class::isInstance)
                .count();
        events.forEach(run::tell);
    }

    private Transition map(OpenItem item, int position) throws InterruptedException {
        Envelope envelope = item.envelope();
        Participant participant = envelope.participants().get(position);
        ArchiveException failure;
        try {
            Mapping mapping = run.parts().mapper().map(participant, envelope.sentAt());
            failuresInARow = 0;
            return decided(item, position, mapping);
        } catch (IOException e) {
            failure = ArchiveException.retry("the user directory didn't answer: " + Faults.typeOf(e), e);
        } catch (ArchiveException e) {
            failure = e;
        } catch (RuntimeException e) {
            return new Transition.ParticipantHeld(item.item(), position, Faults.heldReason("the user mapper", e));
        }
        return failed(item, position, failure);
    }

    private Transition decided(OpenItem item, int position, Mapping mapping) {
        if (mapping instanceof Mapping.Mapped mapped) {
            String folder = run.parts().profile().folder();
            return new Transition.ParticipantMapped(item.item(), position, mapped.mailbox(), folder, mapped.rule());
        }
        if (mapping instanceof Mapping.Unmapped unmapped) {
            return new Transition.ParticipantUnmapped(item.item(), position, unmapped.reason());
        }
        return new Transition.ParticipantExternal(item.item(), position);
    }

    private Transition failed(OpenItem item, int position, ArchiveException failure) {
        String reason = String.valueOf(failure.getMessage());
        switch (failure.remedy()) {
            case STOP -> throw failure;
            case HOLD -> {
                return new Transition.ParticipantHeld(item.item(), position, reason);
            }
            default -> {
                failuresInARow++;
                Optional<Instant> again = run.retryAt(failuresInARow, failure);
                return new Transition.ParticipantPostponed(item.item(), position, again.orElse(run.now()), reason);
            }
        }
    }

    private Consumer<ArchiveListener> event(OpenItem item, List<Transition> decisions) {
        int mapped = 0;
        int unmapped = 0;
        int waiting = 0;
        for (Transition decision : decisions) {
            mapped += decision instanceof Transition.ParticipantMapped ? 1 : 0;
            unmapped += decision instanceof Transition.ParticipantUnmapped ? 1 : 0;
            waiting += decision instanceof Transition.ParticipantPostponed ? 1 : 0;
        }
        var event = new ArchiveListener.ItemMapped(
                run.fence().epoch(), item.envelope().key(), mapped, unmapped, waiting);
        return listener -> listener.onItemMapped(event);
    }
}
