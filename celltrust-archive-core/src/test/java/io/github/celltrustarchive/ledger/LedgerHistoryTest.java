// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.ledger;

import static io.github.celltrustarchive.ledger.RandomHistory.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LedgerHistoryTest {
    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final LockingStorage storage = new LockingStorage();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    @DisplayName("invariants 1, 2, 12, 19, 20: whatever happens, all adds up and the audit trail tells it")
    void whateverHappensAllAddsUpAndTheAuditTrailTellsIt(long seed) {
        Path file = folder.resolve("ledger.db");
        Random random = new Random(seed);
        JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock);
        RandomHistory history = new RandomHistory(seed, clock, ledger);
        for (int step = 0; step < 100; step++) {
            history.step();
            if (random.nextInt(15) == 0) {
                history.nextRun();
            } else if (random.nextInt(25) == 0) {
                storage.killHolders();
                ledger = JdbcLedger.sqlite(file, storage, clock);
                history.restart(ledger);
            }
            everyRunAddsUp(ledger, history.run());
        }
        assertThat(ledger.checkpoint(CONNECTOR)).isEqualTo(history.expectedCheckpoint());
        assertThat(ledger.totals(CONNECTOR).listed()).isPositive();
        assertThat(ledger.totals(CONNECTOR).addsUp()).isTrue();
        assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
        ledger.close();
        assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("runs that overlap: what each says it had to do is what it decided and what was open when it ended")
    void everyRunAddsUpWhereRunsOverlap(long seed) {
        Path file = folder.resolve("ledger.db");
        Random random = new Random(seed);
        try (JdbcLedger ledger = JdbcLedger.sqlite(file, storage, clock)) {
            RandomHistory collecting = new RandomHistory(seed, clock, ledger);
            RandomHistory delivering = collecting.beside(seed + 100);
            for (int step = 0; step < 120; step++) {
                (random.nextInt(3) == 0 ? collecting : delivering).step();
                if (random.nextInt(8) == 0) {
                    (random.nextBoolean() ? collecting : delivering).nextRun();
                } else if (random.nextInt(20) == 0) {
                    delivering = collecting.beside(seed + step); // the one before is broken off
                }
                long newest = Math.max(collecting.run(), delivering.run());
                for (long run = Math.max(1, newest - 3); run <= newest; run++) {
                    RunCounts counts = ledger.counts(CONNECTOR, run);
                    assertThat(counts.addsUp()).as("run %d: %s", run, counts).isTrue();
                }
            }
        }
        assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
    }

    private static void everyRunAddsUp(JdbcLedger ledger, long last) {
        for (long run = Math.max(1, last - 1); run <= last; run++) {
            RunCounts counts = ledger.counts(CONNECTOR, run);
            assertThat(counts.addsUp()).as("run %d: %s", run, counts).isTrue();
        }
        try (Stream<RunFailure> failures = ledger.failures(CONNECTOR, last)) {
            assertThat(failures.count())
                    .isEqualTo(ledger.counts(CONNECTOR, last).failed());
        }
    }
}
