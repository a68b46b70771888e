// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static io.github.celltrustarchive.testkit.contract.LedgerValues.CONNECTOR;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.SENT;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.TEXT;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.envelope;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.external;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.intended;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.itemExcluded;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.itemHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.key;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.mapped;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.moved;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.packStaged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.participantHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.sha256;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.staged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.unmapped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of {@link LedgerContract} about runs, collecting and mapping. */
abstract class LedgerCollectRules extends LedgerStory {

    LedgerCollectRules() {}

    @Test
    @Rule("ledger.1")
    final void ledger01_runsAreNumberedUpwardsForEachConnector() {
        assertEquals(new Fence(CONNECTOR, 1, "worker-1"), fence);
        assertEquals(new Fence(CONNECTOR, 2, "worker-2"), ledger.open(CONNECTOR, "worker-2", "deliver"));
        assertEquals(new Fence("another", 1, "worker-1"), ledger.open("another", "worker-1", "run"));
        assertEquals(3, ledger.open(CONNECTOR, "worker-1", "collect").epoch());
    }

    @Test
    @Rule("ledger.2")
    final void ledger02_thereIsOneCollectorAndWhoElseWantsToCollectIsToldWho() {
        Fence second = secondRun();

        FencedException refusal = assertThrows(FencedException.class, () -> ledger.lead(second, LEASE));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(fence.worker()), message);
        clock.advance(LEASE.minusSeconds(1));
        ledger.lead(fence, LEASE);
        clock.advance(LEASE.minusSeconds(1));
        assertThrows(FencedException.class, () -> ledger.lead(second, LEASE));
        ledger.lead(ledger.open("another", "worker-2", "run"), LEASE);
    }

    @Test
    @Rule("ledger.3")
    final void ledger03_theLeaseIsFreeWhenItIsGivenBackOrOver() {
        Fence second = secondRun();
        ledger.unlead(second);
        assertThrows(FencedException.class, () -> ledger.lead(second, LEASE));

        ledger.unlead(fence);
        ledger.lead(second, LEASE);
        assertThrows(FencedException.class, () -> ledger.lead(fence, LEASE));
        clock.advance(LEASE);
        ledger.lead(fence, LEASE);
        assertThrows(FencedException.class, () -> ledger.lead(second, LEASE));
    }

    @Test
    @Rule("ledger.4")
    final void ledger04_collectingNeedsTheLease() {
        commit(packStaged("p1"), itemHeld("p1", "line-1", "not JSON"));
        Fence second = secondRun();
        long held = ledger.heldItems(second, Selection.all(), 0, 1).get(0).item();
        List<Transition> collecting = List.of(
                packStaged("p2"),
                staged("p1", "m1", "+1"),
                itemHeld("p1", "line-2", "not JSON"),
                itemExcluded("p1", "m2"),
                moved("", "page-1", 4, 0),
                new Transition.ItemReleased(held, new ItemIdentity("m1", key("m1", TEXT)), false, "jo"));

        assertFenced(second, collecting);
        ledger.unlead(fence);
        assertFenced(fence, collecting);
        ledger.lead(second, LEASE);
        assertFenced(fence, collecting);

        assertEquals(new ItemTotals(1, 0, 0, 1, 0, 0), ledger.totals(CONNECTOR));
        assertEquals(Checkpoint.START, ledger.checkpoint(CONNECTOR));
        assertFalse(ledger.packKnown(CONNECTOR, "p2"));
        assertEquals(1, ledger.unsweptSince(CONNECTOR));
        ledger.commit(second, collecting);
        assertEquals(new Checkpoint("page-1"), ledger.checkpoint(CONNECTOR));
    }

    private void assertFenced(Fence worker, List<Transition> collecting) {
        for (Transition transition : collecting) {
            assertThrows(FencedException.class, () -> ledger.commit(worker, List.of(transition)));
        }
        assertThrows(FencedException.class, () -> ledger.swept(worker, 2));
    }

    @Test
    @Rule("ledger.5")
    final void ledger05_commitTakesEffectWhollyOrNotAtAll() {
        long item = stage("m1", "+1");
        List<Transition> good =
                List.of(external(item, 0), packStaged("p2"), staged("p2", "m2", "+2"), moved("", "page-1", 1, 0));

        assertThrows(IllegalStateException.class, () -> ledger.commit(fence, with(good, mapped(NOBODY, 0, "ann"))));
        assertThrows(FencedException.class, () -> ledger.commit(fence, with(good, intended(item, NOBODY, 1))));
        assertFalse(ledger.packKnown(CONNECTOR, "p2"));
        assertEquals(Checkpoint.START, ledger.checkpoint(CONNECTOR));
        assertEquals(List.of("m1"), sourceIds(openItems()));
        assertEquals(new ItemTotals(1, 0, 1, 0, 0, 0), ledger.totals(CONNECTOR));

        ledger.commit(fence, good);
        assertTrue(ledger.packKnown(CONNECTOR, "p2"));
        assertEquals(new Checkpoint("page-1"), ledger.checkpoint(CONNECTOR));
        assertEquals(List.of("m2"), sourceIds(openItems()));
    }

    private static List<Transition> with(List<Transition> good, Transition last) {
        List<Transition> all = new ArrayList<>(good);
        all.add(last);
        return all;
    }

    @Test
    @Rule("ledger.6")
    final void ledger06_theCheckpointMovesOnlyFromWhereItIs() {
        assertEquals(Checkpoint.START, ledger.checkpoint(CONNECTOR));
        commit(moved("", "page-1", 1, 0));

        assertThrows(IllegalStateException.class, () -> commit(moved("", "page-2", 1, 0)));
        assertThrows(IllegalStateException.class, () -> commit(moved("page-2", "page-3", 1, 0)));
        assertEquals(new Checkpoint("page-1"), ledger.checkpoint(CONNECTOR));
        commit(moved("page-1", "page-2", 1, 0));
        assertEquals(new Checkpoint("page-2"), ledger.checkpoint(CONNECTOR));
        assertEquals(Checkpoint.START, ledger.checkpoint("another"));
    }

    @Test
    @Rule("ledger.7")
    final void ledger07_sightingsKnowWhatIsRecordedAndNumberRevisions() {
        commit(packStaged("p1"), staged("p1", "m1", "+1"), itemHeld("p1", "m2", "bad"), itemExcluded("p1", "m3"));

        assertEquals(List.of(new Sighting(true, 1), new Sighting(false, 2)), sightings("m1", TEXT, "edited"));
        assertEquals(List.of(new Sighting(true, 1), new Sighting(false, 2)), sightings("m2", TEXT, "edited"));
        assertEquals(List.of(new Sighting(true, 1), new Sighting(false, 2)), sightings("m3", TEXT, "edited"));
        assertEquals(List.of(new Sighting(false, 1), new Sighting(false, 1)), sightings("M1", TEXT, "edited"));
        commit(packStaged("p2"), staged("p2", envelope("m1", "edited", "+1"), 2));
        assertEquals(
                List.of(new Sighting(false, 3), new Sighting(true, 2), new Sighting(true, 1)),
                sightings("m1", "edited again", "edited", TEXT));
        assertEquals(
                List.of(new Sighting(false, 1)),
                ledger.sightings("another", List.of(new ItemIdentity("m1", key("m1", TEXT)))));
        assertEquals(List.of(), ledger.sightings(CONNECTOR, List.of()));
    }

    private List<Sighting> sightings(String sourceId, String... texts) {
        List<ItemIdentity> items = new ArrayList<>();
        for (String text : texts) {
            items.add(new ItemIdentity(sourceId, key(sourceId, text)));
        }
        return ledger.sightings(CONNECTOR, items);
    }

    @Test
    @Rule("ledger.8")
    final void ledger08_anItemIsRecordedOnce() {
        stage("m1", "+1");
        commit(packStaged("p2"));

        assertThrows(IllegalStateException.class, () -> commit(staged("p2", "m1", "+1")));
        assertThrows(
                IllegalStateException.class, () -> commit(staged("p2", "m2", "+1"), itemHeld("p2", "m2", "not JSON")));
        assertEquals(new ItemTotals(1, 0, 1, 0, 0, 0), ledger.totals(CONNECTOR));
    }

    @Test
    @Rule("ledger.9")
    final void ledger09_stagedItemKeepsItsEnvelopeAndAllItsParticipantsAreDueAtOnce() {
        String odd = "nul\u0000 lone\ud83d pair\ud83d\ude00 back\\slash \"quotes\" '; \u00df\u0130";
        Envelope whole = new Envelope(
                key("odd", odd),
                odd,
                null,
                odd,
                "CHAT",
                Direction.UNKNOWN,
                odd,
                SENT,
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                List.of(
                        new Participant(ParticipantRole.FROM, odd, "+1", "ann@bank.example", false),
                        new Participant(ParticipantRole.BCC, null, null, null, true),
                        new Participant(ParticipantRole.TO, "", "", "", false)),
                List.of(
                        new AttachmentSummary(odd, "image/jpeg", 1L << 40, sha256("a"), true),
                        new AttachmentSummary("", "", 0, sha256(""), false)));
        commit(packStaged("p1"), staged("p1", whole, 1));

        OpenItem open = openItems().get(0);
        assertEquals(whole, open.envelope());
        assertEquals(List.of(0, 1, 2), open.open());
    }

    @Test
    @Rule("ledger.10")
    final void ledger10_openItemsComePageByPageInTheOrderOfTheirRecording() {
        commit(
                packStaged("p1"),
                staged("p1", "m3", "+1", "+2"),
                staged("p1", "m1", "+1", "+2"),
                itemHeld("p1", "m4", "not JSON"),
                staged("p1", "m2", "+3"));
        List<OpenItem> first = ledger.openItems(fence, clock.instant(), null, 0, 2);

        assertEquals(List.of("m3", "m1"), sourceIds(first));
        List<OpenItem> second =
                ledger.openItems(fence, clock.instant(), null, first.get(1).item(), 2);
        assertEquals(List.of("m2"), sourceIds(second));
        assertEquals(
                List.of(),
                ledger.openItems(fence, clock.instant(), null, second.get(0).item(), 2));
        commit(external(first.get(0).item(), 0));
        assertEquals(List.of(1), openItems().get(0).open());
        Fence another = ledger.open("another", "worker-1", "run");
        assertEquals(List.of(), ledger.openItems(another, clock.instant(), null, 0, 2));
    }

    @Test
    @Rule("ledger.11")
    final void ledger11_postponedParticipantIsOpenWhenItsTimeHasCome() {
        long item = stage("m1", "+1", "+2");
        Instant later = clock.instant().plusSeconds(60);
        commit(new Transition.ParticipantPostponed(item, 1, later, "the directory doesn't answer"));

        assertEquals(List.of(0), openItems().get(0).open());
        clock.advance(Duration.ofSeconds(59));
        assertEquals(List.of(0), openItems().get(0).open());
        clock.advance(Duration.ofSeconds(1));
        assertEquals(List.of(0, 1), openItems().get(0).open());
    }

    @Test
    @Rule("ledger.12")
    final void ledger12_unmappedParticipantIsOpenForThoseWhoAskForTheTimeOfItsItem() {
        Instant recorded = clock.instant();
        long item = stage("m1", "+1", "+2", "+3");
        commit(unmapped(item, 0), external(item, 2));
        clock.advance(Duration.ofDays(1));

        assertEquals(List.of(1), openItems().get(0).open());
        assertEquals(List.of(0, 1), since(recorded).get(0).open());
        assertEquals(List.of(1), since(recorded.plusSeconds(1)).get(0).open());
        commit(external(item, 1));
        assertEquals(List.of(), openItems());
        assertEquals(List.of(), since(recorded.plusSeconds(1)));
        assertEquals(List.of(0), since(recorded).get(0).open());
        commit(mapped(item, 0, "ann"));
        assertEquals(List.of(), since(recorded));
    }

    private List<OpenItem> since(Instant unmappedSince) {
        return ledger.openItems(fence, clock.instant(), unmappedSince, 0, 10);
    }

    @Test
    @Rule("ledger.13")
    final void ledger13_mappingHasNoEffectOnAParticipantThatIsDecided() {
        long item = stage("m1", "+1", "+2", "+3", "+4");
        commit(mapped(item, 0, "ann"), external(item, 1), participantHeld(item, 2));

        for (int position = 0; position < 3; position++) {
            commit(mapped(item, position, "bob"));
            commit(external(item, position));
            commit(unmapped(item, position));
            commit(new Transition.ParticipantPostponed(item, position, clock.instant(), "busy"));
            commit(participantHeld(item, position));
        }

        assertEquals(List.of(3), openItems().get(0).open());
        assertEquals(List.of("id-ann"), mailboxIds(claim(fence)));
        assertEquals(
                List.of(new ParticipantPlace(item, 2)),
                ledger.participants(fence, Reopening.RELEASE, Selection.all(), null, 10));
        assertEquals(
                List.of(new ParticipantPlace(item, 1)),
                ledger.participants(fence, Reopening.REMAP, Selection.all().andExternal(), null, 10));
    }
}
