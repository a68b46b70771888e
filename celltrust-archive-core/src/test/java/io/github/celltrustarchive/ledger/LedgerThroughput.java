// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.spi.ClaimedDelivery;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.MailboxClaim;
import io.github.celltrustarchive.spi.OpenItem;
import io.github.celltrustarchive.spi.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures a SQLite ledger: {@code main(folder, items)}. Not a test. */
final class LedgerThroughput {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final int PAGE = 500;
    private static final int GROUP = 50;
    private static final int MAILBOXES = 1000;

    private final JdbcLedger ledger;
    private final Fence fence;
    private final int items;

    private LedgerThroughput(JdbcLedger ledger, int items) {
        this.ledger = ledger;
        this.items = items;
        this.fence = ledger.open("celltrust", "host", "run");
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "ledger");
        Path file = folder.resolve("ledger.db");
        int items = Integer.parseInt(arguments[1]);
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, new LockingStorage(), Clock.systemUTC())) {
            LedgerThroughput run = new LedgerThroughput(ledger, items);
            ledger.lead(run.fence, Duration.ofHours(10));
            run.measure("items staged", items, run::stage);
            run.measure("participants mapped", 3L * items, run::map);
            run.measure("1,000 deliveries claimed (and released), 50 times", 50_000, run::claim);
            run.measure("delivery transitions", 4L * items, run::deliver);
            run.measure("counts", 1, () -> print(ledger.counts("celltrust", 1)));
            run.measure("totals", 1, () -> print(ledger.totals("celltrust")));
        }
        long start = System.nanoTime();
        LedgerVerification found = LedgerVerifier.sqlite(file);
        print(String.format(
                "verified %,d audit rows in %.1f s: %s; file %,d bytes",
                found.auditRows(), (System.nanoTime() - start) / 1e9, found.problems(), Files.size(file)));
    }

    private void measure(String what, long count, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        print(String.format("%s: %,d in %.2f s, %,.0f/s", what, count, seconds, count / seconds));
    }

    @SuppressWarnings("SystemOut")
    private static void print(Object line) {
        System.out.println(line);
    }

    private void stage() {
        for (int page = 0; page < items / PAGE; page++) {
            List<Transition> all = new ArrayList<>();
            String pack = "celltrust/0000001/" + page + ".zip";
            all.add(new Transition.PackStaged(Samples.pack(pack)));
            for (int i = 0; i < PAGE; i++) {
                int n = page * PAGE + i;
                String id = "A1B2C3D4-" + n;
                all.add(Samples.staged(pack, id, "+1647111" + n % MAILBOXES, "+1647111" + n % 77, "+44" + n));
            }
            all.add(Samples.moved(page == 0 ? "" : "page-" + (page - 1), "page-" + page, PAGE, 0));
            ledger.commit(fence, all);
        }
    }

    private void map() {
        long after = 0;
        while (true) {
            List<OpenItem> open = ledger.openItems(fence, Clock.systemUTC().instant(), null, after, PAGE);
            if (open.isEmpty()) {
                return;
            }
            List<Transition> all = new ArrayList<>();
            for (OpenItem item : open) {
                long n = item.item();
                all.add(Samples.mapped(n, 0, "user" + n % MAILBOXES));
                all.add(Samples.mapped(n, 1, "user" + (n + 77) % MAILBOXES));
                all.add(new Transition.ParticipantExternal(n, 2));
                after = n;
            }
            ledger.commit(fence, all);
        }
    }

    private void claim() {
        for (int i = 0; i < 50; i++) {
            for (MailboxClaim claim : ledger.claim(fence, Clock.systemUTC().instant(), LEASE, 10, 100)) {
                ledger.release(fence, claim.mailboxNumber());
            }
        }
    }

    private void deliver() {
        while (true) {
            List<MailboxClaim> claims = ledger.claim(fence, Clock.systemUTC().instant(), LEASE, 20, GROUP);
            if (claims.isEmpty()) {
                return;
            }
            for (MailboxClaim claim : claims) {
                List<Transition> begun = new ArrayList<>();
                List<Transition> done = new ArrayList<>();
                for (ClaimedDelivery due : claim.due()) {
                    begun.add(new Transition.DeliveryIntended(due.item(), claim.mailboxNumber(), 1));
                    done.add(new Transition.DeliveryConcluded(
                            due.item(),
                            claim.mailboxNumber(),
                            new Receipt(Receipt.Status.IMPORTED, "uid-" + due.item())));
                }
                ledger.commit(fence, begun);
                ledger.commit(fence, done);
                ledger.release(fence, claim.mailboxNumber());
            }
        }
    }
}
