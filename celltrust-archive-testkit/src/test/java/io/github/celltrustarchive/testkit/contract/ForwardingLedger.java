// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another ledger; subclasses break it. */
class ForwardingLedger implements Ledger {

    final Ledger inner;

    ForwardingLedger(Ledger inner) {
        this.inner = inner;
    }

    @Override
    public Fence open(String connector, String worker, String operation) {
        return inner.open(connector, worker, operation);
    }

    @Override
    public void lead(Fence fence, Duration lease) {
        inner.lead(fence, lease);
    }

    @Override
    public void unlead(Fence fence) {
        inner.unlead(fence);
    }

    @Override
    public Checkpoint checkpoint(String connector) {
        return inner.checkpoint(connector);
    }

    @Override
    public List<Sighting> sightings(String connector, List<ItemIdentity> items) {
        return inner.sightings(connector, items);
    }

    @Override
    public void commit(Fence fence, List<Transition> transitions) {
        inner.commit(fence, transitions);
    }

    @Override
    public List<OpenItem> openItems(
            Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
        return inner.openItems(fence, now, unmappedSince, afterItem, max);
    }

    @Override
    public List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max) {
        return inner.heldItems(fence, selection, afterItem, max);
    }

    @Override
    public List<ParticipantPlace> participants(
            Fence fence, Reopening command, Selection selection, @Nullable ParticipantPlace after, int max) {
        return inner.participants(fence, command, selection, after, max);
    }

    @Override
    public List<DeliveryPlace> heldDeliveries(
            Fence fence, Selection selection, @Nullable DeliveryPlace after, int max) {
        return inner.heldDeliveries(fence, selection, after, max);
    }

    @Override
    public List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
        return inner.claim(fence, now, lease, maxMailboxes, maxPerMailbox);
    }

    @Override
    public void release(Fence fence, long mailboxNumber) {
        inner.release(fence, mailboxNumber);
    }

    @Override
    public Optional<Instant> nextDue(String connector) {
        return inner.nextDue(connector);
    }

    @Override
    public long unsweptSince(String connector) {
        return inner.unsweptSince(connector);
    }

    @Override
    public boolean packKnown(String connector, String packName) {
        return inner.packKnown(connector, packName);
    }

    @Override
    public void swept(Fence fence, long belowEpoch) {
        inner.swept(fence, belowEpoch);
    }

    @Override
    public RunCounts counts(String connector, long run) {
        return inner.counts(connector, run);
    }

    @Override
    public Stream<RunFailure> failures(String connector, long run) {
        return inner.failures(connector, run);
    }

    @Override
    public ItemTotals totals(String connector) {
        return inner.totals(connector);
    }

    @Override
    public Optional<CompletedRun> lastCompleted(String connector, String operation) {
        return inner.lastCompleted(connector, operation);
    }

    @Override
    public void close() {
        inner.close();
    }
}
