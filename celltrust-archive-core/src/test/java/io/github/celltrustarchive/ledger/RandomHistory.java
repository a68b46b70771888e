// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A worker that does whatever a worker may do, at random. */
final class RandomHistory {
    static final String CONNECTOR = "celltrust";
    private static final String OPERATOR = "jo";
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String[] PEOPLE = {"ann", "bob", "cid", "dora"};

    private final Random random;
    private final TestClock clock;
    private final boolean collects;
    private Ledger ledger;
    private Fence fence;
    private int pages;
    private int items;

    RandomHistory(long seed, TestClock clock, Ledger ledger) {
        this(seed, clock, ledger, true);
    }

    private RandomHistory(long seed, TestClock clock, Ledger ledger, boolean collects) {
        this.random = new Random(seed);
        this.clock = clock;
        this.ledger = ledger;
        this.collects = collects;
        this.fence = begin();
    }

    /** Another worker at the same time, which maps, delivers and gives commands, and leaves collecting to this one. */
    RandomHistory beside(long seed) {
        return new RandomHistory(seed, clock, ledger, false);
    }

    private Fence begin() {
        Fence begun = ledger.open(CONNECTOR, "host", collects ? "run" : "deliver");
        if (collects) {
            ledger.lead(begun, LEASE);
        }
        return begun;
    }

    long run() {
        return fence.epoch();
    }

    /** The process died, and another one goes on with a new handle. */
    void restart(Ledger reopened) {
        ledger = reopened;
        fence = begin();
    }

    /** The run ends as it should, and the next one begins. */
    void nextRun() {
        commit(List.of(new Transition.RunFinished(random.nextBoolean(), ledger.counts(CONNECTOR, fence.epoch()))));
        fence = begin();
    }

    void step() {
        clock.advance(Duration.ofSeconds(random.nextInt(90)));
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                if (collects) {
                    ledger.lead(fence, LEASE);
                    collect();
                }
            }
            case 2, 3 -> map();
            case 4 -> command();
            default -> deliver();
        }
    }

    private void collect() {
        String pack = "pack-" + pages;
        List<Transition> all = new ArrayList<>();
        all.add(new Transition.PackStaged(Samples.pack(pack)));
        int replayed = random.nextInt(3);
        int records = random.nextInt(5);
        for (int i = 0; i < records; i++) {
            String id = "m" + items++;
            ItemKey key = Samples.key(id, "x");
            switch (random.nextInt(8)) {
                case 0 -> all.add(new Transition.ItemHeld(key, id, 1, "not JSON", Samples.in(pack, i)));
                case 1 -> all.add(new Transition.ItemExcluded(key, id, 1, "rule 3", Samples.in(pack, i)));
                default -> all.add(Samples.staged(pack, id, phones()));
            }
        }
        all.add(Samples.moved(pages == 0 ? "" : "page-" + (pages - 1), "page-" + pages, records + replayed, replayed));
        pages++;
        commit(all);
        if (random.nextInt(5) == 0) {
            ledger.swept(fence, fence.epoch());
        }
    }

    private String[] phones() {
        String[] phones = new String[random.nextInt(4)];
        for (int i = 0; i < phones.length; i++) {
            phones[i] = "+" + random.nextInt(6);
        }
        return phones;
    }

    private void map() {
        Instant now = clock.instant();
        Instant since = random.nextBoolean() ? now.minusSeconds(600) : null;
        List<Transition> all = new ArrayList<>();
        for (OpenItem item : ledger.openItems(fence, now, since, 0, 5)) {
            for (int position : item.open()) {
                all.add(decision(item.item(), position, now));
            }
        }
        commit(all);
    }

    private Transition decision(long item, int position, Instant now) {
        return switch (random.nextInt(9)) {
            case 0 -> new Transition.ParticipantExternal(item, position);
            case 1, 2 -> new Transition.ParticipantUnmapped(item, position, "reason " + random.nextInt(2));
            case 3 -> new Transition.ParticipantPostponed(item, position, now.plusSeconds(random.nextInt(200)), "down");
            case 4 -> new Transition.ParticipantHeld(item, position, "mapper failed");
            default -> Samples.mapped(item, position, PEOPLE[random.nextInt(PEOPLE.length)]);
        };
    }

    private void command() {
        Selection selection =
                random.nextBoolean() ? Selection.all() : Selection.all().andExternal();
        List<Transition> all = new ArrayList<>();
        all.add(new Transition.CommandGiven("release", OPERATOR, selection));
        for (DeliveryPlace held : ledger.heldDeliveries(fence, selection, null, 3)) {
            all.add(new Transition.DeliveryReleased(held.item(), held.mailbox(), OPERATOR));
        }
        Reopening why = random.nextBoolean() ? Reopening.RELEASE : Reopening.REMAP;
        for (ParticipantPlace place : ledger.participants(fence, why, selection, null, 3)) {
            all.add(new Transition.ParticipantReopened(place.item(), place.participant(), OPERATOR));
        }
        List<HeldItem> held = collects ? ledger.heldItems(fence, selection, 0, 3) : List.of();
        if (!held.isEmpty()) {
            String pack = "released-" + items;
            all.add(new Transition.PackStaged(Samples.pack(pack)));
            held.forEach(item -> release(item, pack, all));
        }
        commit(all);
    }

    private void release(HeldItem held, String pack, List<Transition> to) {
        String id = "m" + items++;
        switch (random.nextInt(3)) {
            case 0 -> { // parsed now, and so with a key of its own
                Transition.ItemStaged staged = Samples.staged(pack, id, phones());
                ItemIdentity identity = new ItemIdentity(id, staged.envelope().key());
                to.add(new Transition.ItemReleased(held.item(), identity, false, OPERATOR));
                to.add(staged);
            }
            case 1 -> { // still bad, for another reason, under the same key
                ItemKey key = held.identity().key();
                String sourceId = held.identity().sourceId();
                to.add(new Transition.ItemReleased(held.item(), held.identity(), false, OPERATOR));
                to.add(new Transition.ItemHeld(key, sourceId, 1, "other reason", Samples.in(pack, held.item())));
            }
            default -> { // a second reading of an item that is recorded
                Transition.ItemStaged first = Samples.staged(pack, id, phones());
                commit(List.of(new Transition.PackStaged(Samples.pack(pack + "-" + id))));
                commit(List.of(new Transition.ItemStaged(
                        first.envelope(), 1, Samples.in(pack + "-" + id, 0), Samples.in(pack + "-" + id, 100))));
                ItemIdentity identity = new ItemIdentity(id, first.envelope().key());
                to.add(new Transition.ItemReleased(held.item(), identity, true, OPERATOR));
            }
        }
    }

    private void deliver() {
        for (MailboxClaim claim : ledger.claim(fence, clock.instant(), LEASE, 2, 3)) {
            for (ClaimedDelivery due : claim.due()) {
                attempt(claim.mailboxNumber(), due);
            }
            if (random.nextInt(4) == 0) {
                commit(List.of(new Transition.MailboxPostponed(
                        claim.mailboxNumber(), clock.instant().plusSeconds(random.nextInt(300)), "throttled")));
            }
            if (random.nextInt(4) != 0) {
                ledger.release(fence, claim.mailboxNumber());
            }
        }
    }

    private void attempt(long mailbox, ClaimedDelivery due) {
        Instant later = clock.instant().plusSeconds(random.nextInt(200));
        long item = due.item();
        if (due.unknown() && random.nextBoolean()) {
            commit(List.of(
                    random.nextBoolean()
                            ? new Transition.DeliveryConcluded(item, mailbox, receipt())
                            : new Transition.DeliveryUnknown(item, mailbox, clock.instant(), later, "absent")));
            return;
        }
        commit(List.of(new Transition.DeliveryIntended(item, mailbox, due.attempts() + 1)));
        switch (random.nextInt(7)) {
            case 0 -> commit(List.of(new Transition.DeliveryPostponed(item, mailbox, later, "busy", "ref")));
            case 1 -> commit(List.of(new Transition.DeliveryUnknown(item, mailbox, null, later, "no answer")));
            case 2 -> commit(List.of(new Transition.DeliveryHeld(item, mailbox, "mailbox is gone", null)));
            case 3 -> {
                // no outcome: as if the thread had died here
            }
            default -> commit(List.of(new Transition.DeliveryConcluded(item, mailbox, receipt())));
        }
    }

    private Receipt receipt() {
        Receipt.Status[] statuses = Receipt.Status.values();
        return new Receipt(statuses[random.nextInt(statuses.length)], "uid-" + random.nextInt(1000));
    }

    private void commit(List<Transition> transitions) {
        ledger.commit(fence, transitions);
    }

    Checkpoint expectedCheckpoint() {
        return pages == 0 ? Checkpoint.START : new Checkpoint("page-" + (pages - 1));
    }
}
