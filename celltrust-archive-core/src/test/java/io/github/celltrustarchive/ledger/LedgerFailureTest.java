// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static io.github.celltrustarchive.ledger.Samples.mapped;
import static io.github.celltrustarchive.ledger.Samples.pack;
import static io.github.celltrustarchive.ledger.Samples.staged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.Transition;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerFailureTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String CONNECTOR = "celltrust";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final LockingStorage storage = new LockingStorage();
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("ledger.db");
    }

    @Test
    void secondProcessIsRefusedWithTheHolderNamed() {
        try (JdbcLedger first = JdbcLedger.sqlite(file, storage, clock)) {
            assertThat(first.unsweptSince(CONNECTOR)).isEqualTo(1);
            assertThatThrownBy(() -> JdbcLedger.sqlite(folder.resolve("./ledger.db"), storage, clock))
                    .isInstanceOfSatisfying(
                            ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        JdbcLedger.sqlite(file, storage, clock).close();
    }

    @Test
    void newerSchemaIsRefused() throws SQLException {
        JdbcLedger.sqlite(file, storage, clock).close();
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            statement.execute("UPDATE ledger_schema SET version = 99");
        }

        assertThatThrownBy(() -> JdbcLedger.sqlite(file, storage, clock))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("99");
        assertThatThrownBy(() -> JdbcLedger.sqlite(file, storage, clock))
                .as("the lock is free again")
                .hasMessageContaining("99");
    }

    @Test
    void ledgerWhoseTrailLostItsEndIsNotOpened() throws SQLException {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            Fence fence = ledger.open(CONNECTOR, "host", "run");
            ledger.commit(fence, List.of(new Transition.AlarmRaised("look")));
        }
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = raw.createStatement()) {
            statement.execute("DROP TRIGGER audit_event_never_deleted");
            statement.execute("DELETE FROM audit_event WHERE seq = 2");
        }

        assertThatThrownBy(() -> JdbcLedger.sqlite(file, storage, clock))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("seq 2");
    }

    @Test
    @DisplayName("invariant 12: after a kill, what was begun is unknown, what the dead process held is free")
    void beginningOfADeadProcessIsUnknownToTheNext() {
        JdbcLedger dead = JdbcLedger.sqlite(file, storage, clock);
        Fence first = dead.open(CONNECTOR, "host-1", "run");
        dead.lead(first, LEASE);
        dead.commit(first, List.of(new Transition.PackStaged(pack("p1")), staged("p1", "m1", "+1")));
        long item = dead.openItems(first, clock.instant(), null, 0, 1).get(0).item();
        dead.commit(first, List.of(mapped(item, 0, "ann")));
        long mailbox = dead.claim(first, clock.instant(), LEASE, 1, 1).get(0).mailboxNumber();
        dead.commit(first, List.of(new Transition.DeliveryIntended(item, mailbox, 1)));
        storage.killHolders();

        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            Fence second = ledger.open(CONNECTOR, "host-1", "run");
            ledger.lead(second, LEASE);
            assertThat(ledger.nextDue(CONNECTOR))
                    .hasValueSatisfying(due -> assertThat(due).isBeforeOrEqualTo(clock.instant()));
            MailboxClaim claim =
                    ledger.claim(second, clock.instant(), LEASE, 1, 1).get(0);
            assertThat(claim.due()).singleElement().satisfies(due -> {
                assertThat(due.unknown()).isTrue();
                assertThat(due.attempts()).isEqualTo(1);
                assertThat(due.lookedAt()).isNull();
            });
            assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
        }
    }

    @Test
    @DisplayName("invariant 13: of callers who commit at the same time, each takes effect wholly or not at all")
    void callersWhoCommitAtTheSameTimeTakeEffectWhollyOrNotAtAll() throws Exception {
        int callers = 40;
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            Fence fence = ledger.open(CONNECTOR, "host", "run");
            ledger.lead(fence, LEASE);
            List<Callable<Boolean>> commits = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String pack = "p" + i;
                boolean good = i % 2 == 0;
                Transition last = good ? staged(pack, "m" + i, "+1") : new Transition.ParticipantExternal(-1, 0);
                commits.add(() -> {
                    try {
                        ledger.commit(
                                fence,
                                List.of(new Transition.PackStaged(pack(pack)), staged(pack, "n" + pack, "+1"), last));
                        return good;
                    } catch (IllegalStateException e) {
                        return !good;
                    }
                });
            }
            for (Future<Boolean> asExpected : pool.invokeAll(commits)) {
                assertThat(asExpected.get()).isTrue();
            }
            for (int i = 0; i < callers; i++) {
                assertThat(ledger.packKnown(CONNECTOR, "p" + i)).isEqualTo(i % 2 == 0);
            }
            assertThat(ledger.totals(CONNECTOR).listed()).isEqualTo(callers);
            assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void interruptLosesNoAnswerAndStaysPending() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            Fence fence = ledger.open(CONNECTOR, "host", "run");
            Thread.currentThread().interrupt();
            ledger.commit(fence, List.of(new Transition.AlarmRaised("look")));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(LedgerVerifier.sqlite(file).auditRows()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName(
            "invariant 14: after a failed commit the handle does nothing more, and a new one knows what was committed")
    void failedCommitEndsTheHandle() {
        for (int failing = 1; failing <= 8; failing++) {
            Path own = folder.resolve("ledger-" + failing + ".db");
            AtomicInteger commits = new AtomicInteger(Integer.MIN_VALUE);
            JdbcLedger ledger =
                    JdbcLedger.open(new FailingDatabase(SqliteFile.lock(own, storage, clock), commits, failing), clock);
            Fence fence = ledger.open(CONNECTOR, "host", "run");
            commits.set(0);
            int committed = 0;
            while (committed < 20) {
                try {
                    ledger.commit(fence, List.of(new Transition.AlarmRaised("alarm " + committed)));
                    committed++;
                } catch (ArchiveException e) {
                    assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP);
                    break;
                }
            }
            assertThat(committed).isEqualTo(failing - 1);
            assertThatThrownBy(() -> ledger.commit(fence, List.of(new Transition.AlarmRaised("after"))))
                    .isInstanceOf(ArchiveException.class);
            assertThatThrownBy(() -> ledger.checkpoint(CONNECTOR)).isInstanceOf(ArchiveException.class);
            assertThat(commits).as("nothing was tried again").hasValue(failing);
            ledger.close();
            ledger.close();
            JdbcLedger.sqlite(own, storage, clock).close();
            assertThat(LedgerVerifier.sqlite(own).problems()).isEmpty();
            assertThat(LedgerVerifier.sqlite(own).auditRows()).isEqualTo(1 + committed);
        }
    }

    @Test
    @DisplayName("invariant 16: who has lost a claim commits nothing more")
    void lateCommitOfAFencedWorkerIsRefused() {
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            Fence first = ledger.open(CONNECTOR, "host-1", "run");
            ledger.lead(first, LEASE);
            ledger.commit(first, List.of(new Transition.PackStaged(pack("p1")), staged("p1", "m1", "+1")));
            long item =
                    ledger.openItems(first, clock.instant(), null, 0, 1).get(0).item();
            ledger.commit(first, List.of(mapped(item, 0, "ann")));
            long mailbox =
                    ledger.claim(first, clock.instant(), LEASE, 1, 1).get(0).mailboxNumber();
            ledger.commit(first, List.of(new Transition.DeliveryIntended(item, mailbox, 1)));
            Fence second = ledger.open(CONNECTOR, "host-2", "deliver");
            assertThat(ledger.claim(second, clock.instant(), LEASE, 1, 1)).isEmpty();
            clock.advance(LEASE);

            List<ClaimedDelivery> taken =
                    ledger.claim(second, clock.instant(), LEASE, 1, 1).get(0).due();
            assertThat(taken).singleElement().matches(ClaimedDelivery::unknown);
            assertThatThrownBy(() ->
                            ledger.commit(first, List.of(new Transition.DeliveryHeld(item, mailbox, "late", null))))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("run 2");
            assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
        }
    }

    /** A database whose n-th commit fails as a full disk would make it fail. */
    private record FailingDatabase(Database real, AtomicInteger commits, int failing) implements Database {

        @Override
        public Connection connect() throws SQLException {
            Connection connection = real.connect();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("commit") && commits.incrementAndGet() == failing) {
                            throw new SQLException("disk I/O error");
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Dialect dialect() {
            return real.dialect();
        }

        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
