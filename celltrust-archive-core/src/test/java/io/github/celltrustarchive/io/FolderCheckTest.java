// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Check.Status;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCheckTest {

    private static final OptionalLong PLENTY = OptionalLong.of(5_000_000_000L);

    @TempDir
    Path folder;

    @Test
    void aFolderThatWorksPassesAndNothingIsLeftInIt() throws IOException {
        List<Check> checks = FolderCheck.of(failing("none", PLENTY), folder, folder);

        assertThat(checks).extracting(Check::status).containsOnly(Status.PASS);
        assertThat(checks.get(0).what()).contains("written, forced and published", folder.toString());
        assertThat(entries()).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistIsNotMade() throws IOException {
        List<Check> checks = FolderCheck.of(failing("none", PLENTY), folder.resolve("a/b"), folder.resolve("a/b/.tmp"));

        assertThat(checks).extracting(Check::status).containsOnly(Status.PASS);
        assertThat(entries()).isEmpty();
    }

    @Test
    void theRealDiskPasses() {
        assertThat(FolderCheck.of(new DiskStorage(), folder, folder).get(0).status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void aFileInTheWayFails() throws IOException {
        Path file = Files.createFile(folder.resolve("stage"));

        List<Check> checks = FolderCheck.of(new DiskStorage(), file.resolve("packs"), file);

        assertThat(checks).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Status.FAIL);
            assertThat(check.what()).contains("stage is a file");
            assertThat(check.remedy()).isNotEmpty();
        });
    }

    @Test
    void aFolderThatTakesNoFilesFails() throws IOException {
        for (String operation : List.of("create", "link", "forceDirectory")) {
            List<Check> checks = FolderCheck.of(failing(operation, PLENTY), folder, folder);

            assertThat(checks.get(0).status()).as(operation).isEqualTo(Status.FAIL);
            assertThat(checks.get(0).what()).contains("AccessDeniedException");
            assertThat(entries()).as("probes after a failed " + operation).isEmpty();
        }
    }

    @Test
    void aFileSystemWithoutHardLinksIsAWarning() throws IOException {
        List<Check> checks = FolderCheck.of(failing("hard links", PLENTY), folder, folder);

        assertThat(checks.get(0).status()).isEqualTo(Status.WARN);
        assertThat(checks.get(0).what()).contains("no hard links");
        assertThat(entries()).isEmpty();
    }

    @Test
    void theProbeOfADeadProcessIsNoHindrance() throws IOException {
        Files.createFile(
                folder.resolve(FolderCheck.PROBE + ProcessHandle.current().pid() + "-0"));

        assertThat(FolderCheck.of(failing("none", PLENTY), folder, folder))
                .extracting(Check::status)
                .containsOnly(Status.PASS);
    }

    @Test
    void aProbeThatStaysIsNamed() {
        List<Check> checks = FolderCheck.of(failing("delete", PLENTY), folder, folder);

        assertThat(checks).anySatisfy(check -> {
            assertThat(check.status()).isEqualTo(Status.WARN);
            assertThat(check.what()).contains(FolderCheck.PROBE, "can't be removed");
        });
    }

    @Test
    void littleRoomIsAWarningAndNoRoomAFailure() {
        assertThat(space(OptionalLong.of(1_000_000_000))).isEqualTo(Status.PASS);
        assertThat(space(OptionalLong.of(999_999_999))).isEqualTo(Status.WARN);
        assertThat(space(OptionalLong.of(100_000_000))).isEqualTo(Status.WARN);
        assertThat(space(OptionalLong.of(99_999_999))).isEqualTo(Status.FAIL);
        assertThat(FolderCheck.space(failing("none", OptionalLong.empty()), folder))
                .isEmpty();
    }

    private Status space(OptionalLong bytes) {
        return FolderCheck.space(failing("none", bytes), folder).get(0).status();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** A disk on which one operation is refused, and which has so much room. */
    private static Storage failing(String operation, OptionalLong space) {
        DiskStorage disk = new DiskStorage();
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(operation)) {
                        throw new AccessDeniedException(String.valueOf(arguments[0]));
                    }
                    if (method.getName().equals("usableSpace")) {
                        return space;
                    }
                    if (method.getName().equals("link") && operation.equals("hard links")) {
                        Files.move((Path) arguments[0], (Path) arguments[1]);
                        return null;
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
