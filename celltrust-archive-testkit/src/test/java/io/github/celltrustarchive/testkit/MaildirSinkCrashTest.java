// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.DeliveryOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaildirSinkCrashTest {

    private static final Path ROOT = Path.of("/mail").toAbsolutePath();
    private static final Path ARCHIVE = ROOT.resolve("example.com/ann/Maildir/.CellTrust");
    private static final int ITEMS = 4;

    @Test
    @DisplayName(
            "invariants 7, 11, 12: whatever crashes when, an acknowledged message is there once and whole, any other whole or absent")
    void messageIsWholeOrAbsentWhateverCrashesWhen() throws IOException {
        int states = CrashStates.checkAll(MaildirSinkCrashTest::deliverFour, MaildirSinkCrashTest::check);

        assertThat(states).isGreaterThan(1000);
    }

    @Test
    @DisplayName("invariants 11, 12: the test notices if any one force is left out")
    void everyForceIsNeeded() throws IOException {
        Set<String> sites = CrashStates.forceSites((storage, acknowledged) -> {
            deliverFour(storage, acknowledged);
            deliverFour(storage, acknowledged); // the second time by find
        });

        assertThat(sites)
                .hasSize(4)
                .anyMatch(site -> site.startsWith("file in MaildirBatch."))
                .anyMatch(site -> site.startsWith("folder in MaildirBatch."))
                .anyMatch(site -> site.startsWith("folder in MaildirSink."))
                .anyMatch(site -> site.startsWith("folders made in MaildirFolder."))
                .allSatisfy(site -> assertThatThrownBy(() -> CrashStates.checkAll(
                                MaildirSinkCrashTest::deliverFour, MaildirSinkCrashTest::check, site))
                        .as(site)
                        .isInstanceOf(AssertionError.class));
    }

    @Test
    @DisplayName("a sink says that nothing was written only if nothing was")
    void notWrittenIsSaidOnlyIfNothingWas() throws IOException {
        SimulatedStorage counting = new SimulatedStorage();
        sink(counting).deliver(Deliveries.of(1));
        boolean unknownSeen = false;
        boolean notWrittenSeen = false;

        for (long call = 1; call <= counting.calls(); call++) {
            for (boolean sticky : new boolean[] {false, true}) {
                SimulatedStorage storage = new SimulatedStorage();
                MaildirSink sink = sink(sticky ? storage.failCallsFrom(call) : storage.failCall(call));
                DeliveryOutcome outcome =
                        sink.deliverAll(List.of(Deliveries.of(1))).get(0);
                if (outcome instanceof DeliveryOutcome.NotWritten notWritten) {
                    notWrittenSeen = true;
                    assertThat(notWritten.cause().remedy()).isEqualTo(ArchiveException.Remedy.RETRY);
                    assertThat(sink(storage.kill()).find(Deliveries.of(1))).isEqualTo(Lookup.absent());
                } else if (outcome instanceof DeliveryOutcome.Delivered) {
                    assertWhole(storage.crashLosingEverythingUnsynced(), 1);
                } else {
                    unknownSeen = true;
                    assertThat(outcome).isInstanceOf(DeliveryOutcome.Unknown.class);
                    assertFoundOnlyIfDurable(storage, sink);
                }
            }
        }
        assertThat(unknownSeen).isTrue();
        assertThat(notWrittenSeen).isTrue();
    }

    private static void assertFoundOnlyIfDurable(SimulatedStorage storage, MaildirSink sink) throws IOException {
        Lookup lookup;
        try {
            lookup = sink.find(Deliveries.of(1));
        } catch (IOException e) {
            return; // it can't be told
        }
        if (lookup instanceof Lookup.Found) {
            assertWhole(storage.crashLosingEverythingUnsynced(), 1);
        }
    }

    @Test
    void fullDiskIsNamedAndLeavesNothing() throws IOException {
        SimulatedStorage storage = new SimulatedStorage().limitSpace(100);
        MaildirSink sink = sink(storage);

        assertThatThrownBy(() -> sink.deliver(Deliveries.of(1)))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.RETRY))
                .hasMessageContaining("no space left");
        assertThat(storage.list(ARCHIVE.resolve("tmp"))).isEmpty();
        assertThat(storage.list(ARCHIVE.resolve("new"))).isEmpty();

        storage.limitSpace(Long.MAX_VALUE);
        sink.deliver(Deliveries.of(1));
        assertWhole(storage.crashLosingEverythingUnsynced(), 1);
    }

    @Test
    void aBatchForcesItsFolderOnce() throws IOException {
        assertThat(steps(5) - steps(4)).isEqualTo(steps(4) - steps(3)).isEqualTo(6);
    }

    /** Making a name, writing, setting the time, forcing, linking, deleting the temporary name: six for each message. */
    private static long steps(int messages) throws IOException {
        CrashPoint counter = CrashPoint.never();
        SimulatedStorage storage = new SimulatedStorage().crashAt(counter);
        sink(storage)
                .deliverAll(
                        IntStream.range(0, messages).mapToObj(Deliveries::of).toList());
        return counter.steps();
    }

    private static MaildirSink sink(SimulatedStorage storage) {
        return MaildirSink.builder(ROOT).storage(storage).build();
    }

    /** Two looked for first, as after a crash, and two in a batch without looking. */
    private static void deliverFour(SimulatedStorage storage, CrashStates.Acknowledged acknowledged)
            throws IOException {
        MaildirSink sink = sink(storage);
        for (int item = 0; item < 2; item++) {
            if (!(sink.find(Deliveries.of(item)) instanceof Lookup.Found)) {
                sink.deliver(Deliveries.of(item));
            }
            acknowledged.add(Integer.toString(item));
        }
        List<DeliveryOutcome> outcomes = sink.deliverAll(List.of(Deliveries.of(2), Deliveries.of(3)));
        for (int i = 0; i < 2; i++) {
            assertThat(outcomes.get(i)).isInstanceOf(DeliveryOutcome.Delivered.class);
            acknowledged.add(Integer.toString(2 + i));
        }
    }

    private static void check(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        for (int item = 0; item < ITEMS; item++) {
            boolean there = !files(storage, Deliveries.of(item)).isEmpty();
            if (there || acknowledged.names.contains(Integer.toString(item))) {
                assertWhole(storage, item);
            }
        }
    }

    private static void assertWhole(SimulatedStorage storage, int item) throws IOException {
        Delivery delivery = Deliveries.of(item);
        List<Path> files = files(storage, delivery);
        assertThat(files).as("files of message " + item).hasSize(1);
        try (InputStream in = storage.open(files.get(0), 0)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(Deliveries.text(item));
        }
        assertThat(storage.lastModified(files.get(0))).isEqualTo(Deliveries.RECEIVED);
        assertThat(sink(storage).find(delivery)).isInstanceOf(Lookup.Found.class);
    }

    private static List<Path> files(SimulatedStorage storage, Delivery delivery) throws IOException {
        return storage.list(ARCHIVE.resolve("new")).stream()
                .filter(file -> file.toString().contains(delivery.key().hex()))
                .toList();
    }
}
