// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must come out of {@link SampleDays} if their {@link SampleDays#userTable()} is asked first and addresses in
 * {@link SampleData#OWNED_DOMAINS} second. Counted while the days are made up, without any code of the library.
 *
 * @param records records given by the source: {@code items + replays + held}
 * @param items different items to be archived, each in all its mailboxes; revisions included
 * @param replays records that mean the same as an earlier one
 * @param revisions items that have the id of an earlier one and say something else
 * @param held records that can't be parsed
 * @param unmappedItems items with a participant who ought to have a mailbox and has none
 * @param unmappedUsers how many such people there are
 * @param deliveries how many items each mailbox gets, by its address, sorted
 */
public record SampleDaysExpectation(
        long records,
        long items,
        long replays,
        long revisions,
        long held,
        long unmappedItems,
        long unmappedUsers,
        SortedMap<String, Long> deliveries) {

    public SampleDaysExpectation {
        deliveries = Collections.unmodifiableSortedMap(new TreeMap<>(deliveries));
    }

    /** Messages in all mailboxes together. */
    public long allDeliveries() {
        return deliveries.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Where all items of the connector must stand after a run over all of it. */
    public ItemTotals totals() {
        return new ItemTotals(items + held, items - unmappedItems, 0, held, unmappedItems, 0);
    }

    /** The numbers of one run over all of it. */
    public RunCounts counts() {
        long failed = held + unmappedUsers;
        return new RunCounts(records, allDeliveries() + replays + failed, allDeliveries(), 0, replays, failed, 0);
    }
}
