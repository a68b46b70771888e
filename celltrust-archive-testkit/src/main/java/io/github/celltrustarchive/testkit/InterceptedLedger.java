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

/** Hands every call to a ledger, through one place for those that change something and one for those that ask. */
abstract class InterceptedLedger implements Ledger {

    private final Ledger ledger;

    InterceptedLedger(Ledger ledger) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    final Ledger ledger() {
        return ledger;
    }

    /** Around a call that changes something. */
    abstract <T extends @Nullable Object> T change(String method, Supplier<T> call);

    /** Around a call that changes nothing. */
    abstract <T extends @Nullable Object> T ask(String method, Supplier<T> call);

    private void change(String method, Runnable call) {
        change(method, () -> {
            call.run();
            return null;
        });
    }

    @Override
    public Fence open(String connector, String worker, String operation) {
        return change("open", () -> ledger().open(connector, worker, operation));
    }

    @Override
    public void lead(Fence fence, Duration lease) {
        change("lead", () -> ledger().lead(fence, lease));
    }

    @Override
    public void unlead(Fence fence) {
        change("unlead", () -> ledger().unlead(fence));
    }

    @Override
    public void commit(Fence fence, List<Transition> transitions) {
        change("commit", () -> ledger().commit(fence, transitions));
    }

    @Override
    public List<MailboxClaim> claim(Fence fence, Instant now, Duration lease, int maxMailboxes, int maxPerMailbox) {
        return change("claim", () -> ledger().claim(fence, now, lease, maxMailboxes, maxPerMailbox));
    }

    @Override
    public void release(Fence fence, long mailboxNumber) {
        change("release", () -> ledger().release(fence, mailboxNumber));
    }

    @Override
    public void swept(Fence fence, long belowEpoch) {
        change("swept", () -> ledger().swept(fence, belowEpoch));
    }

    @Override
    public Checkpoint checkpoint(String connector) {
        return ask("checkpoint", () -> ledger().checkpoint(connector));
    }

    @Override
    public List<Sighting> sightings(String connector, List<ItemIdentity> items) {
        return ask("sightings", () -> ledger().sightings(connector, items));
    }

    @Override
    public List<OpenItem> openItems(
            Fence fence, Instant now, @Nullable Instant unmappedSince, long afterItem, int max) {
        return ask("openItems", () -> ledger().openItems(fence, now, unmappedSince, afterItem, max));
    }

    @Override
    public List<HeldItem> heldItems(Fence fence, Selection selection, long afterItem, int max) {
        return ask("heldItems", () -> ledger().heldItems(fence, selection, afterItem, max));
    }

    @Override
    public List<ParticipantPlace> participants(
            Fence fence, Reopening command, Selection selection, @Nullable ParticipantPlace after, int max) {
        return ask("participants", () -> ledger().participants(fence, command, selection, after, max));
    }

    @Override
    public List<DeliveryPlace> heldDeliveries(
            Fence fence, Selection selection, @Nullable DeliveryPlace after, int max) {
        return ask("heldDeliveries", () -> ledger().heldDeliveries(fence, selection, after, max));
    }

    @Override
    public Optional<Instant> nextDue(String connector) {
        return ask("nextDue", () -> ledger().nextDue(connector));
    }

    @Override
    public long unsweptSince(String connector) {
        return ask("unsweptSince", () -> ledger().unsweptSince(connector));
    }

    @Override
    public boolean packKnown(String connector, String packName) {
        return ask("packKnown", () -> ledger().packKnown(connector, packName));
    }

    @Override
    public RunCounts counts(String connector, long run) {
        return ask("counts", () -> ledger().counts(connector, run));
    }

    @Override
    public Stream<RunFailure> failures(String connector, long run) {
        return ask("failures", () -> ledger().failures(connector, run));
    }

    @Override
    public ItemTotals totals(String connector) {
        return ask("totals", () -> ledger().totals(connector));
    }

    @Override
    public Optional<CompletedRun> lastCompleted(String connector, String operation) {
        return ask("lastCompleted", () -> ledger().lastCompleted(connector, operation));
    }

    @Override
    public List<Check> preflight() {
        return ask("preflight", () -> ledger().preflight());
    }
}
