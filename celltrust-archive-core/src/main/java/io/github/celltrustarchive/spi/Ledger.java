// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.spi;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of truth: what was seen, where it lies, who gets it, and what became of it.
 *
 * <p><b>Atomic and durable.</b> {@link #commit} applies all transitions or none, and returns only when they survive a
 * power failure. Each change of state has its row in an append-only, hash-chained audit trail, written in the same
 * transaction.
 *
 * <p><b>Failures.</b> A ledger that can't commit throws {@link ArchiveException} with remedy {@code STOP}; after that the
 * handle is dead and every further call throws the same, even if the cause is gone, so that no side effect follows. It is
 * closed and a new one opened. A closed ledger refuses every call but {@link #close} in the same way. A refused commit
 * ({@link FencedException}, {@link IllegalStateException}) is no such failure: the ledger goes on.
 *
 * <p><b>Threading.</b> May be called by several threads at once. Calls of {@code commit} that wait at the same time may
 * share one transaction of the database; each still takes effect wholly or not at all.
 */
public interface Ledger extends LedgerReader, AutoCloseable {

    /**
     * Begins a run: records it, takes the next epoch and starts its audit chain, anchored to the previous one. The epoch is
     * one higher than that of the connector's latest run, and 1 for its first.
     *
     * @param connector the connector's name, recorded if it is new
     * @param worker who works, for people to read
     * @param operation {@code collect}, {@code deliver}, {@code run}, {@code release} or {@code remap}
     */
    Fence open(String connector, String worker, String operation);

    /**
     * Takes or renews the collect lease: there is one live collector per connector. The lease is free again when it is given
     * back, when its time is over by the ledger's clock, or when its run is finished.
     *
     * @param lease how long it lasts from now, unless it is renewed
     * @throws FencedException naming the holder (its worker), if another run has it, or if the run of this fence is over
     */
    void lead(Fence fence, Duration lease);

    /** Gives the collect lease back; of no effect unless this fence has it. */
    void unlead(Fence fence);

    /** How far the source has been read; {@link Checkpoint#START} at first. */
    Checkpoint checkpoint(String connector);

    /** Which of these items are recorded already; one answer each, in order. Items of the list don't know of each other. */
    List<Sighting> sightings(String connector, List<ItemIdentity> items);

    /**
     * Applies transitions in order, all or none.
     *
     * @throws FencedException if one needs a lease or claim that the fence doesn't have (any more)
     * @throws IllegalStateException if one isn't allowed from the present state, or names what isn't recorded: a bug of the
     *     caller
     */
    void commit(Fence fence, List<Transition> transitions);

    /**
     * Items with open participants, in the order in which they were recorded, each with its open positions only.
     *
     * @param now pending participants are due if their not-before time isn't after this
     * @param unmappedSince also unmapped participants of items recorded at or after this; null for none of them
     * @param afterItem only items with a higher number; 0 for all
     * @param max at most this many
     */
    List<OpenItem> openItems(Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max);

    /**
     * Items that are held and match, in the order in which they were recorded; none that was held by this very run.
     *
     * @param afterItem only items with a higher number; 0 for all
     * @param max at most this many
     */
    List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max);

    /**
     * Participants without a mailbox that match, in the order of their items.
     *
     * @param command which of them: those that a release, or those that a remap is about
     * @param after only those after this one; null for all
     * @param max at most this many
     */
    List<ParticipantPlace> participants(
            Fence fence, Reopening command, Selection selection, @Nullable ParticipantPlace after, int max);

    /**
     * Deliveries that are held and match, in the order of their items.
     *
     * @param after only those after this one; null for all
     * @param max at most this many
     */
    List<DeliveryPlace> heldDeliveries(Fence fence, Selection selection, @Nullable DeliveryPlace after, int max);

    /**
     * Claims mailboxes that have deliveries due, the one longest unserved first. Deliveries that a dead worker had begun
     * become unknown, with their audit rows, before they are handed out. A claimed mailbox is not handed out again until it
     * is released or its lease is over.
     *
     * @param now what is due is due at this time
     * @param lease how long the claims last from {@code now}; a commit that needs a claim renews it for as long again
     * @throws FencedException if the run of this fence is over
     */
    List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox);

    /** Gives a claim back; of no effect unless this fence has it. */
    void release(Fence fence, long mailboxNumber);

    /**
     * When the next pending participant or open delivery of the connector that isn't claimed becomes due; at or before now
     * if there is one already, empty if there is none at all.
     */
    Optional<Instant> nextDue(String connector);

    /**
     * The first epoch whose packs may include orphans: packs that a dead worker staged but didn't record. Packs are named by
     * epoch, so that a sweep's cost doesn't grow with the archive. 1 at first; never goes back.
     */
    long unsweptSince(String connector);

    /** Whether a pack is recorded. */
    boolean packKnown(String connector, String packName);

    /**
     * All packs of epochs below this one have been swept; of no effect if that is known already. Needs the collect lease.
     *
     * @throws FencedException if this fence doesn't have the collect lease
     */
    void swept(Fence fence, long belowEpoch);

    /**
     * Looks, before a run, whether the ledger can be used: its version, its disk or server, its clock. Changes nothing.
     *
     * @return one entry for each thing looked at, passed ones included; empty by default
     */
    default List<Check> preflight() {
        return List.of();
    }

    /** Closes the database and frees its lock. A second call does nothing. */
    @Override
    void close();
}
