// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.SpoolSource;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpoolSourceCrashTest {

    private static final Path FOLDER = Path.of("/archive/spool").toAbsolutePath();
    private static final List<String> FIRST = List.of("a", "large b", "c");
    private static final List<String> THEN = List.of("large d");
    private static final List<String> AT_LAST = List.of("e");

    @Test
    @DisplayName(
            "whatever crashes when: what was accepted is read once in the order of checkpoints, and none is invented")
    void acceptedRecordsAreReadOnceWhateverCrashesWhen() throws IOException {
        int states = CrashStates.checkAll(SpoolSourceCrashTest::pushAndArchive, SpoolSourceCrashTest::check);

        assertThat(states).isGreaterThan(1_000);
    }

    @Test
    @DisplayName("the test notices if any one force is left out")
    void everyForceIsNeeded() throws IOException {
        assertThat(CrashStates.forceSites(SpoolSourceCrashTest::pushAndArchive))
                .hasSize(6)
                .allSatisfy(site -> {
                    if (!site.equals("folders made in SpoolFolder.<init>")) { // incoming can be made again
                        assertThatThrownBy(() -> CrashStates.checkAll(
                                        SpoolSourceCrashTest::pushAndArchive, SpoolSourceCrashTest::check, site))
                                .as(site)
                                .isInstanceOf(AssertionError.class);
                    }
                });
    }

    @Test
    void whateverCallFailsTheSenderIsToldAndTheNextProcessGoesOn() throws IOException {
        SimulatedStorage counting = new SimulatedStorage();
        pushAndArchive(counting, new CrashStates.Acknowledged());

        for (long call = 1; call <= counting.calls(); call++) {
            SimulatedStorage storage = new SimulatedStorage().failCall(call);
            CrashStates.Acknowledged acknowledged = new CrashStates.Acknowledged();
            try {
                pushAndArchive(storage, acknowledged);
            } catch (IOException e) {
                assertThat(e).hasStackTraceContaining("simulated failure");
            }
            check(storage.crashLosingEverythingUnsynced(), acknowledged);
            pushAndArchive(storage.kill(), acknowledged);
            assertThat(State.of(acknowledged).accepted.values()).contains("a", "large b", "c", "large d", "e");
        }
    }

    @Test
    void aFullDiskRefusesTheRecordAndLeavesNothing() throws IOException {
        SimulatedStorage storage = new SimulatedStorage();
        try (SpoolSource spool = open(storage)) {
            spool.accept(record("a"));
            storage.limitSpace(10_000);

            assertThatThrownBy(() -> spool.accept(record("large b"))).hasMessage("No space left on device");
            assertThat(storage.list(FOLDER.resolve("incoming"))).isEmpty();
            assertThat(spool.waiting()).isEqualTo(1);
            storage.limitSpace(Long.MAX_VALUE);

            assertThat(spool.accept(record("large b"))).isEqualTo("spool:2");
        }
    }

    @Test
    void whatManyThreadsWereToldAndAReaderArchivedHoldsWhenThePowerFails() throws Exception {
        for (int step = 5; step < 245; step += 2) {
            SimulatedStorage storage = new SimulatedStorage();
            SpoolSource spool = open(storage);
            storage.crashAt(CrashPoint.at(step));
            CrashStates.Acknowledged done = new CrashStates.Acknowledged();
            ExecutorService hosts = Executors.newFixedThreadPool(5);
            try {
                List<Future<?>> working = new ArrayList<>();
                for (int host = 0; host < 4; host++) {
                    String id = "host " + host + " ";
                    working.add(hosts.submit(() -> push(id, spool, done)));
                }
                working.add(hosts.submit(() -> archiveUntilTheCrash(spool, storage, done)));
                awaitTheCrash(working);
            } finally {
                hosts.shutdownNow();
            }
            check(storage.crashLosingEverythingUnsynced(), done);
            check(storage.crash(new SplittableRandom(step)), done);
        }
    }

    private static Void push(String host, SpoolSource spool, CrashStates.Acknowledged done) throws IOException {
        for (int i = 0; true; i++) {
            String locator = spool.accept(record(host + i));
            synchronized (done) {
                done.names.add("accepted " + number(locator) + " " + host + i);
            }
        }
    }

    private static Void archiveUntilTheCrash(SpoolSource spool, SimulatedStorage storage, CrashStates.Acknowledged done)
            throws IOException, InterruptedException {
        Checkpoint checkpoint = Checkpoint.START;
        while (storage.exists(FOLDER)) { // not even a look once the process is dead
            SourcePage page = spool.read(checkpoint, 3);
            checkpoint = page.next();
            synchronized (done) {
                for (RawRecord record : page.records()) {
                    done.names.add("archived " + number(record.locator()) + " " + idOf(record));
                }
                done.names.add("checkpoint " + (checkpoint.equals(Checkpoint.START) ? "0" : checkpoint.value()));
            }
        }
        throw new AssertionError("the folder is gone");
    }

    private static void awaitTheCrash(List<Future<?>> working) throws InterruptedException {
        for (Future<?> work : working) {
            assertThatThrownBy(work::get)
                    .satisfies(e -> assertThat(e.getCause()).isInstanceOfAny(SimulatedCrash.class, IOException.class));
        }
    }

    /** What a host, its senders and the pipeline do; whoever wasn't answered repeats. */
    private static void pushAndArchive(SimulatedStorage storage, CrashStates.Acknowledged done) throws IOException {
        try (SpoolSource spool = open(storage)) {
            spool.acknowledge(State.of(done).checkpoint());
            archive(spool, done, 10);
            push(FIRST, spool, done);
            archive(spool, done, 2);
            archive(spool, done, 2);
            push(THEN, spool, done);
            archive(spool, done, 10);
            push(AT_LAST, spool, done);
        }
    }

    private static void push(List<String> ids, SpoolSource spool, CrashStates.Acknowledged done) throws IOException {
        for (String id : ids) {
            if (!State.of(done).accepted.containsValue(id)) {
                done.add("accepted " + number(spool.accept(record(id))) + " " + id);
            }
        }
    }

    private static void archive(SpoolSource spool, CrashStates.Acknowledged done, int max) throws IOException {
        try (SourcePage page = spool.read(State.of(done).checkpoint(), max)) {
            for (RawRecord record : page.records()) {
                done.add("archived " + number(record.locator()) + " " + idOf(record));
            }
            done.add("checkpoint "
                    + (page.next().equals(Checkpoint.START) ? "0" : page.next().value()));
            spool.acknowledge(page.next());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        State state = State.of(acknowledged);
        Map<String, String> left = readAll(storage, state.checkpoint());
        state.accepted.forEach((number, id) -> {
            String found = number <= state.checkpoint ? state.archived.get(number) : left.get("spool:" + number);
            assertThat(found).as("accepted as " + number).isEqualTo(id);
        });
        try (SpoolSource spool = open(storage.kill())) {
            assertThat(number(spool.accept(record("later"))))
                    .as("a number that no record has had")
                    .isGreaterThan(state.largestNumber());
        }
    }

    /** Each record's id, by its locator; every record is checked to be whole. */
    private static Map<String, String> readAll(SimulatedStorage storage, Checkpoint after) throws IOException {
        Map<String, String> ids = new HashMap<>();
        try (SpoolSource spool = open(storage.kill())) {
            Checkpoint next = after;
            for (boolean more = true; more; ) {
                SourcePage page = spool.read(next, 2);
                for (RawRecord record : page.records()) {
                    assertThat(ids.put(record.locator(), idOf(record)))
                            .as("read twice")
                            .isNull();
                }
                next = page.next();
                more = page.more();
            }
        } catch (InterruptedException | ArchiveException e) {
            throw new AssertionError("can't be read", e);
        }
        return ids;
    }

    private static SpoolSource open(SimulatedStorage storage) throws IOException {
        return SpoolSource.builder(FOLDER, record -> {
                    throw new RecordException("not parsed here");
                })
                .storage(storage)
                .build();
    }

    private static RawRecord record(String id) {
        Map<String, Content> parts = id.startsWith("large") ? Map.of("photo \ud800", Content.of(photo(id))) : Map.of();
        return new RawRecord("text/plain; id=" + id, Content.ofUtf8(id), parts, "request");
    }

    private static byte[] photo(String id) {
        byte[] bytes = new byte[70_000];
        new Random(id.hashCode()).nextBytes(bytes);
        return bytes;
    }

    /** The id of a record that is as it was offered, byte for byte. */
    private static String idOf(RawRecord record) throws IOException {
        String id = new String(bytes(record.bytes()), StandardCharsets.UTF_8);
        RawRecord offered = record(id);
        assertThat(record.mediaType()).isEqualTo(offered.mediaType());
        assertThat(record.parts().keySet()).isEqualTo(offered.parts().keySet());
        for (Map.Entry<String, Content> part : record.parts().entrySet()) {
            byte[] expected = bytes(offered.parts().get(part.getKey()));
            assertThat(Arrays.equals(bytes(part.getValue()), expected)).isTrue();
        }
        return id;
    }

    private static byte[] bytes(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    private static long number(String locator) {
        return Long.parseLong(locator.substring("spool:".length()));
    }

    /** What senders and ledger know. */
    private static final class State {
        private final Map<Long, String> accepted = new TreeMap<>();
        private final Map<Long, String> archived = new TreeMap<>();
        private long checkpoint;

        static State of(CrashStates.Acknowledged done) {
            State state = new State();
            for (String line : Set.copyOf(done.names)) {
                String[] words = line.split(" ", 3);
                long number = Long.parseLong(words[1]);
                switch (words[0]) {
                    case "accepted" -> state.accepted.put(number, words[2]);
                    case "archived" -> state.archived.put(number, words[2]);
                    default -> state.checkpoint = Math.max(state.checkpoint, number);
                }
            }
            return state;
        }

        Checkpoint checkpoint() {
            return checkpoint == 0 ? Checkpoint.START : new Checkpoint(Long.toString(checkpoint));
        }

        long largestNumber() {
            return Math.max(
                    checkpoint,
                    accepted.keySet().stream().mapToLong(n -> n).max().orElse(0));
        }
    }
}
