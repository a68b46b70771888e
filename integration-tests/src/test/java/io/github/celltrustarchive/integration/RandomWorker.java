// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Transition;
import io.github.celltrustarchive.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker that does, at random and beside others, whatever a worker may do: collects, maps, delivers, dies in the middle, is
 * overtaken, gives an operator's commands, and ends its runs or leaves them broken off.
 */
final class RandomWorker {

    static final String CONNECTOR = "celltrust";
    static final Duration LEASE = Duration.ofMinutes(5);
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final int PEOPLE = 8;

    private final String name;
    private final Ledger ledger;
    private final ManualClock clock;
    private final SplittableRandom random;
    private final Map<DeliveryPlace, AtomicInteger> concluded;
    private Fence fence;
    private int items;

    /**
     * @param clock shared by all workers; each moves it on
     * @param concluded counts how often each delivery was concluded, by whomever
     */
    RandomWorker(
            String name, Ledger ledger, ManualClock clock, long seed, Map<DeliveryPlace, AtomicInteger> concluded) {
        this.name = name;
        this.ledger = ledger;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.concluded = concluded;
        this.fence = ledger.open(CONNECTOR, name, "run");
    }

    /** Several runs, one after the other; the last one is finished. */
    void work(int runs, int steps) {
        for (int run = 1; run <= runs; run++) {
            for (int step = 0; step < steps; step++) {
                clock.advance(Duration.ofSeconds(random.nextInt(40)));
                try {
                    step();
                } catch (FencedException e) {
                    // overtaken: another worker goes on with it
                }
            }
            boolean last = run == runs;
            if (last || random.nextInt(4) != 0) { // else broken off
                finish();
            }
            if (!last) {
                fence = ledger.open(CONNECTOR, name, "run");
            }
        }
    }

    private void finish() {
        commit(new Transition.RunFinished(random.nextInt(3) == 0, ledger.counts(CONNECTOR, fence.epoch())));
    }

    /** Maps and delivers everything that is open, now and later, and ends the run. */
    void drain() {
        fence = ledger.open(CONNECTOR, name, "deliver");
        for (OpenItem item : ledger.openItems(fence, clock.instant().plus(LEASE), null, 0, 10_000)) {
            for (int position : item.open()) {
                commit(mapped(item.item(), position));
            }
        }
        clock.advance(LEASE.multipliedBy(2));
        List<MailboxClaim> claims = claim(100, 1_000);
        for (MailboxClaim claim : claims) {
            for (ClaimedDelivery due : claim.due()) {
                if (!due.unknown()) {
                    commit(new Transition.DeliveryIntended(due.item(), claim.mailboxNumber(), due.attempts() + 1));
                }
                conclude(due.item(), claim.mailboxNumber());
            }
        }
        finish();
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> collect();
            case 1, 2 -> map();
            case 3 -> command();
            default -> deliver();
        }
    }

    private void collect() {
        ledger.lead(fence, LEASE);
        String from = ledger.checkpoint(CONNECTOR).value();
        String page = name + "-" + items;
        URI pack = URI.create("https://stage.invalid/" + page + ".zip");
        List<Transition> all = new ArrayList<>();
        all.add(new Transition.PackStaged(new StagedObject(page, pack, 1_000, DIGEST)));
        int records = 1 + random.nextInt(5);
        for (int i = 0; i < records; i++) {
            ContentLocation place = new ContentLocation(pack, i, 1, DIGEST);
            Envelope envelope = envelope(name + "/" + items++);
            all.add(
                    random.nextInt(8) == 0
                            ? new Transition.ItemHeld(envelope.key(), envelope.sourceId(), 1, "not JSON", place)
                            : new Transition.ItemStaged(envelope, 1, place, place));
        }
        all.add(new Transition.CheckpointMoved(new Checkpoint(from), new Checkpoint(page), records, 0));
        ledger.commit(fence, all);
        if (random.nextBoolean()) {
            ledger.unlead(fence);
        }
    }

    private Envelope envelope(String sourceId) {
        List<Participant> participants = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            participants.add(Participant.ofPhone(ParticipantRole.TO, "+" + random.nextInt(PEOPLE)));
        }
        return new Envelope(
                new ItemKey(String.format("%064x", (long) sourceId.hashCode() & 0xFFFFFFFFL)),
                sourceId,
                null,
                "subject",
                "SMS",
                Direction.INBOUND,
                null,
                clock.instant(),
                clock.instant(),
                participants,
                List.of());
    }

    private void map() {
        Instant now = clock.instant();
        Instant since = random.nextBoolean() ? now.minusSeconds(600) : null;
        for (OpenItem item : ledger.openItems(fence, now, since, 0, 6)) {
            for (int position : item.open()) {
                commit(decision(item.item(), position, now));
            }
        }
    }

    private Transition decision(long item, int position, Instant now) {
        return switch (random.nextInt(10)) {
            case 0 -> new Transition.ParticipantExternal(item, position);
            case 1 -> new Transition.ParticipantUnmapped(item, position, "reason " + random.nextInt(2));
            case 2 -> new Transition.ParticipantPostponed(item, position, now.plusSeconds(random.nextInt(60)), "down");
            case 3 -> new Transition.ParticipantHeld(item, position, "mapper failed");
            default -> mapped(item, position);
        };
    }

    private Transition mapped(long item, int position) {
        String user = "user" + random.nextInt(PEOPLE);
        return new Transition.ParticipantMapped(
                item, position, new Mailbox(user, user + "@example.com"), "Inbox", "table");
    }

    private void command() {
        Selection selection =
                random.nextBoolean() ? Selection.all() : Selection.all().andExternal();
        for (DeliveryPlace held : ledger.heldDeliveries(fence, selection, null, 3)) {
            commit(new Transition.DeliveryReleased(held.item(), held.mailbox(), "jo"));
        }
        Reopening why = random.nextBoolean() ? Reopening.RELEASE : Reopening.REMAP;
        for (ParticipantPlace place : ledger.participants(fence, why, selection, null, 2)) {
            commit(new Transition.ParticipantReopened(place.item(), place.participant(), "jo"));
        }
    }

    private List<MailboxClaim> claim(int mailboxes, int deliveries) {
        return ledger.claim(fence, clock.instant(), LEASE, mailboxes, deliveries);
    }

    private void deliver() {
        for (MailboxClaim claim : claim(2, 3)) {
            for (ClaimedDelivery due : claim.due()) {
                attempt(due, claim.mailboxNumber());
            }
            if (random.nextInt(4) != 0) { // else it has died with its claim
                ledger.release(fence, claim.mailboxNumber());
            }
        }
    }

    private void attempt(ClaimedDelivery due, long mailbox) {
        long item = due.item();
        Instant later = clock.instant().plusSeconds(random.nextInt(60));
        if (due.unknown() && random.nextBoolean()) {
            conclude(item, mailbox);
            return;
        }
        commit(new Transition.DeliveryIntended(item, mailbox, due.attempts() + 1));
        switch (random.nextInt(8)) {
            case 0 -> commit(new Transition.DeliveryPostponed(item, mailbox, later, "busy", null));
            case 1 -> commit(new Transition.DeliveryUnknown(item, mailbox, null, later, "no answer"));
            case 2 -> commit(new Transition.DeliveryHeld(item, mailbox, "mailbox is gone", null));
            case 3 -> {
                // no outcome: it has died here
            }
            default -> conclude(item, mailbox);
        }
    }

    private void conclude(long item, long mailbox) {
        Receipt.Status[] statuses = Receipt.Status.values();
        Receipt receipt = new Receipt(statuses[random.nextInt(statuses.length)], "uid");
        commit(new Transition.DeliveryConcluded(item, mailbox, receipt));
        concluded
                .computeIfAbsent(new DeliveryPlace(item, mailbox), place -> new AtomicInteger())
                .incrementAndGet();
    }

    private void commit(Transition transition) {
        ledger.commit(fence, List.of(transition));
    }
}
