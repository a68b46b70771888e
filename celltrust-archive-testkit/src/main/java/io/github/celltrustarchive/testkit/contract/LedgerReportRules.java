// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static io.github.celltrustarchive.testkit.contract.LedgerValues.CONNECTOR;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.TEXT;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.concluded;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.deliveryHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.envelope;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.external;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.imported;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.in;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.intended;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.itemExcluded;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.itemHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.key;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.mapped;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.moved;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.packStaged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.participantHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.staged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.unmapped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
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
import org.junit.jupiter.api.Test;

/** The rules of {@link LedgerContract} about runs that are over, their numbers, and what waits for an operator. */
abstract class LedgerReportRules extends LedgerDeliveryRules {

    LedgerReportRules() {}

    @Test
    @Rule("ledger.27")
    final void ledger27_countsAddUpAtEveryMomentAndTheNextRunTakesOverWhatIsPending() {
        commit(
                packStaged("p1"),
                staged("p1", "m1", "+1", "+2", "+3"),
                staged("p1", "m2", "+1", "+9"),
                staged("p1", "m3", "+9", "+5", "+7"),
                itemHeld("p1", "line-4", "not JSON"),
                moved("", "page-1", 6, 2));
        assertEquals(new RunCounts(6, 11, 0, 0, 2, 1, 8), addingUp(fence));
        List<Long> items = openItems().stream().map(OpenItem::item).toList();
        commit(mapped(items.get(0), 0, "ann"), mapped(items.get(0), 1, "bob"), mapped(items.get(0), 2, "cid"));
        commit(mapped(items.get(1), 0, "ann"), unmapped(items.get(1), 1));
        commit(unmapped(items.get(2), 0), participantHeld(items.get(2), 1), external(items.get(2), 2));
        assertEquals(new RunCounts(6, 9, 0, 0, 2, 3, 4), addingUp(fence));
        deliver(items.get(0), "ann", Receipt.Status.IMPORTED);
        deliver(items.get(0), "bob", Receipt.Status.DUPLICATE);
        deliver(items.get(0), "cid", Receipt.Status.PARTIALLY_IMPORTED);
        assertEquals(new RunCounts(6, 9, 1, 1, 3, 3, 1), addingUp(fence));

        Fence first = fence;
        fence = secondRun();
        assertEquals(new RunCounts(0, 1, 0, 0, 0, 0, 1), addingUp(fence));
        long ann = numberOf("ann");
        commit(intended(items.get(1), ann, 1), deliveryHeld(items.get(1), ann, "full", null));
        assertEquals(new RunCounts(0, 1, 0, 0, 0, 1, 0), addingUp(fence));
        assertEquals(new RunCounts(6, 9, 1, 1, 3, 3, 1), addingUp(first));
        assertThrows(IllegalArgumentException.class, () -> ledger.counts(CONNECTOR, 99));
    }

    @Test
    @Rule("ledger.45")
    final void ledger45_runsAtTheSameTimeAddUpAndEachOutcomeIsCountedByTheRunThatDecidedIt() {
        long ann = plan("m1", "ann");
        long bob = plan("m2", "bob");
        long cid = plan("m3", "cid");
        Fence second = secondRun();
        assertEquals(new RunCounts(0, 3, 0, 0, 0, 0, 3), addingUp(fence));
        assertEquals(new RunCounts(0, 3, 0, 0, 0, 0, 3), addingUp(second));
        deliver(ann, "ann", Receipt.Status.IMPORTED);
        assertEquals(new RunCounts(0, 3, 1, 0, 0, 0, 2), addingUp(fence));
        assertEquals(new RunCounts(0, 2, 0, 0, 0, 0, 2), addingUp(second));

        long dora = plan("m4", "dora");
        Fence first = fence;
        fence = second;
        deliver(bob, "bob", Receipt.Status.IMPORTED);
        deliver(dora, "dora", Receipt.Status.IMPORTED);
        assertEquals(new RunCounts(0, 3, 2, 0, 0, 0, 1), addingUp(second));
        fence = first;
        RunCounts last = addingUp(first);
        commit(new Transition.RunFinished(false, last));
        fence = second;
        deliver(cid, "cid", Receipt.Status.IMPORTED);
        assertEquals(new RunCounts(0, 2, 1, 0, 0, 0, 1), addingUp(first));
        assertEquals(new RunCounts(0, 3, 3, 0, 0, 0, 0), addingUp(second));
        assertEquals(RunCounts.NONE, addingUp(secondRun()));
    }

    private RunCounts addingUp(Fence run) {
        RunCounts counts = ledger.counts(CONNECTOR, run.epoch());
        assertTrue(counts.addsUp(), counts.toString());
        return counts;
    }

    /** Claims everything and keeps the claim on this mailbox. */
    private long numberOf(String mailbox) {
        long number = -1;
        for (var claim : claim(fence)) {
            if (claim.mailbox().id().equals("id-" + mailbox)) {
                number = claim.mailboxNumber();
            } else {
                ledger.release(fence, claim.mailboxNumber());
            }
        }
        return number;
    }

    private void deliver(long item, String mailbox, Receipt.Status status) {
        long number = numberOf(mailbox);
        commit(intended(item, number, 1), concluded(item, number, status));
        ledger.release(fence, number);
    }

    @Test
    @Rule("ledger.28")
    final void ledger28_failuresAreWhatWasHeldInTheRunAndEachUnmappedUserOnce() {
        commit(packStaged("p1"), itemHeld("p1", "line-1", "not JSON"), staged("p1", "m0"));
        long held = stage("m1", "+5", "+1");
        long unmappedHere = stage("m2", "+9", "+1");
        long unmappedThere = stage("m3", "+8", "+9");
        long nobodys = stage("m4", "+7");
        commit(participantHeld(held, 0), mapped(held, 1, "ann"));
        commit(unmapped(unmappedHere, 0), unmapped(unmappedThere, 1), external(nobodys, 0));
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(held, ann, 1), deliveryHeld(held, ann, "full", null));
        Fence second = secondRun();
        ledger.commit(second, List.of(unmapped(unmappedThere, 0), external(unmappedHere, 1)));

        List<RunFailure> failures = failures(fence);
        assertEquals(failures, failures(fence));
        assertEquals(6, failures.size());
        assertTrue(failures.contains(new RunFailure("line-1", "", "", "not JSON")));
        assertTrue(failures.contains(new RunFailure("m1", "+5", "", "the directory refuses")));
        assertTrue(failures.contains(new RunFailure("m1", "+1", "ann@bank.example", "full")));
        assertEquals(List.of("+9"), usersOf(failures, "no such number"));
        assertEquals(1, failures.stream().filter(f -> f.itemId().equals("m0")).count());
        assertEquals(1, failures.stream().filter(f -> f.itemId().equals("m4")).count());
        assertEquals(List.of(new RunFailure("m3", "+8", "", "no such number")), failures(second));
    }

    private static List<String> usersOf(List<RunFailure> failures, String reason) {
        return failures.stream()
                .filter(failure -> failure.reason().equals(reason))
                .map(RunFailure::sourceUserId)
                .toList();
    }

    private List<RunFailure> failures(Fence run) {
        try (Stream<RunFailure> failures = ledger.failures(CONNECTOR, run.epoch())) {
            return failures.toList();
        }
    }

    @Test
    @Rule("ledger.29")
    final void ledger29_totalsCountEveryItemOnceByTheWorstThatIsTrueOfIt() {
        assertEquals(new ItemTotals(0, 0, 0, 0, 0, 0), ledger.totals(CONNECTOR));
        commit(packStaged("p1"), itemHeld("p1", "line-1", "not JSON"), itemExcluded("p1", "x1"));
        commit(staged("p1", envelope("line-1", "other", "+1"), 2));
        commit(external(openItems().get(0).item(), 0));
        long done = plan("m1", "ann");
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(done, ann, 1), imported(done, ann));
        long held = plan("m2", "ann");
        commit(deliveryHeld(held, ann, "full", null));
        stage("m3", "+1");
        plan("m4", "bob");
        commit(unmapped(stage("m5", "+1", "+2"), 0));
        long both = stage("m6", "+1", "+2");
        commit(unmapped(both, 0), participantHeld(both, 1));

        assertEquals(new ItemTotals(9, 2, 2, 3, 1, 1), ledger.totals(CONNECTOR));
        assertEquals(new ItemTotals(0, 0, 0, 0, 0, 0), ledger.totals("another"));
    }

    @Test
    @Rule("ledger.30")
    final void ledger30_aRunThatIsOverKeepsItsNumbersAndNothingElse() {
        plan("m1", "ann");
        claimOne(fence);
        Fence second = secondRun();
        RunCounts counts = new RunCounts(6, 7, 1, 0, 2, 3, 1);
        commit(new Transition.RunFinished(false, counts));

        assertEquals(counts, ledger.counts(CONNECTOR, fence.epoch()));
        ledger.lead(second, LEASE);
        claimOne(second);
        assertThrows(FencedException.class, () -> commit(new Transition.AlarmRaised("late")));
        assertThrows(FencedException.class, () -> commit(new Transition.RunFinished(false, counts)));
        assertThrows(FencedException.class, () -> ledger.lead(fence, LEASE));
        assertThrows(FencedException.class, () -> claim(fence));
    }

    @Test
    @Rule("ledger.31")
    final void ledger31_theLastCompletedRunIsNeitherStoppedNorBrokenOff() {
        assertEquals(Optional.empty(), ledger.lastCompleted(CONNECTOR, "run"));
        Instant started = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        Instant completed = clock.instant();
        commit(new Transition.RunFinished(false, RunCounts.NONE));
        Optional<CompletedRun> last = ledger.lastCompleted(CONNECTOR, "run");
        Capability.require(last.isPresent(), "ledger.31", "lastCompleted() knows of no run");
        CompletedRun first = new CompletedRun(fence.epoch(), "run", started, completed);
        assertEquals(Optional.of(first), last);

        ledger.commit(secondRun(), List.of(new Transition.RunFinished(true, RunCounts.NONE)));
        secondRun();
        Fence collect = ledger.open(CONNECTOR, "worker-1", "collect");
        ledger.commit(collect, List.of(new Transition.RunFinished(false, RunCounts.NONE)));
        assertEquals(Optional.of(first), ledger.lastCompleted(CONNECTOR, "run"));
        assertEquals(Optional.empty(), ledger.lastCompleted(CONNECTOR, "deliver"));
        assertEquals(Optional.empty(), ledger.lastCompleted("another", "run"));
    }

    @Test
    @Rule("ledger.32")
    final void ledger32_packsAreKnownAndWhatWasSweptStaysSwept() {
        assertEquals(1, ledger.unsweptSince(CONNECTOR));
        assertFalse(ledger.packKnown(CONNECTOR, "p1"));
        commit(packStaged("p1"));
        assertTrue(ledger.packKnown(CONNECTOR, "p1"));
        assertFalse(ledger.packKnown(CONNECTOR, "p"));
        assertFalse(ledger.packKnown("another", "p1"));

        ledger.swept(fence, 4);
        assertEquals(4, ledger.unsweptSince(CONNECTOR));
        ledger.swept(fence, 2);
        assertEquals(4, ledger.unsweptSince(CONNECTOR));
        assertEquals(1, ledger.unsweptSince("another"));
    }

    @Test
    @Rule("ledger.33")
    final void ledger33_heldItemsOfEarlierRunsAreFoundBySelectionPageByPage() {
        commit(packStaged("p1"), itemHeld("p1", "line-2", "not JSON"), itemHeld("p1", "line-1", "100% full_"));
        Instant later = clock.instant().plusSeconds(60);
        clock.set(later);
        commit(itemHeld("p1", "line-3", "not JSON"));
        assertEquals(List.of(), ledger.heldItems(fence, Selection.all(), 0, 10));
        ledger.unlead(fence);
        fence = secondRun();
        ledger.lead(fence, LEASE);
        commit(itemHeld("p1", "line-4", "not JSON"));

        List<HeldItem> page = ledger.heldItems(fence, Selection.all(), 0, 2);
        assertEquals(List.of("line-2", "line-1"), held(page));
        ItemIdentity identity = new ItemIdentity("line-2", key("line-2", TEXT));
        assertEquals(new HeldItem(page.get(0).item(), identity, "not JSON", in("p1", 7)), page.get(0));
        assertEquals(
                List.of("line-3"),
                held(ledger.heldItems(fence, Selection.all(), page.get(1).item(), 2)));
        assertEquals(List.of("line-1"), selected(Selection.all().sourceId("line-1")));
        assertEquals(List.of("line-2"), selected(Selection.all().item(key("line-2", TEXT))));
        assertEquals(List.of("line-2", "line-3"), selected(Selection.all().reason("json")));
        assertEquals(List.of("line-1"), selected(Selection.all().reason("0% FULL_")));
        assertEquals(List.of(), selected(Selection.all().reason("1%full")));
        assertEquals(List.of("line-3"), selected(Selection.all().recordedFrom(later)));
        assertEquals(List.of("line-2", "line-1"), selected(Selection.all().recordedBefore(later)));
    }

    private List<String> selected(Selection selection) {
        return held(ledger.heldItems(fence, selection, 0, 10));
    }

    private static List<String> held(List<HeldItem> items) {
        return items.stream().map(item -> item.identity().sourceId()).toList();
    }

    @Test
    @Rule("ledger.34")
    final void ledger34_releasedItemGivesPlaceToTheOneThatStandsForIt() {
        commit(
                packStaged("p1"),
                itemHeld("p1", "m1", "no such kind"),
                itemHeld("p1", "line-2", "not JSON"),
                itemHeld("p1", "line-3", "not JSON"));
        ledger.unlead(fence);
        fence = secondRun();
        ledger.lead(fence, LEASE);
        List<Long> held = ledger.heldItems(fence, Selection.all(), 0, 10).stream()
                .map(HeldItem::item)
                .toList();
        Transition.ItemStaged sameKey = staged("p1", "m1", "+1");
        Transition.ItemStaged otherKey = staged("p1", "m2", "+1");

        assertThrows(IllegalStateException.class, () -> commit(released(held.get(1), "m2")));
        commit(released(held.get(0), "m1"), sameKey);
        commit(released(held.get(1), "m2"), otherKey);
        commit(released(held.get(2), "m2"));

        assertEquals(List.of(), ledger.heldItems(secondRun(), Selection.all(), 0, 10));
        assertEquals(new ItemTotals(2, 0, 2, 0, 0, 0), ledger.totals(CONNECTOR));
        assertEquals(List.of("m1", "m2"), sourceIds(openItems()));
        assertEquals(
                List.of(new Sighting(true, 1)),
                ledger.sightings(CONNECTOR, List.of(new ItemIdentity("m1", key("m1", TEXT)))));
        assertThrows(IllegalStateException.class, () -> commit(released(held.get(2), "m2")));
    }

    private static Transition.ItemReleased released(long item, String to) {
        return new Transition.ItemReleased(item, new ItemIdentity(to, key(to, TEXT)), false, "jo");
    }

    @Test
    @Rule("ledger.35")
    final void ledger35_participantsWithoutAMailboxAreFoundByCommandAndSelectionPageByPage() {
        long first = stage("m1", "+1", "+2", "+3", "+4", "+5");
        commit(mapped(first, 0, "ann"), participantHeld(first, 1), unmapped(first, 2), external(first, 3));
        Instant later = clock.instant().plusSeconds(60);
        clock.set(later);
        long second = stage("m2", "+1", "+2");
        commit(unmapped(second, 0), participantHeld(second, 1));
        ParticipantPlace held = new ParticipantPlace(first, 1);

        assertEquals(List.of(held, new ParticipantPlace(second, 1)), participants(Reopening.RELEASE, Selection.all()));
        List<ParticipantPlace> unmapped = List.of(new ParticipantPlace(first, 2), new ParticipantPlace(second, 0));
        assertEquals(unmapped, participants(Reopening.REMAP, Selection.all()));
        assertEquals(
                List.of(unmapped.get(0), new ParticipantPlace(first, 3), unmapped.get(1)),
                participants(Reopening.REMAP, Selection.all().andExternal()));
        assertEquals(
                unmapped,
                participants(Reopening.REMAP, Selection.all().andExternal().reason("NUMBER")));
        assertEquals(
                List.of(held), participants(Reopening.RELEASE, Selection.all().recordedBefore(later)));
        assertEquals(
                unmapped.subList(1, 2),
                participants(Reopening.REMAP, Selection.all().sourceId("m2")));
        assertEquals(unmapped.subList(0, 1), ledger.participants(fence, Reopening.REMAP, Selection.all(), null, 1));
        assertEquals(
                unmapped.subList(1, 2),
                ledger.participants(fence, Reopening.REMAP, Selection.all(), unmapped.get(0), 10));
    }

    private List<ParticipantPlace> participants(Reopening command, Selection selection) {
        return ledger.participants(fence, command, selection, null, 10);
    }

    @Test
    @Rule("ledger.36")
    final void ledger36_reopenedParticipantIsDueAtOnceUnlessItHasAMailbox() {
        long item = stage("m1", "+1", "+2", "+3", "+4", "+5");
        Instant later = clock.instant().plusSeconds(60);
        commit(mapped(item, 0, "ann"), participantHeld(item, 1), unmapped(item, 2), external(item, 3));
        commit(new Transition.ParticipantPostponed(item, 4, later, "the directory doesn't answer"));
        Selection all = Selection.all().andExternal();
        commit(new Transition.CommandGiven("remap", "jo", all));
        for (int position = 0; position < 5; position++) {
            commit(new Transition.ParticipantReopened(item, position, "jo"));
        }

        assertEquals(List.of(1, 2, 3), openItems().get(0).open());
        assertEquals(List.of(), participants(Reopening.RELEASE, all));
        assertEquals(List.of(), participants(Reopening.REMAP, all));
        commit(mapped(item, 1, "ann"), mapped(item, 2, "bob"), external(item, 3));
        assertEquals(
                List.of("id-ann", "id-bob"),
                mailboxIds(claim(fence)).stream().sorted().toList());
        clock.set(later);
        assertEquals(List.of(4), openItems().get(0).open());
    }

    @Test
    @Rule("ledger.37")
    final void ledger37_heldDeliveriesAreFoundBySelectionPageByPage() {
        long first = plan("m1", "ann");
        Instant later = clock.instant().plusSeconds(60);
        clock.set(later);
        long second = plan("m2", "ann");
        long third = plan("m3", "ann");
        long ann = claimOne(fence).mailboxNumber();
        commit(deliveryHeld(second, ann, "Full_", null), deliveryHeld(first, ann, "gone", null));
        commit(intended(third, ann, 1), imported(third, ann));
        List<DeliveryPlace> held = List.of(new DeliveryPlace(first, ann), new DeliveryPlace(second, ann));

        assertEquals(held, ledger.heldDeliveries(fence, Selection.all(), null, 10));
        assertEquals(held.subList(0, 1), ledger.heldDeliveries(fence, Selection.all(), null, 1));
        assertEquals(held.subList(1, 2), ledger.heldDeliveries(fence, Selection.all(), held.get(0), 10));
        assertEquals(
                held.subList(1, 2), ledger.heldDeliveries(fence, Selection.all().reason("full_"), null, 10));
        assertEquals(
                held.subList(0, 1), ledger.heldDeliveries(fence, Selection.all().sourceId("m1"), null, 10));
        assertEquals(
                held.subList(1, 2), ledger.heldDeliveries(fence, Selection.all().recordedFrom(later), null, 10));
    }
}
