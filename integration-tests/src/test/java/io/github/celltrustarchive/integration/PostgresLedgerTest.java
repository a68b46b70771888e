// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.CompletedRun;
import io.github.celltrustarchive.model.ContentLocation;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.HeldItem;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.ParticipantPlace;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Transition;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresLedgerTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final String CONNECTOR = "celltrust";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final URI PACK = URI.create("https://stage.invalid/pack-1.zip");
    private static PostgresServer server;
    private static int databases;

    private PGSimpleDataSource database;
    private JdbcLedger first;
    private JdbcLedger second;
    private Fence one;
    private Fence two;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open(TestInfo test) throws SQLException {
        database = server.database("ledger_" + databases++);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        first = JdbcLedger.postgresql(database, clock);
        second = JdbcLedger.postgresql(database, clock);
        one = first.open(CONNECTOR, "host-1", "run");
        two = second.open(CONNECTOR, "host-2", "run");
        first.lead(one, LEASE);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        assertThat(LedgerVerifier.postgresql(database).problems()).isEmpty();
    }

    @Test
    void aLookBeforeARunComparesClocksAndAsksWhetherCommitsAreForced() {
        try (JdbcLedger ledger = JdbcLedger.postgresql(database, Clock.systemUTC())) {
            assertThat(ledger.preflight()).hasSize(3).extracting(Check::status).containsOnly(Check.Status.PASS);
        }
        assertThat(first.preflight()) // its clock stands still since March
                .filteredOn(check -> check.status() == Check.Status.FAIL)
                .singleElement()
                .satisfies(check -> assertThat(check.what()).startsWith("the clock of the database server"));
    }

    @Test
    void theLastRunThatCameToItsEndIsKnownToEveryWorker() {
        assertThat(second.lastCompleted(CONNECTOR, "run")).isEmpty();

        first.commit(one, List.of(new Transition.RunFinished(false, first.counts(CONNECTOR, one.epoch()))));
        second.commit(two, List.of(new Transition.RunFinished(true, second.counts(CONNECTOR, two.epoch()))));

        assertThat(second.lastCompleted(CONNECTOR, "run")).contains(new CompletedRun(one.epoch(), "run", NOW, NOW));
        assertThat(second.lastCompleted(CONNECTOR, "collect")).isEmpty();
        assertThat(second.lastCompleted("another", "run")).isEmpty();
    }

    @Test
    void wholePathOfAMessageWithAnyCharacters() {
        String odd = "nul\u0000 lone\ud83d pair\ud83d\ude00 back\\slash";
        stage(List.of(envelope(0, odd, odd)));
        long item = plan(1);
        MailboxClaim claim = second.claim(two, NOW, LEASE, 10, 10).get(0);
        assertThat(claim.due().get(0).staged().envelope()).isEqualTo(envelope(0, odd, odd));
        second.commit(
                two,
                List.of(
                        new Transition.DeliveryIntended(item, claim.mailboxNumber(), 1),
                        new Transition.DeliveryHeld(item, claim.mailboxNumber(), "mailbox " + odd, null)));

        try (Stream<RunFailure> failures = first.failures(CONNECTOR, two.epoch())) {
            assertThat(failures).containsExactly(new RunFailure(odd, "+0", "user0@example.com", "mailbox " + odd));
        }
        assertThat(first.checkpoint(CONNECTOR)).isEqualTo(new Checkpoint("page-1"));
        assertThat(first.totals(CONNECTOR)).isEqualTo(new ItemTotals(1, 0, 0, 1, 0, 0));
        assertThat(first.nextDue(CONNECTOR)).isEmpty();
    }

    @Test
    @DisplayName("invariant 16: held deliveries and participants are released while another worker is at work")
    void releaseWhileAnotherWorkerIsAtWork() {
        stage(List.of(envelope(0, "m1", "hello"), envelope(0, "m2", "hello"), envelope(1, "m3", "hello")));
        plan(3);
        MailboxClaim claim = first.claim(one, NOW, LEASE, 1, 10).get(0);
        long held = claim.due().get(0).item();
        first.commit(
                one,
                List.of(
                        new Transition.DeliveryIntended(held, claim.mailboxNumber(), 1),
                        new Transition.DeliveryHeld(held, claim.mailboxNumber(), "100% full_", "draft-7")));
        Selection full = Selection.all().reason("100% FULL_").recordedFrom(NOW).recordedBefore(NOW.plusSeconds(1));
        assertThat(second.heldDeliveries(two, Selection.all().reason("100%%"), null, 10))
                .isEmpty();
        List<DeliveryPlace> found = second.heldDeliveries(two, full, null, 10);
        assertThat(found).containsExactly(new DeliveryPlace(held, claim.mailboxNumber()));

        second.commit(
                two,
                List.of(
                        new Transition.CommandGiven("release", "jo", full),
                        new Transition.DeliveryReleased(held, claim.mailboxNumber(), "jo")));

        assertThat(second.heldDeliveries(two, full, null, 10)).isEmpty();
        first.release(one, claim.mailboxNumber());
        ClaimedDelivery due = first.claim(one, NOW, LEASE, 10, 10).stream()
                .flatMap(c -> c.due().stream())
                .filter(d -> d.item() == held)
                .findFirst()
                .orElseThrow();
        assertThat(due.unknown()).isTrue();
        assertThat(due.attempts()).isEqualTo(1);
        assertThat(due.attemptsBefore()).isEqualTo(1);
        assertThat(due.incompleteReference()).isEqualTo("draft-7");
    }

    @Test
    void releasedItemGivesItsKeyToTheOneThatStandsForIt() {
        Envelope mended = envelope(0, "m1", "hello");
        ItemIdentity identity = new ItemIdentity("m1", mended.key());
        first.commit(
                one,
                List.of(
                        new Transition.PackStaged(pack()),
                        new Transition.ItemHeld(mended.key(), "m1", 1, "no such kind", at(0))));
        HeldItem held =
                first.heldItems(two, Selection.all().sourceId("m1"), 0, 10).get(0);
        assertThat(first.heldItems(one, Selection.all(), 0, 10)).isEmpty(); // held by this very run
        assertThatThrownBy(() ->
                        second.commit(two, List.of(new Transition.ItemReleased(held.item(), identity, false, "jo"))))
                .isInstanceOf(FencedException.class);

        assertThatThrownBy(() ->
                        first.commit(one, List.of(new Transition.ItemReleased(held.item(), identity, false, "jo"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no item with key");
        first.commit(
                one,
                List.of(
                        new Transition.ItemReleased(held.item(), identity, false, "jo"),
                        new Transition.ItemStaged(mended, 1, at(0), at(200))));

        assertThat(first.totals(CONNECTOR)).isEqualTo(new ItemTotals(1, 0, 1, 0, 0, 0));
        assertThat(first.heldItems(two, Selection.all(), 0, 10)).isEmpty();
        List<ParticipantPlace> unmapped = first.participants(two, Reopening.REMAP, Selection.all(), null, 10);
        assertThat(unmapped).isEmpty();
    }

    @Test
    void thereIsOneCollector() {
        assertThatThrownBy(() -> second.lead(two, LEASE))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining(
                        "worker host-1 (run, run 1, begun " + NOW + ", its lease lasts until " + NOW.plus(LEASE));
        assertThatThrownBy(() -> second.commit(two, List.of(new Transition.PackStaged(pack()))))
                .isInstanceOf(FencedException.class);
        first.unlead(one);
        second.lead(two, LEASE);
    }

    @Test
    @DisplayName("invariant 16: workers never share a mailbox, and each message is delivered once")
    void workersNeverShareAMailbox() throws Exception {
        int items = 60;
        List<Envelope> envelopes = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            envelopes.add(envelope(i % 12, "m" + i, "hello"));
        }
        stage(envelopes);
        plan(items);
        Map<Long, String> holders = new ConcurrentHashMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> workers = List.of(
                    () -> deliver(first, one, holders), () -> deliver(first, one, holders),
                    () -> deliver(second, two, holders), () -> deliver(second, two, holders));
            int delivered = 0;
            for (Future<Integer> worker : pool.invokeAll(workers)) {
                delivered += worker.get();
            }
            assertThat(delivered).isEqualTo(items);
        } finally {
            pool.shutdown();
        }
        assertThat(first.totals(CONNECTOR)).isEqualTo(new ItemTotals(items, items, 0, 0, 0, 0));
    }

    private static int deliver(JdbcLedger ledger, Fence fence, Map<Long, String> holders) {
        int delivered = 0;
        int idle = 0;
        while (idle < 20) {
            List<MailboxClaim> claims = ledger.claim(fence, NOW, LEASE, 2, 3);
            idle = claims.isEmpty() ? idle + 1 : 0;
            for (MailboxClaim claim : claims) {
                assertThat(holders.putIfAbsent(claim.mailboxNumber(), fence.worker()))
                        .isNull();
                for (ClaimedDelivery due : claim.due()) {
                    ledger.commit(
                            fence, List.of(new Transition.DeliveryIntended(due.item(), claim.mailboxNumber(), 1)));
                    ledger.commit(
                            fence,
                            List.of(new Transition.DeliveryConcluded(
                                    due.item(), claim.mailboxNumber(), new Receipt(Receipt.Status.IMPORTED, "uid"))));
                    delivered++;
                }
                holders.remove(claim.mailboxNumber());
                ledger.release(fence, claim.mailboxNumber());
            }
        }
        return delivered;
    }

    @Test
    @DisplayName("invariant 16: after a takeover the outcome is unknown, and the late commit is refused")
    void takeoverMakesTheOutcomeUnknownAndFencesTheOldWorker() {
        stage(List.of(envelope(0, "m1", "hello")));
        long item = plan(1);
        long mailbox = first.claim(one, NOW, LEASE, 1, 1).get(0).mailboxNumber();
        first.commit(one, List.of(new Transition.DeliveryIntended(item, mailbox, 1)));

        assertThat(second.claim(two, NOW, LEASE, 1, 1)).isEmpty();
        Instant later = NOW.plus(LEASE);
        MailboxClaim taken = second.claim(two, later, LEASE, 1, 1).get(0);

        assertThat(taken.due()).singleElement().matches(ClaimedDelivery::unknown);
        assertThatThrownBy(() -> first.commit(
                        one,
                        List.of(new Transition.DeliveryConcluded(
                                item, mailbox, new Receipt(Receipt.Status.IMPORTED, "uid")))))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("run 2");
        second.commit(
                two,
                List.of(new Transition.DeliveryConcluded(item, mailbox, new Receipt(Receipt.Status.IMPORTED, "uid"))));
    }

    @Test
    void bothWorkersMayMapTheSameItems() throws Exception {
        List<Envelope> envelopes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            envelopes.add(envelope(i % 5, "m" + i, "hello"));
        }
        stage(envelopes);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            for (Future<Boolean> done :
                    pool.invokeAll(List.<Callable<Boolean>>of(() -> map(first, one), () -> map(second, two)))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(first.claim(one, NOW, LEASE, 100, 100))
                .hasSize(5)
                .allSatisfy(claim -> assertThat(claim.due()).hasSize(8));
    }

    private static boolean map(JdbcLedger ledger, Fence fence) {
        List<OpenItem> open = ledger.openItems(fence, NOW, null, 0, 100);
        for (OpenItem item : open) {
            ledger.commit(fence, List.of(mapped(item)));
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET body = '{}' WHERE seq = 1",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "INSERT INTO audit_event VALUES (1, 1, 9, 'now', 'me', 'AlarmRaised', '{}', 'x')"
            })
    void auditTrailRefusesEveryChange(String tampering) {
        assertThatThrownBy(() -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(tampering);
                    }
                })
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("audit_event");
    }

    @Test
    @DisplayName("docs/audit-trail.md: SQL alone can recompute the chain")
    void chainCanBeRecomputedBySqlAlone() throws SQLException {
        stage(List.of(envelope(0, "m1", "hello"), envelope(1, "m2", "hello")));
        plan(2);

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT count(*), count(*) FILTER (WHERE e.hash = encode(sha256(convert_to(
                          coalesce(p.hash, e.body::json ->> 'anchorHash') || chr(10) || e.seq || chr(10) || e.at || chr(10)
                          || e.actor || chr(10) || e.type || chr(10) || e.body, 'UTF8')), 'hex'))
                        FROM audit_event e LEFT JOIN audit_event p
                          ON p.connector = e.connector AND p.epoch = e.epoch AND p.seq = e.seq - 1""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isEqualTo(8);
            assertThat(row.getLong(2)).isEqualTo(8);
        }
    }

    private void stage(List<Envelope> envelopes) {
        List<Transition> all = new ArrayList<>();
        all.add(new Transition.PackStaged(pack()));
        for (Envelope envelope : envelopes) {
            ContentLocation place = new ContentLocation(PACK, all.size(), 1, DIGEST);
            all.add(new Transition.ItemStaged(envelope, 1, place, place));
        }
        all.add(new Transition.CheckpointMoved(Checkpoint.START, new Checkpoint("page-1"), envelopes.size(), 0));
        first.commit(one, all);
    }

    private static ContentLocation at(long offset) {
        return new ContentLocation(PACK, offset, 1, DIGEST);
    }

    private static StagedObject pack() {
        return new StagedObject("pack-1", PACK, 1000, DIGEST);
    }

    /** Maps everybody; the number of the first item. */
    private long plan(int items) {
        List<OpenItem> open = first.openItems(one, NOW, null, 0, 1000);
        assertThat(open).hasSize(items);
        first.commit(one, open.stream().map(PostgresLedgerTest::mapped).toList());
        return open.get(0).item();
    }

    private static Transition mapped(OpenItem item) {
        String user = "user" + item.envelope().participants().get(0).phone().substring(1);
        return new Transition.ParticipantMapped(
                item.item(), 0, new Mailbox(user, user + "@example.com"), "Inbox/CellTrust", "csv:line 1");
    }

    private static Envelope envelope(int user, String sourceId, String subject) {
        String hex = String.format("%064x", sourceId.hashCode() & 0xFFFFFFFFL);
        return new Envelope(
                new ItemKey(hex),
                sourceId,
                null,
                subject,
                "SMS",
                Direction.INBOUND,
                null,
                NOW,
                NOW,
                List.of(Participant.ofPhone(ParticipantRole.FROM, "+" + user)),
                List.of());
    }
}
