// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFaults;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a process that archives into Microsoft 365, most often while a request of its is under way and takes effect after its
 * death, starts it again at once, and looks into the mailboxes at the end. On the real clock, with faults on every call.
 */
@Tag("ci")
class GraphKillTest {

    private static final int MESSAGES = 28;
    private static final int KILLS = 5;
    private static final Duration LATEST = Duration.ofMillis(300);
    private static final long LONGEST_RUN_SECONDS = 120;

    private final AtomicReference<Process> child = new AtomicReference<>();
    private final AtomicInteger requestsToLive = new AtomicInteger(Integer.MAX_VALUE);

    @TempDir
    Path scratch;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @DisplayName("reliability rows 1, 2, 9: killed and started again at once, each message is in each mailbox once")
    void killedAtRandomMomentsEveryMessageIsInEveryMailboxOnce(long seed) throws Exception {
        ArchivedDay day = new ArchivedDay(MESSAGES);
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = Files.createDirectory(scratch.resolve("work"));
        export(day, folder.resolve("export.jsonl"));
        try (GraphSimulator graph = GraphSimulator.builder(LoopbackTls.create(scratch))
                .keptCharacters(0)
                .start()) {
            graph.register("app", "right");
            List<SimulatedMailbox> mailboxes = new ArrayList<>();
            for (String person : ArchivedDay.PEOPLE) {
                mailboxes.add(graph.add(SimulatedUser.of("id-" + person, person + "@bank.example")));
            }
            graph.faults(killing(GraphFaults.seeded(seed, 0.1, LATEST), random.split()));
            int kills = 0;
            for (int run = 0; run < KILLS; run++) {
                kills += runAndKill(folder, graph, random) ? 1 : 0;
            }
            runToTheEnd(folder, graph);

            System.out.println("seed " + seed + ": killed " + kills + " times");
            assertThat(kills).as("kills").isPositive();
            assertThat(graph.hasLate()).isFalse();
            mailboxes.forEach(day::check);
            checkLedger(folder.resolve("ledger.db"));
            assertThat(graph.unexpected()).isEmpty();
        } finally {
            kill();
        }
    }

    /** Whether it was killed before it ended by itself: at one of its requests, or at any moment. */
    private boolean runAndKill(Path folder, GraphSimulator graph, SplittableRandom random) throws Exception {
        boolean atRequest = random.nextInt(4) > 0;
        requestsToLive.set(atRequest ? 1 + random.nextInt(60) : Integer.MAX_VALUE);
        Process process = start(folder, graph);
        if (!atRequest) {
            awaitStart(folder, process);
            process.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
            kill();
        }
        assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        boolean killed = process.exitValue() != 0;
        assertThat(process.exitValue()).as(output(folder)).isIn(0, 137);
        return killed;
    }

    private void runToTheEnd(Path folder, GraphSimulator graph) throws Exception {
        requestsToLive.set(Integer.MAX_VALUE);
        Process process = start(folder, graph);
        assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS))
                .as("ended by itself")
                .isTrue();
        assertThat(process.exitValue()).as(output(folder)).isZero();
    }

    /** The request at which the process dies is lost, done, or done a while later. */
    private GraphFaults killing(GraphFaults others, SplittableRandom random) {
        return request -> {
            if (requestsToLive.decrementAndGet() != 0) {
                return others.next(request);
            }
            kill();
            return fateOfLastRequest(request, random);
        };
    }

    private static GraphFault fateOfLastRequest(GraphRequestSeen request, SplittableRandom random) {
        if (request.method().equals("GET")) {
            return GraphFault.NONE;
        }
        return switch (random.nextInt(3)) {
            case 0 -> GraphFault.of(GraphFault.Kind.CLOSED);
            case 1 -> GraphFault.NONE;
            default -> GraphFault.appliedLate(LATEST);
        };
    }

    /** SIGKILL, and it is dead on return. */
    private void kill() {
        Process process = child.get();
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private static void awaitStart(Path folder, Process process) throws InterruptedException {
        long waits = LONGEST_RUN_SECONDS * 200;
        while (!Files.exists(folder.resolve(GraphKillChild.STARTED)) && waits-- > 0) {
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private Process start(Path folder, GraphSimulator graph) throws IOException {
        Files.deleteIfExists(folder.resolve(GraphKillChild.STARTED));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        GraphKillChild.class.getName(),
                        folder.toString(),
                        graph.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
        child.set(process);
        return process;
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private static void export(ArchivedDay day, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (RawRecord record : day.records()) {
                try (InputStream in = record.bytes().open()) {
                    in.transferTo(out);
                }
                out.write('\n');
            }
        }
    }

    private static void checkLedger(Path database) {
        assertThat(LedgerVerifier.sqlite(database).problems()).isEmpty();
        try (JdbcLedger ledger = JdbcLedger.sqlite(database, new DiskStorage(), Clock.systemUTC())) {
            ItemTotals totals = ledger.totals(ArchivedDay.PROFILE.name());
            assertThat(totals).isEqualTo(new ItemTotals(MESSAGES, MESSAGES, 0, 0, 0, 0));
        }
    }
}
