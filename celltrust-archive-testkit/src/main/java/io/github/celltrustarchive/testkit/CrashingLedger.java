// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import io.github.celltrustarchive.model.Check;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A ledger whose process may die before and after each change. */
public final class CrashingLedger implements Ledger {

    private final Ledger ledger;
    private final CrashPoint crashPoint;

    /** Wraps a ledger. */
    public CrashingLedger(Ledger ledger, CrashPoint crashPoint) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.crashPoint = Objects.requireNonNull(crashPoint, "crashPoint");
    }

    private <T> T change(String what, Supplier<T> change) {
        crashPoint.pass("before " + what);
        T result = change.get();
        crashPoint.pass("after " + what);
        return result;
    }

    private void change(String what, Runnable change) {
        crashPoint.pass("before " + what);
        change.run();
        crashPoint.pass("after " + what);
    }

    private Ledger alive() {
        crashPoint.requireAlive();
        return ledger;
    }

    @Override
    public Fence open(String connector, String worker, String operation) {
        return change("open", () -> ledger.open(connector, worker, operation));
    }

    @Override
    public void lead(Fence fence, Duration lease) {
        change("lead", () -> ledger.lead(fence, lease));
    }

    @Override
    public void unlead(Fence fence) {
        change("unlead", () -> ledger.unlead(fence));
    }

    @Override
    public void commit(Fence fence, List<Transition> transitions) {
        change("commit", () -> ledger.commit(fence, transitions));
    }

    @Override
    public List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
        return change("claim", () -> ledger.claim(fence, now, lease, maxMailboxes, maxPerMailbox));
    }

    @Override
    public void release(Fence fence, long mailboxNumber) {
        change("release", () -> ledger.release(fence, mailboxNumber));
    }

    @Override
    public void swept(Fence fence, long belowEpoch) {
        change("swept", () -> ledger.swept(fence, belowEpoch));
    }

    @Override
    public Checkpoint checkpoint(String connector) {
        return alive().checkpoint(connector);
    }

    @Override
    public List<Sighting> sightings(String connector, List<ItemIdentity> items) {
        return alive().sightings(connector, items);
    }

    @Override
    public List<OpenItem> openItems(
            Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
        return alive().openItems(fence, now, unmappedSince, afterItem, max);
    }

    @Override
    public List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max) {
        return alive().heldItems(fence, selection, afterItem, max);
    }

    @Override
    public List<ParticipantPlace> participants(
            Fence fence, Reopening command, Selection selection, @Nullable ParticipantPlace after, int max) {
        return alive().participants(fence, command, selection, after, max);
    }

    @Override
    public List<DeliveryPlace> heldDeliveries(
            Fence fence, Selection selection, @Nullable DeliveryPlace after, int max) {
        return alive().heldDeliveries(fence, selection, after, max);
    }

    @Override
    public Optional<Instant> nextDue(String connector) {
        return alive().nextDue(connector);
    }

    @Override
    public long unsweptSince(String connector) {
        return alive().unsweptSince(connector);
    }

    @Override
    public boolean packKnown(String connector, String packName) {
        return alive().packKnown(connector, packName);
    }

    @Override
    public RunCounts counts(String connector, long run) {
        return alive().counts(connector, run);
    }

    @Override
    public Stream<RunFailure> failures(String connector, long run) {
        return alive().failures(connector, run);
    }

    @Override
    public ItemTotals totals(String connector) {
        return alive().totals(connector);
    }

    @Override
    public Optional<CompletedRun> lastCompleted(String connector, String operation) {
        return alive().lastCompleted(connector, operation);
    }

    @Override
    public List<Check> preflight() {
        return alive().preflight();
    }

    /** Does nothing after the crash; the test closes the ledger itself, as the end of a process would. */
    @Override
    public void close() {
        if (!crashPoint.crashed()) {
            ledger.close();
        }
    }
}
