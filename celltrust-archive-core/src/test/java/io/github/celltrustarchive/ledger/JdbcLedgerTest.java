// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static io.github.celltrustarchive.ledger.Samples.FOLDER;
import static io.github.celltrustarchive.ledger.Samples.key;
import static io.github.celltrustarchive.ledger.Samples.mailbox;
import static io.github.celltrustarchive.ledger.Samples.mapped;
import static io.github.celltrustarchive.ledger.Samples.moved;
import static io.github.celltrustarchive.ledger.Samples.pack;
import static io.github.celltrustarchive.ledger.Samples.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JdbcLedgerTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String CONNECTOR = "celltrust";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final LockingStorage storage = new LockingStorage();
    private JdbcLedger ledger;
    private Fence fence;

    @BeforeEach
    void open() {
        ledger = JdbcLedger.sqlite(folder.resolve("new/ledger.db"), storage, clock);
        fence = ledger.open(CONNECTOR, "host-1", "run");
        ledger.lead(fence, LEASE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void fileIsForItsOwnerOnly() throws Exception {
        collect("p1", staged("p1", "m1", "+1"));

        try (Stream<Path> files = Files.list(folder.resolve("new"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void epochsRiseByOneForEachRunOfAConnector() {
        assertThat(fence.epoch()).isEqualTo(1);
        assertThat(ledger.open(CONNECTOR, "host-1", "deliver").epoch()).isEqualTo(2);
        assertThat(ledger.open("another", "host-1", "run").epoch()).isEqualTo(1);
    }

    @Test
    void checkpointMovesWithTheItemsOfItsPage() {
        assertThat(ledger.checkpoint(CONNECTOR)).isEqualTo(Checkpoint.START);

        collect("p1", staged("p1", "m1", "+1"), moved("", "page-1", 1, 0));

        assertThat(ledger.checkpoint(CONNECTOR)).isEqualTo(new Checkpoint("page-1"));
        assertThat(ledger.checkpoint("another")).isEqualTo(Checkpoint.START);
    }

    @Test
    void pageThatStartsElsewhereIsRefusedAsAWhole() {
        assertThatThrownBy(() -> collect("p1", staged("p1", "m1", "+1"), moved("page-7", "page-8", 1, 0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CheckpointMoved");

        assertThat(ledger.totals(CONNECTOR).listed()).isZero();
        assertThat(ledger.packKnown(CONNECTOR, "p1")).isFalse();
    }

    @Test
    void replayIsKnownAndOtherContentIsANewRevision() {
        collect("p1", staged("p1", "m1", "+1"));

        assertThat(ledger.sightings(
                        CONNECTOR,
                        List.of(
                                new ItemIdentity("m1", key("m1", "hello")),
                                new ItemIdentity("m1", key("m1", "edited")),
                                new ItemIdentity("m2", key("m2", "hello")))))
                .containsExactly(new Sighting(true, 1), new Sighting(false, 2), new Sighting(false, 1));
        assertThat(ledger.sightings("another", List.of(new ItemIdentity("m1", key("m1", "hello")))))
                .containsExactly(new Sighting(false, 1));
    }

    @Test
    void itemIsRecordedOnce() {
        collect("p1", staged("p1", "m1", "+1"));

        assertThatThrownBy(() -> collect("p2", staged("p2", "m1", "+1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ItemStaged")
                .hasMessageContaining("recorded already");
        assertThatThrownBy(() -> collect("p2", staged("p2", "m2", "+1"), staged("p2", "m2", "+1")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.totals(CONNECTOR)).isEqualTo(new ItemTotals(1, 0, 1, 0, 0, 0));
    }

    @Test
    void itemNeedsARecordedPack() {
        assertThatThrownBy(() -> ledger.commit(fence, List.of(staged("p1", "m1", "+1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pack");
    }

    @Test
    void openItemsComeInTheOrderOfTheirRecordingWithTheirOpenPositions() {
        collect("p1", staged("p1", "m1", "+1", "+2"), staged("p1", "m2", "+1"), staged("p1", "m3", "+3"));

        List<OpenItem> first = ledger.openItems(fence, clock.instant(), null, 0, 2);
        assertThat(first).extracting(i -> i.envelope().sourceId()).containsExactly("m1", "m2");
        assertThat(first.get(0).open()).containsExactly(0, 1);
        assertThat(first.get(0).envelope()).isEqualTo(Samples.envelope("m1", "+1", "+2"));
        assertThat(ledger.openItems(fence, clock.instant(), null, first.get(1).item(), 2))
                .extracting(i -> i.envelope().sourceId())
                .containsExactly("m3");
    }

    @Test
    void postponedParticipantIsOpenWhenItsTimeHasCome() {
        long item = collectOne("m1", "+1");
        Instant later = clock.instant().plusSeconds(60);
        commit(new Transition.ParticipantPostponed(item, 0, later, "directory doesn't answer"));

        assertThat(ledger.openItems(fence, clock.instant(), null, 0, 10)).isEmpty();
        assertThat(ledger.nextDue(CONNECTOR)).contains(later);
        assertThat(ledger.openItems(fence, later, null, 0, 10)).hasSize(1);
    }

    @Test
    void unmappedParticipantIsOpenForThoseWhoAskForTheTimeOfItsItem() {
        long item = collectOne("m1", "+1");
        commit(new Transition.ParticipantUnmapped(item, 0, "no such number"));

        Instant recorded = clock.instant();
        assertThat(ledger.openItems(fence, recorded, null, 0, 10)).isEmpty();
        assertThat(ledger.openItems(fence, recorded, recorded, 0, 10)).hasSize(1);
        assertThat(ledger.openItems(fence, recorded, recorded.plusSeconds(1), 0, 10))
                .isEmpty();
        assertThat(ledger.nextDue(CONNECTOR)).isEmpty();
    }

    @Test
    @DisplayName("invariant 3: two addresses of one mailbox are one delivery")
    void twoAddressesOfOneMailboxAreOneDelivery() {
        long item = collectOne("m1", "+1", "+2");

        commit(mapped(item, 0, "ann"), mapped(item, 1, "ann"));

        List<MailboxClaim> claims = ledger.claim(fence, clock.instant(), LEASE, 10, 10);
        assertThat(claims).hasSize(1);
        assertThat(claims.get(0).mailbox()).isEqualTo(mailbox("ann"));
        assertThat(claims.get(0).folder()).isEqualTo(FOLDER);
        assertThat(claims.get(0).due()).singleElement().satisfies(due -> {
            assertThat(due.item()).isEqualTo(item);
            assertThat(due.attempts()).isZero();
            assertThat(due.unknown()).isFalse();
            assertThat(due.staged().envelope()).isEqualTo(Samples.envelope("m1", "+1", "+2"));
            assertThat(due.staged().eml()).isEqualTo(Samples.in("p-m1", 1000));
        });
    }

    @Test
    void claimedMailboxIsNotHandedOutAgainUntilReleasedOrExpired() {
        long item = collectOne("m1", "+1");
        commit(mapped(item, 0, "ann"));

        long number = claimOne().mailboxNumber();
        assertThat(ledger.claim(fence, clock.instant(), LEASE, 10, 10)).isEmpty();
        assertThat(ledger.nextDue(CONNECTOR)).isEmpty();
        ledger.release(fence, number);
        assertThat(ledger.nextDue(CONNECTOR)).contains(Instant.EPOCH);
        assertThat(claimOne().mailboxNumber()).isEqualTo(number);
        clock.advance(LEASE);
        assertThat(claimOne().mailboxNumber()).isEqualTo(number);
    }

    @Test
    void mailboxLongestUnservedComesFirst() {
        long first = collectOne("m1", "+1", "+2", "+3");
        commit(mapped(first, 0, "ann"), mapped(first, 1, "bob"), mapped(first, 2, "cid"));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            MailboxClaim claim =
                    ledger.claim(fence, clock.instant(), LEASE, 1, 10).get(0);
            served.add(claim.mailbox().id());
            ledger.release(fence, claim.mailboxNumber());
        }
        assertThat(served).containsExactly("id-ann", "id-bob", "id-cid", "id-ann", "id-bob", "id-cid");
    }

    @Test
    void deliveryGoesFromIntentToDelivered() {
        long item = collectOne("m1", "+1");
        commit(mapped(item, 0, "ann"));
        long number = claimOne().mailboxNumber();

        commit(new Transition.DeliveryIntended(item, number, 1));
        commit(new Transition.DeliveryConcluded(item, number, new Receipt(Receipt.Status.IMPORTED, "uid-1")));
        ledger.release(fence, number);

        assertThat(ledger.claim(fence, clock.instant(), LEASE, 10, 10)).isEmpty();
        assertThat(ledger.totals(CONNECTOR)).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
        assertThat(ledger.nextDue(CONNECTOR)).isEmpty();
    }

    @Test
    void postponedDeliveryIsDueWhenItsTimeHasComeAndKeepsItsReference() {
        long item = collectOne("m1", "+1");
        commit(mapped(item, 0, "ann"));
        long number = claimOne().mailboxNumber();
        Instant later = clock.instant().plusSeconds(90);
        commit(
                new Transition.DeliveryIntended(item, number, 1),
                new Transition.DeliveryPostponed(item, number, later, "busy", "draft-7"));
        ledger.release(fence, number);

        assertThat(ledger.claim(fence, clock.instant(), LEASE, 10, 10)).isEmpty();
        assertThat(ledger.nextDue(CONNECTOR)).contains(later);
        clock.advance(Duration.ofSeconds(90));
        assertThat(claimOne().due()).singleElement().satisfies(due -> {
            assertThat(due.attempts()).isEqualTo(1);
            assertThat(due.incompleteReference()).isEqualTo("draft-7");
        });
    }

    @Test
    void postponedMailboxIsHeldBackAsAWhole() {
        long item = collectOne("m1", "+1");
        commit(mapped(item, 0, "ann"));
        long number = claimOne().mailboxNumber();
        Instant later = clock.instant().plusSeconds(30);
        commit(new Transition.MailboxPostponed(number, later, "throttled"));
        ledger.release(fence, number);

        assertThat(ledger.claim(fence, clock.instant(), LEASE, 10, 10)).isEmpty();
        assertThat(ledger.nextDue(CONNECTOR)).contains(later);
        clock.advance(Duration.ofSeconds(30));
        assertThat(claimOne().mailboxNumber()).isEqualTo(number);
    }

    @Test
    void lookedForDeliveryRemembersWhen() {
        long item = collectOne("m1", "+1");
        commit(mapped(item, 0, "ann"));
        long number = claimOne().mailboxNumber();
        Instant looked = clock.instant();
        commit(
                new Transition.DeliveryIntended(item, number, 1),
                new Transition.DeliveryUnknown(item, number, looked, looked.plusSeconds(60), "no answer"));
        ledger.release(fence, number);
        clock.advance(Duration.ofSeconds(60));

        assertThat(claimOne().due()).singleElement().satisfies(due -> {
            assertThat(due.unknown()).isTrue();
            assertThat(due.lookedAt()).isEqualTo(looked);
        });
    }

    @Test
    void countsAddUpAndFailuresNameEveryFailure() {
        collect(
                "p1",
                staged("p1", "m1", "+1", "+2"),
                staged("p1", "m2", "+1", "+9"),
                staged("p1", "m3", "+9"),
                new Transition.ItemHeld(key("line-4", "x"), "line-4", 1, "not JSON", Samples.in("p1", 7)),
                moved("", "c1", 6, 2));
        List<OpenItem> open = ledger.openItems(fence, clock.instant(), null, 0, 10);
        commit(
                mapped(open.get(0).item(), 0, "ann"),
                mapped(open.get(0).item(), 1, "bob"),
                mapped(open.get(1).item(), 0, "ann"),
                new Transition.ParticipantUnmapped(open.get(1).item(), 1, "no such number"),
                new Transition.ParticipantUnmapped(open.get(2).item(), 0, "no such number"));
        List<MailboxClaim> claims = ledger.claim(fence, clock.instant(), LEASE, 10, 10);
        long ann = claims.get(0).mailboxNumber();
        long bob = claims.get(1).mailboxNumber();
        commit(
                new Transition.DeliveryIntended(open.get(0).item(), ann, 1),
                new Transition.DeliveryConcluded(open.get(0).item(), ann, new Receipt(Receipt.Status.IMPORTED, "1")),
                new Transition.DeliveryHeld(open.get(0).item(), bob, "mailbox is gone", null));

        RunCounts counts = ledger.counts(CONNECTOR, fence.epoch());
        assertThat(counts).isEqualTo(new RunCounts(6, 7, 1, 0, 2, 3, 1));
        assertThat(counts.addsUp()).isTrue();
        try (Stream<RunFailure> failures = ledger.failures(CONNECTOR, fence.epoch())) {
            assertThat(failures)
                    .containsExactly(
                            new RunFailure("line-4", "", "", "not JSON"),
                            new RunFailure("m2", "+9", "", "no such number"),
                            new RunFailure("m1", "+2", "bob@example.com", "mailbox is gone"));
        }
        assertThat(ledger.totals(CONNECTOR)).isEqualTo(new ItemTotals(4, 0, 0, 2, 2, 0));
    }

    @Test
    void finishedRunKeepsItsCountsAndRefusesMore() {
        RunCounts counts = new RunCounts(6, 7, 1, 0, 2, 3, 1);
        commit(new Transition.RunFinished(false, counts));

        assertThat(ledger.counts(CONNECTOR, fence.epoch())).isEqualTo(counts);
        assertThatThrownBy(() -> commit(new Transition.AlarmRaised("late")))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("over");
    }

    @Test
    void collectingNeedsTheLeaseAndTheRefusalNamesItsHolder() {
        Fence second = ledger.open(CONNECTOR, "host-2", "run");

        assertThatThrownBy(() -> ledger.lead(second, LEASE))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("host-1");
        assertThatThrownBy(() -> ledger.commit(second, List.of(new Transition.PackStaged(pack("p2")))))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("run 1");
        ledger.unlead(fence);
        ledger.lead(second, LEASE);
        ledger.commit(second, List.of(new Transition.PackStaged(pack("p2"))));
        assertThat(ledger.packKnown(CONNECTOR, "p2")).isTrue();
    }

    @Test
    void sweepingIsRemembered() {
        assertThat(ledger.unsweptSince(CONNECTOR)).isEqualTo(1);
        ledger.swept(fence, 4);
        assertThat(ledger.unsweptSince(CONNECTOR)).isEqualTo(4);
    }

    private void collect(String pack, Transition... transitions) {
        List<Transition> all = new ArrayList<>();
        all.add(new Transition.PackStaged(pack(pack)));
        all.addAll(List.of(transitions));
        ledger.commit(fence, all);
    }

    private long collectOne(String sourceId, String... phones) {
        collect("p-" + sourceId, staged("p-" + sourceId, sourceId, phones));
        List<OpenItem> open = ledger.openItems(fence, clock.instant(), null, 0, 100);
        return open.get(open.size() - 1).item();
    }

    private MailboxClaim claimOne() {
        List<MailboxClaim> claims = ledger.claim(fence, clock.instant(), LEASE, 10, 10);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private void commit(Transition... transitions) {
        ledger.commit(fence, List.of(transitions));
    }
}
