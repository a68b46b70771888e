// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static io.github.celltrustarchive.testkit.contract.LedgerValues.CONNECTOR;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.mapped;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.packStaged;
import static io.github.celltrustarchive.testkit.contract.LedgerValues.staged;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Transition;
import io.github.celltrustarchive.testkit.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every test of {@link LedgerContract} starts from: an empty ledger and a run that has the collect lease. */
abstract class LedgerStory {

    static final Duration LEASE = Duration.ofMinutes(5);

    /** The number of an item or mailbox that isn't recorded. */
    static final long NOBODY = Integer.MAX_VALUE;

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T08:00:00Z"));
    Ledger ledger;
    Fence fence;

    @SuppressWarnings("NullAway.Init") // opened before each test
    LedgerStory() {}

    /** Opens an empty ledger. */
    abstract Ledger empty(Clock time) throws Exception;

    @BeforeEach
    final void openLedger() throws Exception {
        ledger = empty(clock);
        fence = ledger.open(CONNECTOR, "worker-1", "run");
        ledger.lead(fence, LEASE);
    }

    @AfterEach
    final void closeLedger() {
        ledger.close();
    }

    final Fence secondRun() {
        return ledger.open(CONNECTOR, "worker-2", "run");
    }

    final void commit(Transition... transitions) {
        ledger.commit(fence, List.of(transitions));
    }

    /** Records an item, in a pack of its own, whose participants have these numbers. */
    final long stage(String sourceId, String... phones) {
        commit(packStaged("of-" + sourceId), staged("of-" + sourceId, sourceId, phones));
        return openItems().stream()
                .filter(item -> item.envelope().sourceId().equals(sourceId))
                .findFirst()
                .orElseThrow()
                .item();
    }

    /** Records an item that is to be delivered to these mailboxes. */
    final long plan(String sourceId, String... mailboxes) {
        long item = stage(sourceId, mailboxes);
        for (int i = 0; i < mailboxes.length; i++) {
            commit(mapped(item, i, mailboxes[i]));
        }
        return item;
    }

    final List<OpenItem> openItems() {
        return ledger.openItems(fence, clock.instant(), null, 0, 100);
    }

    final List<MailboxClaim> claim(Fence worker) {
        return ledger.claim(worker, clock.instant(), LEASE, 10, 10);
    }

    final MailboxClaim claimOne(Fence worker) {
        List<MailboxClaim> claims = claim(worker);
        assertEquals(1, claims.size(), "mailboxes claimed");
        return claims.get(0);
    }

    static List<String> sourceIds(List<OpenItem> items) {
        return items.stream().map(item -> item.envelope().sourceId()).toList();
    }

    static List<String> mailboxIds(List<MailboxClaim> claims) {
        return claims.stream().map(claim -> claim.mailbox().id()).toList();
    }
}
