// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Stager;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes packs that a dead worker staged but never recorded. Packs are named by epoch, and only epochs that ended since the
 * last sweep are looked at.
 */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

    private final RunContext run;

    OrphanSweep(RunContext run) {
        this.run = run;
    }

    /** What the names of an epoch's packs start with. */
    static String prefix(String connector, long epoch) {
        return connector + "/" + String.format(Locale.ROOT, "%010d", epoch) + "/";
    }

    void sweep() throws IOException, InterruptedException {
        Ledger ledger = run.parts().ledger();
        long own = run.fence().epoch();
        long first = ledger.unsweptSince(run.connector());
        for (long epoch = first; epoch < own; epoch++) {
            sweepEpoch(ledger, run.parts().stager(), epoch);
        }
        if (first < own) {
            ledger.swept(run.fence(), own);
        }
    }

    private void sweepEpoch(Ledger ledger, Stager stager, long epoch) throws IOException, InterruptedException {
        List<StagedObject> orphans;
        try (Stream<StagedObject> staged = stager.list(prefix(run.connector(), epoch))) {
            orphans = staged.filter(o -> !ledger.packKnown(run.connector(), o.name()))
                    .toList();
        }
        for (StagedObject orphan : orphans) {
            LOG.info(
                    "sweep of {}: unrecorded pack {}: {}", run.connector(), orphan.name(), stager.delete(orphan.uri()));
        }
    }
}
