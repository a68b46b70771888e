// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.io.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedStorageTest {

    private static final Path FOLDER = Path.of("/a/b").toAbsolutePath();
    private static final Path FILE = FOLDER.resolve("file");

    private final SimulatedStorage storage = new SimulatedStorage();

    @BeforeEach
    void makeFolder() throws IOException {
        storage.createDirectories(FOLDER);
    }

    @Test
    void whatIsForcedSurvives() throws IOException {
        write(FILE, "hello", true);
        storage.forceDirectory(FOLDER);

        assertThat(read(storage.crashLosingEverythingUnsynced(), FILE)).isEqualTo("hello");
    }

    @Test
    void nameThatIsNotForcedMayBeLost() throws IOException {
        write(FILE, "hello", true);

        assertThat(storage.crashLosingEverythingUnsynced().exists(FILE)).isFalse();
        assertThat(storage.crashLosingEverythingUnsynced().isDirectory(FOLDER)).isTrue();
    }

    @Test
    void bytesThatAreNotForcedAreLostTornOrKept() throws IOException {
        write(FILE, "hello", false);
        storage.forceDirectory(FOLDER);

        assertThat(read(storage.crashLosingEverythingUnsynced(), FILE)).isEmpty();
        Set<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            seen.add(read(storage.crash(new SplittableRandom(seed)), FILE));
        }
        assertThat(seen).containsExactly("", "h", "he", "hel", "hell", "hello");
    }

    @Test
    void laterWriteMaySurviveAnEarlierOne() throws IOException {
        try (NewFile file = storage.create(FILE)) {
            file.write("ab".getBytes(StandardCharsets.UTF_8));
            file.write("cd".getBytes(StandardCharsets.UTF_8));
        }
        storage.forceDirectory(FOLDER);

        Set<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 500; seed++) {
            seen.add(read(storage.crash(new SplittableRandom(seed)), FILE));
        }
        assertThat(seen).contains("", "a", "ab", "abc", "abcd", "\0\0cd", "a\0c");
    }

    @Test
    void deletedFileMayComeBack() throws IOException {
        write(FILE, "hello", true);
        storage.forceDirectory(FOLDER);
        storage.delete(FILE);

        assertThat(storage.exists(FILE)).isFalse();
        assertThat(read(storage.crashLosingEverythingUnsynced(), FILE)).isEqualTo("hello");
    }

    @Test
    void twoNamesOfAFileAreOneFile() throws IOException {
        write(FILE, "hello", false);
        storage.link(FILE, FOLDER.resolve("second"));
        storage.forceDirectory(FOLDER);

        for (int seed = 0; seed < 50; seed++) {
            SimulatedStorage after = storage.crash(new SplittableRandom(seed));
            assertThat(read(after, FILE)).isEqualTo(read(after, FOLDER.resolve("second")));
        }
        assertThatThrownBy(() -> storage.link(FILE, FOLDER.resolve("second")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void forceThatFailedIsNotMadeGoodByTheNext() throws IOException {
        NewFile file = storage.create(FILE);
        file.write(7);
        storage.forceDirectory(FOLDER);
        storage.failCall(storage.calls() + 1);

        assertThatThrownBy(file::force).hasMessageContaining("simulated failure");
        assertThatThrownBy(file::force).hasMessageContaining("given up");
        storage.forceDirectory(FOLDER);
        assertThat(storage.crashLosingEverythingUnsynced().size(FILE)).isZero();
        assertThat(storage.size(FILE)).isEqualTo(1);
        file.close();
    }

    @Test
    void folderForceThatFailedIsNotMadeGoodByTheNext() throws IOException {
        write(FILE, "hello", true);
        storage.failCall(storage.calls() + 1);

        assertThatThrownBy(() -> storage.forceDirectory(FOLDER)).hasMessageContaining("simulated failure");
        assertThatThrownBy(() -> storage.forceDirectory(FOLDER)).hasMessageContaining("earlier force");
        storage.kill().forceDirectory(FOLDER);
        assertThat(storage.crashLosingEverythingUnsynced().exists(FILE)).isFalse();
    }

    @Test
    void killedProcessLeavesEverythingButNotAllDurable() throws IOException {
        write(FILE, "hello", false);
        assertThat(storage.tryLock(FOLDER.resolve("lock"), "first")).isPresent();

        SimulatedStorage next = storage.kill();
        assertThat(read(next, FILE)).isEqualTo("hello");
        assertThat(next.tryLock(FOLDER.resolve("lock"), "second")).isPresent();
        assertThat(next.crashLosingEverythingUnsynced().exists(FILE)).isFalse();
        assertThat(read(storage, FILE)).isEqualTo("hello");
    }

    @Test
    void folderMadeByAProcessKilledBeforeItsForceIsMadeDurableByTheNext() throws IOException {
        Path folder = FOLDER.resolve("x/y");
        CrashPoint counter = CrashPoint.never();
        storage.kill().crashAt(counter).createDirectories(folder);

        for (long step = 1; step <= counter.steps(); step++) {
            SimulatedStorage first = storage.kill().crashAt(CrashPoint.at(step));
            assertThatThrownBy(() -> first.createDirectories(folder)).isInstanceOf(SimulatedCrash.class);
            SimulatedStorage second = first.kill();
            second.createDirectories(folder);
            assertThat(second.crashLosingEverythingUnsynced().isDirectory(folder))
                    .isTrue();
        }
    }

    @Test
    void disabledForceSiteDoesNothing() throws IOException {
        write(FILE, "hello", true);
        storage.forceDirectory(FOLDER);
        assertThat(storage.forceSites())
                .containsExactlyInAnyOrder(
                        "file in SimulatedStorageTest.write",
                        "folder in SimulatedStorageTest.disabledForceSiteDoesNothing",
                        "folders made in SimulatedStorageTest.makeFolder");

        Path second = FOLDER.resolve("second");
        storage.ignoreForcesFrom("file in SimulatedStorageTest.write");
        write(second, "hello", true);
        storage.forceDirectory(FOLDER);
        assertThat(read(storage.crashLosingEverythingUnsynced(), second)).isEmpty();
        assertThat(read(storage.crashLosingEverythingUnsynced(), FILE)).isEqualTo("hello");
    }

    @Test
    void afterTheCrashNothingWorks() throws IOException {
        write(FILE, "hello", true);
        storage.crashAt(CrashPoint.at(1));

        assertThatThrownBy(() -> storage.delete(FILE)).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> storage.size(FILE)).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> storage.forceDirectory(FOLDER)).isInstanceOf(SimulatedCrash.class);
        assertThat(storage.kill().exists(FILE)).isTrue();
    }

    @Test
    void fullDiskCutsAWriteShort() throws IOException {
        storage.limitSpace(3);
        NewFile file = storage.create(FILE);

        assertThatThrownBy(() -> file.write("hello".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("No space left on device");
        assertThatThrownBy(file::force).hasMessageContaining("given up");
        assertThat(read(storage, FILE)).isEqualTo("hel");
        file.close();
    }

    @Test
    void answersAsTheRealDiskDoes() throws IOException {
        write(FILE, "hello", true);
        storage.setLastModified(FILE, Instant.EPOCH.plusSeconds(7));

        assertThat(storage.lastModified(FILE)).isEqualTo(Instant.EPOCH.plusSeconds(7));
        assertThat(storage.list(FOLDER)).containsExactly(FILE);
        assertThat(storage.list(FILE)).isEmpty();
        assertThat(storage.delete(FOLDER.resolve("absent"))).isFalse();
        assertThatThrownBy(() -> storage.create(FILE)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> storage.create(FOLDER.resolve("x/y"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> storage.open(FOLDER.resolve("absent"), 0)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> storage.open(FILE, 6)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> storage.createDirectories(FILE)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> storage.delete(FOLDER)).isInstanceOf(IOException.class);

        Storage.FileLock lock = storage.tryLock(FOLDER.resolve("lock"), "me").orElseThrow();
        assertThat(storage.tryLock(FOLDER.resolve("lock"), "other")).isEmpty();
        assertThat(storage.lockHolder(FOLDER.resolve("lock"))).isEqualTo("me");
        lock.close();
        lock.close();
        assertThat(storage.lockHolder(FOLDER.resolve("lock"))).isEmpty();
    }

    private void write(Path path, String text, boolean force) throws IOException {
        try (NewFile file = storage.create(path)) {
            file.write(text.getBytes(StandardCharsets.UTF_8));
            if (force) {
                file.force();
            }
        }
    }

    private static String read(SimulatedStorage storage, Path path) throws IOException {
        try (InputStream in = storage.open(path, 0)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
