// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLockTest {

    @TempDir
    Path folder;

    private final Storage storage = new DiskStorage();
    private Path file;
    private Storage.FileLock lock;

    @BeforeEach
    void hold() throws IOException {
        file = folder.resolve("lock");
        lock = storage.tryLock(file, "host-1 pid 7").orElseThrow();
    }

    @AfterEach
    void free() {
        lock.close();
    }

    @Test
    @DisplayName("invariant 16: a lock is held once, whatever path leads to its file")
    void lockIsHeldOnce() throws IOException {
        assertThat(storage.tryLock(file, "other")).isEmpty();
        assertThat(new DiskStorage().tryLock(folder.resolve("x/../lock").normalize(), "other"))
                .isEmpty();
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, file);
        assertThat(storage.tryLock(link, "other")).isEmpty();
        assertThat(storage.lockHolder(file)).isEqualTo("host-1 pid 7");
    }

    @Test
    void freedLockCanBeTakenAgain() throws IOException {
        lock.close();
        lock.close();

        assertThat(storage.lockHolder(file)).isEmpty();
        Optional<Storage.FileLock> next = storage.tryLock(file, "next");
        assertThat(next).isPresent();
        lock.close();
        assertThat(storage.tryLock(file, "third")).isEmpty();
        next.orElseThrow().close();
    }

    @Test
    @DisplayName("invariant 16: asking for a held lock, or for its holder, doesn't free it for another process")
    void askingDoesNotFreeTheLock() throws Exception {
        storage.tryLock(file, "other");
        storage.lockHolder(file);

        assertThat(otherProcessGets(file)).isEqualTo("false");
        lock.close();
        assertThat(otherProcessGets(file)).isEqualTo("true");
    }

    @Test
    @DisplayName("invariant 16: a second copy of the library in one process doesn't free the lock either")
    void secondClassLoaderDoesNotFreeTheLock() throws Exception {
        URL classes = DiskStorage.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader second = new URLClassLoader(new URL[] {classes}, platform)) {
            Class<?> type = second.loadClass(DiskStorage.class.getName());
            Object copy = type.getConstructor().newInstance();
            for (int i = 0; i < 2; i++) {
                Object got = type.getMethod("tryLock", Path.class, String.class).invoke(copy, file, "copy");
                assertThat(got).isEqualTo(Optional.empty());
            }
        }

        assertThat(otherProcessGets(file)).isEqualTo("false");
    }

    @Test
    @DisplayName("invariant 16: a lock dies with its process")
    void lockDiesWithItsProcess() throws Exception {
        lock.close();
        Process process = start(file, "hold");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("true");
            assertThat(storage.tryLock(file, "late")).isEmpty();
            assertThat(storage.lockHolder(file)).isEqualTo("child");
        } finally {
            process.destroyForcibly().waitFor();
        }
        Optional<Storage.FileLock> next = storage.tryLock(file, "next");
        assertThat(next).isPresent();
        next.orElseThrow().close();
    }

    private static String otherProcessGets(Path file) throws Exception {
        Process process = start(file, "try");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return out.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(Path file, String mode) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assumeTrue(Files.isExecutable(java), "needs the java command");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process that tries the lock. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            boolean got =
                    new DiskStorage().tryLock(Path.of(arguments[0]), "child").isPresent();
            System.out.println(got);
            if (arguments[1].equals("hold")) {
                System.in.read();
            }
        }
    }
}
