// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.CrashPoint;
import io.github.celltrustarchive.testkit.CrashingLedger;
import io.github.celltrustarchive.testkit.CrashingSink;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.SimulatedCrash;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFaults;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive job with faults on every kind of call, in virtual time: at its end every message is in every mailbox exactly once,
 * no draft, with its times and all its attachments. A failing seed is named; {@code -Dcelltrust.archive.seed=N} runs it alone.
 */
class SeededFaultsTest {

    private static final int MESSAGES = 60;
    private static final int MOST_RUNS = 300;
    private static final Duration LATEST = Duration.ofSeconds(50); // the sink's settle time is 60 seconds

    @TempDir
    static Path scratch;

    private static LoopbackTls tls;
    private static ArchivedDay day;

    private final Map<GraphFault.Kind, Long> fired = new EnumMap<>(GraphFault.Kind.class);
    private final Map<String, Integer> faultyCalls = new ConcurrentHashMap<>();
    private final AtomicInteger tokensWithheld = new AtomicInteger();
    private final AtomicInteger tokensExpired = new AtomicInteger();
    private int stops;
    private int crashes;

    @BeforeAll
    static void prepare() throws Exception {
        tls = LoopbackTls.create(scratch);
        day = new ArchivedDay(MESSAGES);
    }

    @Test
    void withoutFaultsOneRunIsEnough() throws Exception {
        assertThat(archive(0, GraphFaults.none(), 0)).isEqualTo(1);
    }

    @Test
    @Tag("ci")
    @DisplayName("reliability rows 8 to 12: whatever goes wrong on whatever call, each message is in each mailbox once")
    void fiftyHistoriesOfFaultsEndWithEveryMessageOnce() throws Exception {
        archive(LongStream.rangeClosed(1, 50));
    }

    @Test
    @Tag("nightly")
    void aThousandHistoriesOfFaultsEndWithEveryMessageOnce() throws Exception {
        archive(LongStream.rangeClosed(51, 1_050));
    }

    private void archive(LongStream seeds) throws Exception {
        Long only = Long.getLong("celltrust.archive.seed");
        long[] all = only == null ? seeds.toArray() : new long[] {only};
        for (long seed : all) {
            double probability = new double[] {0.05, 0.15, 0.4}[(int) (seed % 3)];
            try {
                archive(seed, GraphFaults.seeded(seed, probability, LATEST), 0.003);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        System.out.println(all.length + " seeds: " + fired + ", on " + new TreeMap<>(faultyCalls) + ", tokens withheld "
                + tokensWithheld + " times, ended early " + tokensExpired + " times, " + stops + " runs stopped, "
                + crashes + " died");
        if (only == null) {
            requireThatEverythingWentWrong();
        }
    }

    private void requireThatEverythingWentWrong() {
        for (GraphFault.Kind kind : GraphFault.Kind.values()) {
            if (kind != GraphFault.Kind.NONE) {
                assertThat(fired).as("faults that happened").containsKey(kind);
            }
        }
        assertThat(faultyCalls.keySet())
                .as("calls that went wrong")
                .contains(
                        "directory",
                        "folder found",
                        "folder made",
                        "message created",
                        "message looked up",
                        "attachments listed",
                        "attachment added",
                        "session opened",
                        "chunk sent",
                        "session asked",
                        "message marked");
        assertThat(tokensWithheld).as("tokens withheld").hasPositiveValue();
        assertThat(tokensExpired).as("tokens ended early").hasPositiveValue();
        assertThat(crashes).as("runs that died").isPositive();
    }

    /** Returns how many runs it took. */
    private int archive(long seed, GraphFaults faults, double tokenFaults) throws Exception {
        Path folder = Files.createTempDirectory(scratch, "seed-" + seed + "-");
        try (GraphArchive world = new GraphArchive(tls, folder, ArchivedDay.PEOPLE, GraphThrottling.ofDefaults())) {
            SplittableRandom random = new SplittableRandom(seed);
            int inFlight = 1 + random.nextInt(4);
            world.graph.faults(counting(world, faults, seed, tokenFaults));
            int runs = runToTheEnd(world, inFlight, random, withheld(world.tokens(), seed, tokenFaults), seed != 0);
            world.graph.faults(GraphFaults.none());
            world.letEverythingSettle();
            check(world, inFlight);
            world.graph.faultCounts().forEach((kind, times) -> fired.merge(kind, times, Long::sum));
            return runs;
        } finally {
            delete(folder);
        }
    }

    /** Each run is a new process or goes on with the sink that there is, has more or less patience, and starts sooner or later. */
    private int runToTheEnd(
            GraphArchive world, int inFlight, SplittableRandom random, TokenSource tokens, boolean crashing)
            throws Exception {
        MailboxSink sink = world.sink(tokens).inFlightPerMailbox(inFlight).build();
        for (int run = 1; run <= MOST_RUNS; run++) {
            boolean dies = crashing && random.nextInt(3) == 0;
            CrashPoint crash = dies ? CrashPoint.at(1 + random.nextInt(300)) : CrashPoint.never();
            RunCounts counts = run(world, sink, tokens, Duration.ofSeconds(random.nextInt(4) * 40L), crash);
            if (counts != null && counts.pending() == 0) {
                return run;
            }
            if (crash.crashed() || random.nextBoolean()) {
                sink = world.sink(tokens).inFlightPerMailbox(inFlight).build();
            }
            world.clock.advance(Duration.ofSeconds((long) random.nextInt(10) * random.nextInt(60)));
        }
        throw new AssertionError("not done after " + MOST_RUNS + " runs: " + world.deliveryStates() + world.reasons());
    }

    /** Null if it was stopped, as by a token that was refused twice, or died; its operator starts it again. */
    private RunCounts run(GraphArchive world, MailboxSink sink, TokenSource tokens, Duration patience, CrashPoint crash)
            throws InterruptedException {
        try (JdbcLedger ledger = world.openLedger()) {
            ArchivePipeline pipeline = world.pipeline(
                            day.records(), new CrashingSink(sink, crash), tokens, new CrashingLedger(ledger, crash))
                    .parallelMailboxes(4)
                    .deliveriesPerClaim(40)
                    .patience(patience)
                    .build();
            RunCounts counts = pipeline.run().counts();
            assertThat(counts.addsUp()).as("%s add up", counts).isTrue();
            assertThat(counts.failed()).as("failed of %s", counts).isZero();
            return counts;
        } catch (SimulatedCrash e) {
            assertThat(crash.crashed()).isTrue();
            crashes++;
            return null;
        } catch (ArchiveException e) {
            assertThat(e.remedy()).as(e.getMessage()).isEqualTo(ArchiveException.Remedy.STOP);
            assertThat(e).hasMessageContaining("credentials");
            stops++;
            return null;
        }
    }

    private static void check(GraphArchive world, int inFlight) throws Exception {
        for (SimulatedMailbox mailbox : world.mailboxes.values()) {
            day.check(mailbox);
            assertThat(mailbox.mostInFlight())
                    .as("%s: requests at once", mailbox)
                    .isLessThanOrEqualTo(inFlight);
            assertThat(mailbox.throttled()).as("%s: too many requests", mailbox).isZero();
        }
        assertThat(world.deliveryStates()).isEqualTo(Map.of("DELIVERED", day.deliveries()));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(MESSAGES, MESSAGES, 0, 0, 0, 0));
        assertThat(world.graph.unexpected()).isEmpty();
        assertThat(world.graph.hasLate()).isFalse();
    }

    private GraphFaults counting(GraphArchive world, GraphFaults faults, long seed, double tokenFaults) {
        SplittableRandom random = new SplittableRandom(~seed);
        return request -> {
            synchronized (random) {
                if (random.nextDouble() < tokenFaults) {
                    world.graph.expireTokens();
                    tokensExpired.incrementAndGet();
                }
            }
            GraphFault fault = faults.next(request);
            if (fault.kind() != GraphFault.Kind.NONE) {
                faultyCalls.merge(call(request), 1, Integer::sum);
            }
            return fault;
        };
    }

    private static String call(GraphRequestSeen request) {
        boolean get = request.method().equals("GET");
        String path = request.path();
        if (request.upload()) {
            return get ? "session asked" : "chunk sent";
        } else if (path.endsWith("/createUploadSession")) {
            return "session opened";
        } else if (path.endsWith("/attachments")) {
            return get ? "attachments listed" : "attachment added";
        } else if (path.endsWith("/messages")) {
            return get ? "message looked up" : "message created";
        } else if (path.contains("/messages/")) {
            return get ? "message read" : "message marked";
        } else if (path.contains("/mailFolders")) {
            return get ? "folder found" : "folder made";
        }
        return "directory";
    }

    /** The authority doesn't answer now and then. */
    private TokenSource withheld(TokenSource tokens, long seed, double probability) {
        SplittableRandom random = new SplittableRandom(seed * 31);
        return (scope, refused) -> {
            synchronized (random) {
                if (random.nextDouble() < probability) {
                    tokensWithheld.incrementAndGet();
                    throw new IOException("no answer");
                }
            }
            return tokens.token(scope, refused);
        };
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            List<Path> all = files.sorted(java.util.Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
