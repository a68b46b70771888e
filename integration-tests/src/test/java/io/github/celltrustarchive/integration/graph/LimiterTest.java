// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphFaults;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphThrottling;
import io.github.celltrustarchive.testkit.graph.RecordedCall;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How near the archive comes to Graph's documented limits for each application and mailbox, and that it is hardly ever refused: 4
 * requests at once, 10,000 in 10 minutes, 150 MB in 5 minutes. In virtual time; requests are scaled down by 20 and bytes by 10,
 * with windows as long as Graph's. Every request takes 50 ms.
 */
class LimiterTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final int REQUESTS = 10_000 / 20;
    private static final long BYTES = 150_000_000 / 10;
    private static final GraphFault SLOW = GraphFault.delayed(Duration.ofMillis(50));

    @TempDir
    Path folder;

    private static LoopbackTls tls;

    /** What was let in, and when. */
    private record LetIn(Instant at, String mailbox, boolean creation) {}

    private final ConcurrentLinkedQueue<LetIn> letIn = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void makeCertificate(@TempDir Path certificate) throws Exception {
        tls = LoopbackTls.create(certificate);
    }

    @Test
    @Tag("ci")
    void ninetyPercentOfTheRequestsThatGraphAllowsAreUsedAndOnePercentAtMostIsRefused() throws Exception {
        int windows = 3;
        GraphThrottling limits = GraphThrottling.ofDefaults()
                .withRequests(REQUESTS, TEN_MINUTES)
                .withUploadBytes(Long.MAX_VALUE, FIVE_MINUTES);
        try (GraphArchive world = new GraphArchive(tls, folder, List.of("ann"), limits)) {
            world.graph.faults(slow(world));

            archive(
                    world,
                    records("ann", REQUESTS * windows, 0),
                    world.sink(world.tokens()).inFlightPerMailbox(4).requestsPerTenMinutes(9_600 / 20));

            double used = letInDuring(TEN_MINUTES.multipliedBy(windows)).count() / (double) (REQUESTS * windows);
            System.out.printf(Locale.ROOT, "requests: %.3f of what is allowed%n", used);
            assertThat(used).as("used of what is allowed").isBetween(0.9, 1.0);
            assertHardlyRefused(world);
            assertThat(world.mailbox("ann").mostInFlight()).isBetween(2, 4);
            assertThat(world.mailbox("ann").messages()).hasSize(REQUESTS * windows);
        }
    }

    @Test
    @Tag("ci")
    void ninetyPercentOfTheBytesThatGraphAllowsAreUsedAndOnePercentAtMostIsRefused() throws Exception {
        int windows = 4;
        int size = 300_000;
        GraphThrottling limits = GraphThrottling.ofDefaults().withUploadBytes(BYTES, FIVE_MINUTES);
        try (GraphArchive world = new GraphArchive(tls, folder, List.of("ann"), limits)) {
            world.graph.faults(slow(world));
            int messages = (int) (BYTES * (windows + 1) / (size * 4 / 3));

            archive(
                    world,
                    records("ann", messages, size),
                    world.sink(world.tokens()).inFlightPerMailbox(4).bytesPerFiveMinutes(BYTES * 96 / 100));

            long created = letInDuring(FIVE_MINUTES.multipliedBy(windows))
                    .filter(LetIn::creation)
                    .count();
            double used = created * (size * 4 / 3.0) / (BYTES * windows);
            System.out.printf(Locale.ROOT, "bytes: %.3f of what is allowed%n", used);
            assertThat(used).as("used of what is allowed").isBetween(0.9, 1.0);
            assertHardlyRefused(world);
            assertThat(world.mailbox("ann").messages()).hasSize(messages);
        }
    }

    @Test
    void aMailboxThatTakesLessThanItShouldIsLeftAloneAsLongAsItAsksAndOthersAreNotHeldUp() throws Exception {
        int allowed = 40;
        GraphThrottling limits = GraphThrottling.ofDefaults().withRequests(allowed, TEN_MINUTES);
        try (GraphArchive world = new GraphArchive(tls, folder, List.of("ann", "bob"), limits)) {
            world.graph.faults(slow(world));
            List<RawRecord> records = new ArrayList<>(records("ann", 100, 0));
            records.addAll(records("bob", 20, 0));

            archive(world, records, world.sink(world.tokens()));

            assertThat(world.mailbox("ann").messages()).hasSize(100);
            assertThat(world.mailbox("bob").messages()).hasSize(20);
            assertThat(lastTo("id-bob"))
                    .as("bob isn't held up by ann")
                    .isBefore(GraphArchive.START.plus(Duration.ofMinutes(1)));
            assertThat(lastTo("id-ann")).isAfter(GraphArchive.START.plus(TEN_MINUTES));
            assertThat(world.graph.throttled()).as("refused").isBetween(1L, 20L);
            long asked = world.graph.calls().stream()
                    .map(RecordedCall::request)
                    .filter(request -> !request.path().startsWith("/users?"))
                    .count();
            // how many are refused together depends on threads; a busy loop would ask thousands of times
            assertThat(asked).as("requests in all").isLessThan(2 * 120);
        }
    }

    private void archive(GraphArchive world, List<RawRecord> records, GraphMailboxSinkBuilder sink) throws Exception {
        TokenSource tokens = world.tokens();
        try (ArchivePipeline pipeline = world.pipeline(records, sink.build(), tokens)
                .parallelMailboxes(4)
                .patience(Duration.ofHours(1))
                .build()) {
            RunCounts counts = pipeline.run().counts();
            assertThat(counts.addsUp()).isTrue();
            assertThat(counts.imported()).isEqualTo(records.size());
        }
        assertThat(world.deliveryStates()).isEqualTo(Map.of("DELIVERED", records.size()));
        world.verifiedTotals();
    }

    private GraphFaults slow(GraphArchive world) {
        return request -> {
            if (!request.path().equals("/users")) {
                boolean creation =
                        request.method().equals("POST") && request.path().endsWith("/messages");
                letIn.add(new LetIn(world.clock.instant(), mailbox(request), creation));
            }
            return SLOW;
        };
    }

    private static String mailbox(GraphRequestSeen request) {
        return request.path().split("/", -1)[2];
    }

    private Stream<LetIn> letInDuring(Duration time) {
        Instant end = letIn.element().at().plus(time);
        return letIn.stream().filter(each -> each.at().isBefore(end));
    }

    private Instant lastTo(String mailbox) {
        return letIn.stream()
                .filter(each -> each.mailbox().equals(mailbox))
                .map(LetIn::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static void assertHardlyRefused(GraphArchive world) {
        System.out.println(world.graph.throttled() + " refused");
        assertThat(world.graph.throttled() * 100)
                .as("percent refused")
                .isLessThan(world.mailbox("ann").requests());
    }

    private static List<RawRecord> records(String person, int count, int attachmentBytes) {
        List<RawRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[attachmentBytes];
            new SplittableRandom(i).nextBytes(bytes);
            String attachment = attachmentBytes == 0
                    ? ""
                    : "{\"name\":\"a.bin\",\"data\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
            String id = person + "-" + i;
            records.add(new RawRecord(
                    "application/json",
                    Content.ofUtf8("{\"id\":\"" + id + "\",\"kind\":\"SMS\",\"direction\":\"inbound\","
                            + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"phone\":\"+12025550123\",\"external\":true},"
                            + "\"to\":[{\"email\":\"" + person + "@bank.example\"}],\"text\":\"message " + i
                            + "\",\"attachments\":[" + attachment + "]}"),
                    id));
        }
        return records;
    }
}
