// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.report.StatusLogFiles;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusLogFilesCrashTest {

    private static final Path FOLDER = Path.of("/archive/status").toAbsolutePath();
    private static final RunReport REPORT = new RunReport(
            "sms",
            7,
            "run",
            Instant.EPOCH,
            Instant.EPOCH,
            false,
            new RunCounts(1, 1, 0, 0, 0, 1, 0),
            List.of(),
            List.of());
    private static final Map<String, String> WHOLE = whole();

    @Test
    @DisplayName(
            "invariants 11, 12: whatever crashes when, a status log that was told of is there, any other whole or absent")
    void aStatusLogIsWholeOrAbsent() throws IOException {
        int states = CrashStates.checkAll(StatusLogFilesCrashTest::write, StatusLogFilesCrashTest::check);

        assertThat(states).isGreaterThan(100);
    }

    @Test
    @DisplayName("invariants 11, 12: the test notices if any one force is left out")
    void everyForceIsNeeded() throws IOException {
        assertThat(CrashStates.forceSites(StatusLogFilesCrashTest::write))
                .hasSize(3)
                .allSatisfy(site -> assertThatThrownBy(() -> CrashStates.checkAll(
                                StatusLogFilesCrashTest::write, StatusLogFilesCrashTest::check, site))
                        .as(site)
                        .isInstanceOf(AssertionError.class));
    }

    @Test
    void whateverCallFailsTheNextTryWritesAll() throws IOException {
        SimulatedStorage counting = new SimulatedStorage();
        write(counting, new CrashStates.Acknowledged());

        for (long call = 1; call <= counting.calls(); call++) {
            SimulatedStorage storage = new SimulatedStorage().failCall(call);
            CrashStates.Acknowledged acknowledged = new CrashStates.Acknowledged();
            try {
                write(storage, acknowledged);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("simulated failure");
            }
            check(storage.crashLosingEverythingUnsynced(), acknowledged);
            SimulatedStorage restarted = storage.kill();
            write(restarted, acknowledged);
            assertThat(content(restarted)).isEqualTo(WHOLE);
        }
    }

    private static void write(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        for (Path file : StatusLogFiles.write(FOLDER, storage, REPORT, new OneFailure())) {
            acknowledged.add(file.getFileName().toString());
        }
    }

    private static void check(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        Map<String, String> content = content(storage);
        assertThat(content.keySet()).as("acknowledged").containsAll(acknowledged.names);
        assertThat(WHOLE).as("listed").containsAllEntriesOf(content);
    }

    /** The files that aren't hidden. */
    private static Map<String, String> content(SimulatedStorage storage) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (Path file : storage.list(FOLDER)) {
            String name = file.getFileName().toString();
            if (!name.startsWith(".")) {
                try (InputStream bytes = storage.open(file, 0)) {
                    content.put(name, new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return content;
    }

    private static Map<String, String> whole() {
        try {
            SimulatedStorage storage = new SimulatedStorage();
            write(storage, new CrashStates.Acknowledged());
            return content(storage);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final class OneFailure implements LedgerReader {
        @Override
        public RunCounts counts(String connector, long run) {
            return REPORT.counts();
        }

        @Override
        public Stream<RunFailure> failures(String connector, long run) {
            return Stream.of(new RunFailure("m-12", "eve@example.test", "", "no mailbox"));
        }

        @Override
        public ItemTotals totals(String connector) {
            return new ItemTotals(1, 0, 0, 0, 1, 0);
        }
    }
}
