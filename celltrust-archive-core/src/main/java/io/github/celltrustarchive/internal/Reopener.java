// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Re-opens participants and deliveries, a few hundred in one commit. */
final class Reopener {

    private static final int BATCH = 500;

    private final RunContext run;
    private final Ledger ledger;
    private final Selection selection;
    private final String operator;
    private final Reopened reopened;

    Reopener(RunContext run, Selection selection, String operator, Reopened reopened) {
        this.run = run;
        this.ledger = run.parts().ledger();
        this.selection = selection;
        this.operator = operator;
        this.reopened = reopened;
    }

    void participants(Reopening command) {
        @Nullable ParticipantPlace after = null;
        while (!run.stopping()) {
            List<ParticipantPlace> found = ledger.participants(run.fence(), command, selection, after, BATCH);
            if (found.isEmpty()) {
                return;
            }
            run.commit(found.stream().map(this::reopen).toList());
            reopened.participants += found.size();
            after = found.get(found.size() - 1);
        }
    }

    private Transition reopen(ParticipantPlace place) {
        return new Transition.ParticipantReopened(place.item(), place.participant(), operator);
    }

    void deliveries() {
        @Nullable DeliveryPlace after = null;
        while (!run.stopping()) {
            List<DeliveryPlace> found = ledger.heldDeliveries(run.fence(), selection, after, BATCH);
            if (found.isEmpty()) {
                return;
            }
            run.commit(found.stream().map(this::release).toList());
            reopened.deliveries += found.size();
            after = found.get(found.size() - 1);
        }
    }

    private Transition release(DeliveryPlace place) {
        return new Transition.DeliveryReleased(place.item(), place.mailbox(), operator);
    }
}
