// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static io.github.celltrustarchive.testkit.contract.LedgerValues.CONNECTOR;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.TEXT;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.imported;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.intended;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.key;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.moved;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.packStaged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.staged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.ItemIdentity;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.Reopening;
import io.github.celltrustarchive.spi.Sighting;
import io.github.celltrustarchive.spi.Transition;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The rules of {@link Ledger}, {@code ledger.1} to {@code ledger.45} of {@code docs/rules.md}.
 *
 * <p>A subclass opens an empty ledger for each test; the contract closes it:
 *
 * <pre>{@code
 * class MyLedgerContractTest extends LedgerContract {
 *
 *     @TempDir
 *     Path folder;
 *
 *     protected Ledger open(Clock clock) {
 *         return new MyLedger(folder, clock);
 *     }
 *
 *     protected Optional<Ledger> reopen(Clock clock) { // may be left out, as may breakDown()
 *         return Optional.of(new MyLedger(folder, clock));
 *     }
 * }
 * }</pre>
 *
 * <p>Whoever needs a ledger for tests of something else takes {@code JdbcLedger} with a SQLite file in a temporary folder:
 * it is made in a moment, needs no server and keeps every rule.
 */
public abstract class LedgerContract extends LedgerReportRules {

    /** For subclasses. */
    protected LedgerContract() {}

    /**
     * Opens an empty ledger. Called once before each test.
     *
     * @param clock for leases and for when things were recorded; it stands still until a test moves it
     */
    protected abstract Ledger open(Clock clock) throws Exception;

    /**
     * Opens the ledger that {@link #open} opened once more, after it was closed, as a process started later would. Default:
     * empty, for a ledger that ends with its handle, and skips {@code ledger.39}.
     */
    protected Optional<Ledger> reopen(Clock clock) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes every commit of the open ledger fail (database gone, disk full) until the result is closed, which mends it.
     * Default: skips {@code ledger.42}.
     */
    protected AutoCloseable breakDown() throws Exception {
        return Assumptions.abort("ledger.42 is skipped: breakDown() isn't overridden");
    }

    @Override
    final Ledger empty(Clock time) throws Exception {
        return open(time);
    }

    @Test
    @Rule("ledger.38")
    final void ledger38_threadsMayCommitAndReadAtOnceAndNobodySeesHalfACommit() throws Exception {
        AtomicInteger number = new AtomicInteger();
        List<Long> listed = Elsewhere.inThreads(10, () -> {
            String name = "m" + number.incrementAndGet();
            commit(packStaged(name), staged(name, name + "a", "+1"), staged(name, name + "b", "+1", "+2"));
            assertTrue(ledger.counts(CONNECTOR, fence.epoch()).addsUp());
            return ledger.totals(CONNECTOR).listed();
        });

        assertEquals(List.of(), listed.stream().filter(items -> items % 2 != 0).toList());
        assertEquals(2L * number.get(), ledger.totals(CONNECTOR).listed());
        assertEquals(2 * number.get(), openItems().size());
        assertEquals(
                new RunCounts(0, 3L * number.get(), 0, 0, 0, 0, 3L * number.get()),
                ledger.counts(CONNECTOR, fence.epoch()));
    }

    @Test
    @Rule("ledger.39")
    final void ledger39_laterLedgerKnowsAllThatWasCommitted() throws Exception {
        long done = plan("m1", "ann");
        long begun = plan("m2", "ann");
        stage("m3", "+1");
        commit(moved("", "page-1", 3, 0));
        long ann = claimOne(fence).mailboxNumber();
        commit(intended(done, ann, 1), imported(done, ann), intended(begun, ann, 1));
        ledger.swept(fence, 1);
        RunCounts counts = ledger.counts(CONNECTOR, fence.epoch());
        ledger.close();
        Optional<Ledger> later = reopen(clock);
        Capability.require(later.isPresent(), "ledger.39", "reopen() opens no other ledger");

        ledger = later.orElseThrow();
        clock.advance(LEASE);
        assertEquals(new Checkpoint("page-1"), ledger.checkpoint(CONNECTOR));
        assertEquals(
                List.of(new Sighting(true, 1)),
                ledger.sightings(CONNECTOR, List.of(new ItemIdentity("m1", key("m1", TEXT)))));
        assertEquals(counts, ledger.counts(CONNECTOR, fence.epoch()));
        assertTrue(ledger.packKnown(CONNECTOR, "of-m1"));
        Fence next = secondRun();
        assertEquals(fence.epoch() + 1, next.epoch());
        ledger.lead(next, LEASE);
        assertEquals(List.of("m3"), sourceIds(openItems()));
        var due = claimOne(next).due();
        assertEquals(1, due.size());
        assertEquals(begun, due.get(0).item());
        assertTrue(due.get(0).unknown());
    }

    @Test
    @Rule("ledger.40")
    final void ledger40_secondCloseDoesNothing() {
        stage("m1", "+1");

        ledger.close();
        ledger.close();
    }

    @Test
    @Rule("ledger.41")
    final void ledger41_closedLedgerRefusesEverythingWithStop() {
        ledger.close();

        assertStops();
    }

    @Test
    @Rule("ledger.42")
    final void ledger42_ledgerThatCannotCommitIsDeadFromThenOn() throws Exception {
        stage("m1", "+1");
        try (AutoCloseable broken = breakDown()) {
            assertStop(() -> commit(packStaged("p2")));
        }

        assertStops();
    }

    private void assertStops() {
        assertStop(() -> ledger.open(CONNECTOR, "worker-1", "run"));
        assertStop(() -> ledger.lead(fence, LEASE));
        assertStop(() -> ledger.unlead(fence));
        assertStop(() -> ledger.checkpoint(CONNECTOR));
        assertStop(() -> ledger.sightings(CONNECTOR, List.of(new ItemIdentity("m1", key("m1", TEXT)))));
        assertStop(() -> commit(new Transition.AlarmRaised("late")));
        assertStop(this::openItems);
        assertStop(() -> ledger.heldItems(fence, Selection.all(), 0, 1));
        assertStop(() -> ledger.participants(fence, Reopening.REMAP, Selection.all(), null, 1));
        assertStop(() -> ledger.heldDeliveries(fence, Selection.all(), null, 1));
        assertStop(() -> claim(fence));
        assertStop(() -> ledger.release(fence, 1));
        assertStop(() -> ledger.nextDue(CONNECTOR));
        assertStop(() -> ledger.unsweptSince(CONNECTOR));
        assertStop(() -> ledger.packKnown(CONNECTOR, "p1"));
        assertStop(() -> ledger.swept(fence, 1));
        assertStop(() -> ledger.counts(CONNECTOR, fence.epoch()));
        assertStop(() -> ledger.failures(CONNECTOR, fence.epoch()).close());
        assertStop(() -> ledger.totals(CONNECTOR));
    }

    private static void assertStop(Executable call) {
        ArchiveException refusal = assertThrows(ArchiveException.class, call);
        assertEquals(ArchiveException.Remedy.STOP, refusal.remedy());
    }
}
