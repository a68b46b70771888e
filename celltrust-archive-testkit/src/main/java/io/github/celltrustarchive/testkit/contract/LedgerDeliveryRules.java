// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static io.github.celltrustarchive.testkit.contract.LedgerValues.CONNECTOR;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.FOLDER;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.TEXT;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.concluded;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.deliveryHeld;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.deliveryReleased;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.envelope;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.imported;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.in;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.intended;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.mailbox;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.mapped;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.postponed;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.unknown;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.unmapped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.StagedMessage;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of {@link LedgerContract} about claims and deliveries. */
abstract class LedgerDeliveryRules extends LedgerCollectRules {

    LedgerDeliveryRules() {}

    @Test
    @Rule("ledger.14")
    final void ledger14_twoAddressesOfOneMailboxAreOneDelivery() {
        long item = stage("m1", "+1", "+2", "+3");
        Mailbox alias = new Mailbox(mailbox("ann").id(), "ann.lee@bank.example");
        commit(
                mapped(item, 0, "ann"),
                new Transition.ParticipantMapped(item, 1, alias, FOLDER, "csv:line 2"),
                new Transition.ParticipantMapped(item, 2, mailbox("ann"), "Inbox/Other", "csv:line 1"));

        List<MailboxClaim> claims = claim(fence);
        assertEquals(2, claims.size());
        assertEquals(
                Set.of(FOLDER, "Inbox/Other"),
                Set.of(claims.get(0).folder(), claims.get(1).folder()));
        for (MailboxClaim claim : claims) {
            assertEquals(mailbox("ann").id(), claim.mailbox().id());
            assertEquals(List.of(item), items(claim));
        }
    }

    @Test
    @Rule("ledger.15")
    final void ledger15_claimTellsWhatIsDueInTheOrderOfItsRecording() {
        long first = plan("m2", "ann", "bob");
        long second = plan("m1", "ann");
        long third = plan("m3", "ann");

        MailboxClaim ann = ledger.claim(fence, clock.instant(), LEASE, 1, 2).get(0);
        MailboxClaim bob = ledger.claim(fence, clock.instant(), LEASE, 10, 2).get(0);
        if (ann.mailbox().equals(mailbox("bob"))) {
            MailboxClaim other = ann;
            ann = bob;
            bob = other;
        }
        assertEquals(mailbox("ann"), ann.mailbox());
        assertEquals(List.of(first, second), items(ann));
        assertEquals(mailbox("bob"), bob.mailbox());
        StagedMessage message = new StagedMessage(envelope("m2", TEXT, "ann", "bob"), in("of-m2", 1000));
        assertEquals(List.of(new ClaimedDelivery(first, message, 0, 0, false, null, null)), bob.due());
        ledger.release(fence, ann.mailboxNumber());
        assertEquals(List.of(first, second, third), items(claimOne(fence)));
        assertEquals(List.of(), claim(ledger.open("another", "worker-1", "run")));
    }

    @Test
    @Rule("ledger.16")
    final void ledger16_theMailboxLongestUnservedComesFirst() {
        plan("m1", "ann", "bob", "cid");
        List<String> firstRound = List.of(serveOne(), serveOne(), serveOne());

        assertEquals(Set.of("id-ann", "id-bob", "id-cid"), new HashSet<>(firstRound));
        assertEquals(firstRound, List.of(serveOne(), serveOne(), serveOne()));
        plan("m2", "dan");
        assertEquals("id-dan", serveOne());
        assertEquals(firstRound.get(0), serveOne());
    }

    private String serveOne() {
        List<MailboxClaim> claims = ledger.claim(fence, clock.instant(), LEASE, 1, 10);
        assertEquals(1, claims.size());
        ledger.release(fence, claims.get(0).mailboxNumber());
        return claims.get(0).mailbox().id();
    }

    @Test
    @Rule("ledger.17")
    final void ledger17_claimedMailboxIsNobodyElsesWhileItsLeaseIsRenewed() {
        long item = plan("m1", "ann");
        Fence second = secondRun();
        long ann = claimOne(fence).mailboxNumber();

        assertEquals(List.of(), claim(fence));
        assertEquals(List.of(), claim(second));
        clock.advance(LEASE.minusSeconds(1));
        assertEquals(List.of(), claim(second));
        commit(intended(item, ann, 1));
        clock.advance(LEASE.minusSeconds(1));
        assertEquals(List.of(), claim(second));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(ann, claimOne(second).mailboxNumber());
    }

    @Test
    @Rule("ledger.18")
    final void ledger18_onlyTheHolderGivesAClaimBack() {
        plan("m1", "ann");
        Fence second = secondRun();
        long ann = claimOne(fence).mailboxNumber();

        ledger.release(second, ann);
        assertEquals(List.of(), claim(second));
        ledger.release(fence, ann);
        assertEquals(ann, claimOne(second).mailboxNumber());
        ledger.release(fence, ann);
        assertEquals(List.of(), claim(fence));
    }

    @Test
    @Rule("ledger.19")
    final void ledger19_deliveringNeedsTheClaim() {
        long item = plan("m1", "ann");
        Fence second = secondRun();
        long ann = claimOne(fence).mailboxNumber();

        assertThrows(FencedException.class, () -> ledger.commit(second, List.of(intended(item, ann, 1))));
        commit(intended(item, ann, 1));
        assertCannotDeliver(second, item, ann);
        ledger.release(fence, ann);
        assertCannotDeliver(fence, item, ann);
        ClaimedDelivery due = claimOne(second).due().get(0);
        assertEquals(1, due.attempts());
        assertCannotDeliver(fence, item, ann);
        ledger.commit(second, List.of(imported(item, ann)));
    }

    private void assertCannotDeliver(Fence worker, long item, long mailbox) {
        Instant later = clock.instant().plusSeconds(60);
        for (Transition outcome : List.of(
                imported(item, mailbox),
                postponed(item, mailbox, later, null),
                unknown(item, mailbox, null, later),
                deliveryHeld(item, mailbox, "mailbox is gone", null),
                new Transition.MailboxPostponed(mailbox, later, "throttled"))) {
            assertThrows(FencedException.class, () -> ledger.commit(worker, List.of(outcome)));
        }
    }

    @Test
    @Rule("ledger.20")
    final void ledger20_whatAGoneWorkerHadBegunIsHandedOutAsUnknown() {
        long begun = plan("m1", "ann");
        long planned = plan("m2", "ann");
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(begun, ann, 1));
        Fence second = secondRun();
        clock.advance(LEASE);

        List<ClaimedDelivery> due = claimOne(second).due();
        assertEquals(
                List.of(begun, planned), due.stream().map(ClaimedDelivery::item).toList());
        assertTrue(due.get(0).unknown());
        assertEquals(1, due.get(0).attempts());
        assertFalse(due.get(1).unknown());
        assertEquals(0, due.get(1).attempts());
        assertThrows(FencedException.class, () -> commit(imported(begun, ann)));
        ledger.commit(second, List.of(imported(begun, ann)));
    }

    @Test
    @Rule("ledger.21")
    final void ledger21_onlyAnAttemptThatWasBegunHasAnOutcomeAndOnlyOne() {
        long item = plan("m1", "ann");
        long ann = claimOne(fence).mailboxNumber();
        Instant now = clock.instant();

        assertNotAllowed(imported(item, ann), unknown(item, ann, null, now), intended(item, ann, 2));
        assertNotAllowed(intended(NOBODY, ann, 1));
        commit(intended(item, ann, 1));
        assertNotAllowed(intended(item, ann, 1), intended(item, ann, 2));
        commit(concluded(item, ann, Receipt.Status.PARTIALLY_IMPORTED));
        assertNotAllowed(
                intended(item, ann, 2),
                imported(item, ann),
                postponed(item, ann, now, null),
                unknown(item, ann, null, now),
                deliveryHeld(item, ann, "mailbox is gone", null));
        ledger.release(fence, ann);
        clock.advance(Duration.ofDays(30));
        assertEquals(List.of(), claim(fence));
    }

    private void assertNotAllowed(Transition... transitions) {
        for (Transition transition : transitions) {
            assertThrows(IllegalStateException.class, () -> commit(transition));
        }
    }

    @Test
    @Rule("ledger.22")
    final void ledger22_postponedDeliveryIsDueWhenItsTimeHasComeAndKeepsWhatIsKnownOfIt() {
        long item = plan("m1", "ann");
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(item, ann, 1), postponed(item, ann, clock.instant().plusSeconds(90), "draft-7"));
        ledger.release(fence, ann);

        assertEquals(List.of(), claim(fence));
        clock.advance(Duration.ofSeconds(89));
        assertEquals(List.of(), claim(fence));
        clock.advance(Duration.ofSeconds(1));
        ClaimedDelivery due = claimOne(fence).due().get(0);
        assertEquals(1, due.attempts());
        assertFalse(due.unknown());
        assertEquals("draft-7", due.incompleteReference());
        commit(intended(item, ann, 2), postponed(item, ann, clock.instant(), null));
        ledger.release(fence, ann);
        ClaimedDelivery again = claimOne(fence).due().get(0);
        assertEquals(2, again.attempts());
        assertEquals(Optional.empty(), Optional.ofNullable(again.incompleteReference()));
    }

    @Test
    @Rule("ledger.23")
    final void ledger23_unknownDeliveryIsDueWhenItsTimeHasComeAndTellsWhenItWasLookedFor() {
        long item = plan("m1", "ann");
        long ann = claimOne(fence).mailboxNumber();
        Instant looked = clock.instant();
        commit(intended(item, ann, 1), unknown(item, ann, looked, looked.plusSeconds(60)));
        ledger.release(fence, ann);

        clock.advance(Duration.ofSeconds(59));
        assertEquals(List.of(), claim(fence));
        clock.advance(Duration.ofSeconds(1));
        ClaimedDelivery due = claimOne(fence).due().get(0);
        assertTrue(due.unknown());
        assertEquals(looked, due.lookedAt());
        assertEquals(1, due.attempts());
        commit(imported(item, ann));
        ledger.release(fence, ann);
        assertEquals(List.of(), claim(fence));
    }

    @Test
    @Rule("ledger.24")
    final void ledger24_heldDeliveryWaitsForAnOperatorAndIsThenDueAtOnce() {
        long tried = plan("m1", "ann");
        long untried = plan("m2", "ann");
        long done = plan("m3", "ann");
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(tried, ann, 1), deliveryHeld(tried, ann, "full", "draft-7"));
        commit(deliveryHeld(untried, ann, "full", null), intended(done, ann, 1), imported(done, ann));
        ledger.release(fence, ann);
        clock.advance(Duration.ofDays(30));
        assertEquals(List.of(), claim(fence));

        commit(deliveryReleased(tried, ann), deliveryReleased(untried, ann), deliveryReleased(done, ann));
        List<ClaimedDelivery> due = claimOne(fence).due();
        StagedMessage first = new StagedMessage(envelope("m1", TEXT, "ann"), in("of-m1", 1000));
        StagedMessage second = new StagedMessage(envelope("m2", TEXT, "ann"), in("of-m2", 1000));
        assertEquals(
                List.of(
                        new ClaimedDelivery(tried, first, 1, 1, true, null, "draft-7"),
                        new ClaimedDelivery(untried, second, 0, 0, false, null, null)),
                due);
    }

    @Test
    @Rule("ledger.25")
    final void ledger25_postponedMailboxGetsNothingBeforeItsTime() {
        plan("m1", "ann", "bob");
        List<MailboxClaim> both = claim(fence);
        for (MailboxClaim claim : both) {
            if (claim.mailbox().equals(mailbox("ann"))) {
                Instant later = clock.instant().plusSeconds(30);
                commit(new Transition.MailboxPostponed(claim.mailboxNumber(), later, "throttled"));
            }
            ledger.release(fence, claim.mailboxNumber());
        }
        plan("m2", "ann");

        MailboxClaim bob = claimOne(fence);
        assertEquals(mailbox("bob"), bob.mailbox());
        clock.advance(Duration.ofSeconds(29));
        assertEquals(List.of(), claim(fence));
        clock.advance(Duration.ofSeconds(1));
        MailboxClaim ann = claimOne(fence);
        assertEquals(mailbox("ann"), ann.mailbox());
        assertEquals(2, ann.due().size());
    }

    @Test
    @Rule("ledger.26")
    final void ledger26_nextDueIsTheEarliestTimeAtWhichThereIsWork() {
        assertEquals(Optional.empty(), ledger.nextDue(CONNECTOR));
        long item = stage("m1", "+1", "+2");
        assertDueNow();
        Instant directory = clock.instant().plusSeconds(60);
        commit(unmapped(item, 1), new Transition.ParticipantPostponed(item, 0, directory, "busy"));
        assertEquals(Optional.of(directory), ledger.nextDue(CONNECTOR));
        commit(mapped(item, 0, "ann"));
        assertDueNow();
        long ann = claimOne(fence).mailboxNumber();
        assertEquals(Optional.empty(), ledger.nextDue(CONNECTOR));
        Instant retry = clock.instant().plusSeconds(90);
        commit(intended(item, ann, 1), postponed(item, ann, retry, null));
        ledger.release(fence, ann);
        assertEquals(Optional.of(retry), ledger.nextDue(CONNECTOR));

        clock.set(retry);
        claimOne(fence);
        Instant mailboxFree = retry.plusSeconds(30);
        commit(intended(item, ann, 2), postponed(item, ann, retry, null));
        commit(new Transition.MailboxPostponed(ann, mailboxFree, "throttled"));
        ledger.release(fence, ann);
        assertEquals(Optional.of(mailboxFree), ledger.nextDue(CONNECTOR));
        clock.set(mailboxFree);
        claimOne(fence);
        commit(intended(item, ann, 3));
        assertEquals(Optional.empty(), ledger.nextDue(CONNECTOR));
        fence = secondRun();
        clock.advance(LEASE);
        assertDueNow();
        claimOne(fence);
        commit(imported(item, ann));
        ledger.release(fence, ann);
        assertEquals(Optional.empty(), ledger.nextDue(CONNECTOR));
    }

    private void assertDueNow() {
        Instant due = ledger.nextDue(CONNECTOR).orElseThrow();
        assertFalse(due.isAfter(clock.instant()), "something is due now, not at " + due);
    }

    private static List<Long> items(MailboxClaim claim) {
        return new ArrayList<>(claim.due().stream().map(ClaimedDelivery::item).toList());
    }
}
