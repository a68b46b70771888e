// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.RunReport;

/** Counts what an operator's command did, as far as it is committed. */
final class Reopened {

    long items;
    long duplicates;
    long itemsExcluded;
    long itemsStillHeld;
    long participants;
    long mapped;
    long deliveries;

    OperatorReport report(RunReport run, String operator) {
        return new OperatorReport(
                run, operator, items, duplicates, itemsExcluded, itemsStillHeld, participants, mapped, deliveries);
    }
}
