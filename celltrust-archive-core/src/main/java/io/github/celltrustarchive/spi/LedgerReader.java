// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of a ledger at any time, by any thread, without a fence. */
public interface LedgerReader {

    /**
     * The numbers of a run, counted from the tables: they add up after every commit. Of a run that is over, those that it was
     * finished with.
     *
     * <p>Pending is what is open in the connector when the run ends, whichever run decides it. One that wasn't finished ends
     * where the first run began that it changed nothing beside; until then it is taken for alive and pending is what is open
     * now. Runs may overlap: what one of them decides is counted by that one, and is neither pending nor available in
     * another that ends later. So each run adds up, and no outcome is counted twice.
     *
     * @throws IllegalArgumentException if there is no such run
     */
    RunCounts counts(String connector, long run);

    /**
     * The failed rows of a run: what was held in it, each item that it found to be in nobody's mailbox, and each user who
     * couldn't be mapped once. In a stable order. The caller closes the stream.
     */
    Stream<RunFailure> failures(String connector, long run);

    /** Where all items of a connector stand, over all runs. */
    ItemTotals totals(String connector);

    /**
     * The latest run of an operation that came to its end, neither stopped nor broken off; empty if there is none. A schedule
     * asks after a restart whether it missed a run. The default knows of none, and so makes a schedule run at once.
     *
     * @param operation {@code collect}, {@code deliver} or {@code run}
     */
    default Optional<CompletedRun> lastCompleted(String connector, String operation) {
        return Optional.empty();
    }
}
