// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.StagedObject;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FolderStagerCrashTest {

    private static final Path FOLDER = Path.of("/archive/stage").toAbsolutePath();
    private static final String FIRST = "site/0000000001/00000001.zip";
    private static final String SECOND = "site/0000000002/00000001.zip";

    @Test
    @DisplayName(
            "invariants 11, 12: whatever crashes when, an acknowledged object is there whole, any other whole or absent")
    void objectIsWholeOrAbsentWhateverCrashesWhen() throws IOException {
        int states = CrashStates.checkAll(FolderStagerCrashTest::putTwo, FolderStagerCrashTest::check);

        assertThat(states).isGreaterThan(500);
    }

    @Test
    @DisplayName("invariants 11, 12: the test notices if any one force is left out")
    void everyForceIsNeeded() throws IOException {
        assertThat(CrashStates.forceSites(FolderStagerCrashTest::putTwo))
                .hasSize(4)
                .anyMatch(site -> site.startsWith("file in FolderStager."))
                .anyMatch(site -> site.startsWith("folder in FolderStager."))
                .anyMatch(site -> site.startsWith("folders made in FolderStager."))
                .allSatisfy(site -> {
                    if (!site.startsWith("folders made in TemporaryFiles.")) {
                        assertThatThrownBy(() -> CrashStates.checkAll(
                                        FolderStagerCrashTest::putTwo, FolderStagerCrashTest::check, site))
                                .as(site)
                                .isInstanceOf(AssertionError.class);
                    }
                });
    }

    @Test
    void whateverCallFailsPutFailsAndTheNextOneSucceeds() throws IOException {
        SimulatedStorage counting = new SimulatedStorage();
        putTwo(counting, new CrashStates.Acknowledged());

        for (long call = 1; call <= counting.calls(); call++) {
            SimulatedStorage storage = new SimulatedStorage().failCall(call);
            CrashStates.Acknowledged acknowledged = new CrashStates.Acknowledged();
            try {
                putTwo(storage, acknowledged);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("simulated failure");
            }
            check(storage.crashLosingEverythingUnsynced(), acknowledged);
            putTwo(storage.kill(), acknowledged);
            assertThat(acknowledged.names).containsExactly(FIRST, SECOND);
        }
    }

    @Test
    void fullDiskFailsThePutAndLeavesNothing() throws IOException {
        for (long space : new long[] {0, 1, 65_536, bytes(FIRST).length - 1}) {
            SimulatedStorage storage = new SimulatedStorage().limitSpace(space);
            FolderStager stager = new FolderStager(FOLDER, storage);

            assertThatThrownBy(() -> stager.put(FIRST, writer(FIRST))).hasMessage("No space left on device");
            assertThat(stager.list("")).isEmpty();
            assertThat(storage.list(FOLDER.resolve(".tmp/0"))).isEmpty();
        }
    }

    private static void putTwo(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        FolderStager stager = new FolderStager(FOLDER, storage);
        for (String name : new String[] {FIRST, SECOND}) {
            stager.put(name, writer(name));
            acknowledged.add(name);
        }
    }

    private static void check(SimulatedStorage storage, CrashStates.Acknowledged acknowledged) throws IOException {
        FolderStager stager = new FolderStager(FOLDER, storage);
        for (String name : acknowledged.names) {
            try (InputStream in = stager.open(URI.create("stage:/" + name), 0, -1)) {
                assertThat(in.readAllBytes()).as("acknowledged").isEqualTo(bytes(name));
            } catch (NoSuchFileException e) {
                throw new AssertionError("an acknowledged object is lost", e);
            }
        }
        try (Stream<StagedObject> objects = stager.list("")) {
            for (StagedObject object : objects.toList()) {
                try (InputStream in = stager.open(object.uri(), 0, -1)) {
                    assertThat(in.readAllBytes()).as("listed").isEqualTo(bytes(object.name()));
                }
            }
        }
    }

    /** More than one write of the buffer. */
    private static byte[] bytes(String name) {
        byte[] bytes = new byte[150_000];
        new Random(name.hashCode()).nextBytes(bytes);
        return bytes;
    }

    private static ContentWriter writer(String name) {
        return out -> out.write(bytes(name));
    }
}
