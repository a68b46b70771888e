// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunReport;
import java.time.Instant;

/**
 * Hears what happens, for progress bars, metrics and alarms.
 *
 * <p>Every event is fired after what it tells of is committed, at most once: a process that dies in between has committed
 * and not told. Calls come from the thread that did the work, several at a time. An exception is logged and changes
 * nothing; a slow listener slows its thread. Events hold no message text, name, number or address.
 */
public interface ArchiveListener {

    /** Hears nothing. */
    ArchiveListener NONE = new ArchiveListener() {};

    /** A run has begun. */
    default void onRunStarted(RunStarted event) {}

    /** A page of the source is staged and recorded. */
    default void onPageCollected(PageCollected event) {}

    /** A record is held. */
    default void onItemHeld(ItemHeld event) {}

    /** A participant has no mailbox, or has one after all, or waits: one event for all of an item. */
    default void onItemMapped(ItemMapped event) {}

    /** A message is in a mailbox. */
    default void onDelivered(Delivered event) {}

    /** A delivery waits for another try. */
    default void onDeliveryPostponed(DeliveryPostponed event) {}

    /** A delivery is held. */
    default void onDeliveryHeld(DeliveryHeld event) {}

    /** Something that an operator must look at. */
    default void onAlarm(Alarm event) {}

    /** A run has ended and its report is committed. */
    default void onRunFinished(RunFinished event) {}

    /** A run has begun. */
    record RunStarted(String connector, long run, String operation, Instant at) {}

    /**
     * A page is recorded.
     *
     * @param records how many records it held
     * @param replayed how many of them were known already
     * @param held how many were held
     */
    record PageCollected(long run, int records, int replayed, int held) {}

    /** A record is held. */
    record ItemHeld(long run, ItemKey item, String reason) {}

    /**
     * An item's participants were mapped.
     *
     * @param mapped how many have a mailbox
     * @param unmapped how many have none
     * @param waiting how many couldn't be asked for
     */
    record ItemMapped(long run, ItemKey item, int mapped, int unmapped, int waiting) {}

    /** A message is in a mailbox. */
    record Delivered(long run, DeliveryKey delivery, ItemKey item, Receipt receipt) {}

    /** A delivery waits. */
    record DeliveryPostponed(long run, DeliveryKey delivery, ItemKey item, Instant notBefore, String reason) {}

    /** A delivery is held. */
    record DeliveryHeld(long run, DeliveryKey delivery, ItemKey item, String reason) {}

    /** Something that an operator must look at. */
    record Alarm(long run, String what) {}

    /** A run has ended. */
    record RunFinished(RunReport report) {}
}
