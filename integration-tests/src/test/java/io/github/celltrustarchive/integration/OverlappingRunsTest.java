// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static io.github.celltrustarchive.integration.RandomWorker.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.DeliveryPlace;
import io.github.celltrustarchive.testkit.ManualClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the numbers of runs are worth when several workers are at it, each in its own way, on one PostgreSQL. */
@Timeout(120)
final class OverlappingRunsTest {

    private static final int WORKERS = 4;
    private static final int RUNS = 4;
    private static final int STEPS = 12;

    private static PostgresServer server;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final Map<DeliveryPlace, AtomicInteger> concluded = new ConcurrentHashMap<>();

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

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("every run adds up, and each delivery is counted by one run, whoever worked at the same time")
    void everyRunAddsUpAndEachDeliveryIsCountedByOneRun(long seed) throws Exception {
        PGSimpleDataSource database = server.database("overlap_" + seed);
        atTheSameTime(database, seed);
        RunCounts drained;
        List<RunCounts> all = new ArrayList<>();
        try (JdbcLedger ledger = JdbcLedger.postgresql(database, clock)) {
            new RandomWorker("last", ledger, clock, seed, concluded).drain();
            long runs = number(database, "SELECT max(epoch) FROM run");
            for (long run = 1; run <= runs; run++) {
                RunCounts counts = ledger.counts(CONNECTOR, run);
                assertThat(counts.addsUp()).as("run %d: %s", run, counts).isTrue();
                all.add(counts);
            }
            drained = all.get(all.size() - 1);
            assertThat(ledger.nextDue(CONNECTOR)).isEmpty();
        }

        assertThat(drained.pending()).isZero();
        assertThat(concluded.values()).extracting(AtomicInteger::get).containsOnly(1);
        assertThat(all.stream()
                        .mapToLong(run -> run.imported() + run.partiallyImported() + run.skipped())
                        .sum())
                .isEqualTo(concluded.size())
                .isEqualTo(number(database, "SELECT count(*) FROM delivery WHERE state = 'DELIVERED'"));
        assertThat(LedgerVerifier.postgresql(database).problems()).isEmpty();
    }

    private void atTheSameTime(PGSimpleDataSource database, long seed) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Callable<Boolean>> workers = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                String name = "host-" + i;
                long own = seed * 1_000 + i;
                workers.add(() -> {
                    try (JdbcLedger ledger = JdbcLedger.postgresql(database, clock)) {
                        new RandomWorker(name, ledger, clock, own, concluded).work(RUNS, STEPS);
                        return true;
                    }
                });
            }
            for (Future<Boolean> worker : pool.invokeAll(workers)) {
                assertThat(worker.get()).isTrue();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(number(database, """
                SELECT count(*) FROM audit_event WHERE type = 'DeliveryUnknown' AND body LIKE '%is gone%'""")).as("takeovers").isPositive();
    }

    private static long number(PGSimpleDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
