// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.SkipLimit;
import io.github.celltrustarchive.spi.ArchiveException;
import java.util.List;

/** Stops a run that would hold more records than the limit allows, before the page is recorded. */
final class SkipCheck {

    private static final int NAMED = 10;

    private final RunContext run;
    private long heldBefore;
    private long recordsBefore;

    SkipCheck(RunContext run) {
        this.run = run;
    }

    /**
     * Looks at a page that isn't recorded yet.
     *
     * @param held the locators of the records that would be held
     * @param records how many new records the page has
     * @throws ArchiveException with remedy {@code STOP} if they are too many
     */
    void check(List<String> held, int records) {
        SkipLimit limit = run.options().skipLimit();
        boolean page = limit.isExceeded(held.size(), records);
        if (page || (!held.isEmpty() && limit.isExceeded(heldBefore + held.size(), recordsBefore + records))) {
            throw ArchiveException.stop(message(limit, held, records), null);
        }
    }

    /** The page is recorded. */
    void recorded(int held, int records) {
        heldBefore += held;
        recordsBefore += records;
    }

    private String message(SkipLimit limit, List<String> held, int records) {
        String run = heldBefore == 0
                ? ""
                : " (with the pages before it " + (heldBefore + held.size()) + " of " + (recordsBefore + records) + ")";
        return held.size() + " of " + records + " new records of this page" + run
                + " can't be understood, more than the skip limit of " + limit.records() + " records and "
                + limit.percent() + " percent allows: has the input changed its shape? Nothing of the page is recorded."
                + " Mend the parser or the input, or raise the skip limit to have them held. They are at "
                + String.join(", ", held.subList(0, Math.min(NAMED, held.size())))
                + (held.size() > NAMED ? " and " + (held.size() - NAMED) + " more places" : "");
    }
}
