// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.internal;

import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.MailboxClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Maps, then delivers mailbox by mailbox until nothing is due. While something becomes due within the patience it waits for
 * it; what is due later is left to a later run.
 */
final class DeliveryLoop {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final RunContext run;
    private final Ledger ledger;
    private final MappingLoop mapping;
    private Instant deadline;

    DeliveryLoop(RunContext run) {
        this.run = run;
        this.ledger = run.parts().ledger();
        this.mapping = new MappingLoop(run);
        this.deadline = run.now();
    }

    void run() throws InterruptedException {
        madeProgress();
        mapping.mapAll();
        try (MailboxWorkers workers = new MailboxWorkers(run)) {
            while (!run.stopping() && !workers.failed()) {
                int free = workers.free();
                List<MailboxClaim> claims = free == 0 ? List.of() : claim(free);
                for (MailboxClaim claim : claims) {
                    workers.deliver(claim);
                }
                if (!claims.isEmpty()) {
                    madeProgress();
                } else if (workers.busy()) {
                    workers.awaitOne();
                    madeProgress();
                } else if (!waitForWork()) {
                    break;
                }
            }
            workers.finish();
        }
    }

    private List<MailboxClaim> claim(int mailboxes) {
        return ledger.claim(
                run.fence(),
                run.now(),
                run.options().lease(),
                mailboxes,
                run.options().deliveriesPerClaim());
    }

    private void madeProgress() {
        deadline = run.now().plus(run.options().patience());
    }

    /** Whether there may be work now, having waited for it. */
    private boolean waitForWork() throws InterruptedException {
        Optional<Instant> due = ledger.nextDue(run.connector());
        if (due.isEmpty() || due.get().isAfter(deadline) || !run.now().isBefore(deadline)) {
            return false;
        }
        Instant soonest = run.now().plus(POLL); // due now, yet not to be had: its owner or the directory is busy
        run.sleepUntil(due.get().isAfter(run.now()) ? due.get() : soonest);
        mapping.mapDue();
        return true;
    }
}
