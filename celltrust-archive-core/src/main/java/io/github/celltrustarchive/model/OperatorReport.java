// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import java.util.Objects;

/**
 * What an operator's command did. The command is a run of its own in the ledger, so it has a status log like any other.
 *
 * @param run the run, whose operation is {@code release} or {@code remap}. Its pending count is what the next delivery finds
 * @param operator who gave the command
 * @param items how many held items were parsed and converted again and are staged now
 * @param duplicates how many held items turned out to be recorded already under the key that they have now
 * @param itemsExcluded how many held items are excluded by a rule now
 * @param itemsStillHeld how many held items still can't be parsed or converted
 * @param participants how many participants were re-opened
 * @param mapped how many participants have a mailbox since; counted by {@code remap} only
 * @param deliveries how many deliveries were re-opened
 */
public record OperatorReport(
        RunReport run,
        String operator,
        long items,
        long duplicates,
        long itemsExcluded,
        long itemsStillHeld,
        long participants,
        long mapped,
        long deliveries) {

    public OperatorReport {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(operator, "operator");
    }

    /** Shows the numbers, without the operator. */
    @Override
    public String toString() {
        return "OperatorReport[" + run.operation() + ", run " + run.run() + " of " + run.connector() + ": items "
                + items
                + ", duplicates " + duplicates + ", itemsExcluded " + itemsExcluded + ", itemsStillHeld "
                + itemsStillHeld + ", participants " + participants + ", mapped " + mapped + ", deliveries "
                + deliveries
                + "]";
    }
}
