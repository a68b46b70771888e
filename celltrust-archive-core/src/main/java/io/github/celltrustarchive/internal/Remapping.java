// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.Reopening;

/** Asks again for participants without a mailbox. Who isn't answered for now is pending, and asked for by the next run. */
final class Remapping {

    private final RunContext run;
    private final Reopener reopener;
    private final Reopened reopened;

    Remapping(RunContext run, Selection selection, String operator, Reopened reopened) {
        this.run = run;
        this.reopener = new Reopener(run, selection, operator, reopened);
        this.reopened = reopened;
    }

    void run() throws InterruptedException {
        reopener.participants(Reopening.REMAP);
        MappingLoop mapping = new MappingLoop(run);
        try {
            mapping.mapDue();
        } finally {
            reopened.mapped = mapping.mapped();
        }
    }
}
