// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static io.github.celltrustarchive.graph.SinkWorld.FOLDER;
import static io.github.celltrustarchive.graph.SinkWorld.delivery;
import static io.github.celltrustarchive.graph.SinkWorld.file;
import static io.github.celltrustarchive.graph.SinkWorld.resumed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.graph.GraphFaults;
import io.github.celltrustarchive.testkit.graph.SimulatedAttachment;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything goes wrong by chance, processes end and begin in between, and whoever calls does what the interface asks for:
 * in the end each message is there once and whole.
 */
class GraphMailboxSinkSeededFaultTest {

    private static final int MESSAGES = 8;
    private static final int MOST_STEPS = 400;

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4})
    void eachMessageIsThereOnceAndWhole(long seed) throws Exception {
        run(seed, false);
    }

    @ParameterizedTest
    @ValueSource(longs = 5)
    void eachImportedMessageIsThereOnceAndWhole(long seed) throws Exception {
        run(seed, true);
    }

    @ParameterizedTest
    @Tag("nightly")
    @ValueSource(
            longs = {
                2, 3, 6, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119,
                120
            })
    void eachMessageIsThereOnceAndWholeWithManySeeds(long seed) throws Exception {
        run(seed, seed % 4 == 0);
    }

    private static void run(long seed, boolean imported) throws Exception {
        try (SinkWorld world = new SinkWorld(tls, folder)) {
            world.graph.faults(GraphFaults.seeded(seed, 0.35, Duration.ofSeconds(55)));
            SplittableRandom random = new SplittableRandom(seed);
            Caller caller = new Caller(world, imported, random);
            List<Delivery> deliveries = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                deliveries.add(message(i));
                caller.deliver(deliveries.get(i), seed);
            }
            world.graph.faults(GraphFaults.none());
            world.clock.advance(Duration.ofMinutes(10));
            world.graph.applyDue();

            assertThat(world.mailbox.messages(FOLDER)).as("seed %d", seed).hasSize(MESSAGES);
            for (Delivery delivery : deliveries) {
                assertWhole(world, delivery, seed);
            }
            assertThat(world.problems()).isEmpty();
        }
    }

    private static Delivery message(int number) throws IOException {
        return switch (number % 4) {
            case 0 -> delivery("m" + number, file("small.bin", 1_000));
            case 1 -> delivery("m" + number, file("a.bin", 2_100_000), file("b.bin", 2_100_000));
            case 2 -> delivery("m" + number, file("large.bin", 8_000_000));
            default -> delivery("m" + number);
        };
    }

    private static void assertWhole(SinkWorld world, Delivery delivery, long seed) throws Exception {
        Lookup lookup = world.sink().find(delivery);
        assertThat(lookup).as("seed %d", seed).isInstanceOf(Lookup.Found.class);
        String reference = ((Lookup.Found) lookup).receipt().reference();
        SimulatedMessage message = world.mailbox.messages(FOLDER).stream()
                .filter(m -> m.immutableId().equals(reference))
                .findFirst()
                .orElseThrow();
        assertThat(message.attachments())
                .as("seed %d", seed)
                .extracting(SimulatedAttachment::sha256)
                .containsExactlyInAnyOrderElementsOf(delivery.envelope().attachments().stream()
                        .map(AttachmentSummary::sha256)
                        .toList());
        assertThat(message.draft()).isFalse();
    }

    /** Does what {@link io.github.celltrustarchive.spi.MailboxSink} asks its caller to do. */
    private static final class Caller {
        private final SinkWorld world;
        private final boolean imported;
        private final SplittableRandom random;
        private GraphMailboxSink sink;

        private Caller(SinkWorld world, boolean imported, SplittableRandom random) {
            this.world = world;
            this.imported = imported;
            this.random = random;
            this.sink = open();
        }

        private GraphMailboxSink open() {
            return world.builder().importMime(imported).build();
        }

        void deliver(Delivery planned, long seed) throws Exception {
            Delivery next = planned;
            boolean unknown = false;
            boolean looked = false;
            for (int step = 0; step < MOST_STEPS; step++) {
                if (random.nextInt(5) == 0) {
                    sink = open();
                }
                try {
                    if (unknown) {
                        Lookup lookup = sink.find(planned);
                        if (lookup instanceof Lookup.Found) {
                            return;
                        }
                        if (lookup instanceof Lookup.Absent && !looked) {
                            looked = true;
                            world.clock.advance(sink.traits().settleTime());
                            continue;
                        }
                        assertThat(lookup).as("seed %d", seed).isNotInstanceOf(Lookup.Several.class);
                        next = lookup instanceof Lookup.Incomplete half ? resumed(planned, half.reference()) : planned;
                        unknown = false;
                    }
                    sink.deliver(next);
                    return;
                } catch (IncompleteDeliveryException e) {
                    next = resumed(planned, e.reference());
                    world.clock.advance(Duration.ofSeconds(1));
                } catch (ArchiveException e) {
                    assertThat(e.remedy()).as(e.getMessage()).isNotEqualTo(ArchiveException.Remedy.HOLD);
                    e.notBefore().ifPresentOrElse(world.clock::set, () -> world.clock.advance(Duration.ofSeconds(1)));
                } catch (IOException e) {
                    unknown = true;
                    looked = false;
                    next = planned;
                }
            }
            throw new AssertionError("seed " + seed + ": not delivered after " + MOST_STEPS + " steps");
        }
    }
}
