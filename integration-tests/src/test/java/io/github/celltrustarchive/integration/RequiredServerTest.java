// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class RequiredServerTest {
    @TempDir
    private Path folder;

    @Test
    void missingServerSkipsAndSaysHowToInstallIt() {
        assertThatThrownBy(() -> find(Map.of()))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Server missing: Demo.")
                .hasMessageContaining("apt-get install demo");
    }

    @Test
    void missingServerFailsWhereServersAreRequired() {
        assertThatThrownBy(() -> find(Map.of(RequiredServer.REQUIRE, "true")))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Server missing: Demo.");
    }

    @Test
    void newestInstalledVersionWins() throws IOException {
        install("9.6/bin");
        Path newest = install("15/bin");

        assertThat(find(Map.of())).isEqualTo(newest);
    }

    @Test
    void theSettingWinsOverWhatIsInstalled() throws IOException {
        install("15/bin");
        Path chosen = install("mine");

        assertThat(find(Map.of("DEMO_BIN", chosen.toString()))).isEqualTo(chosen);
    }

    @Test
    void theSearchPathIsTheLastResort() throws IOException {
        Path onPath = install("somewhere");

        assertThat(find(Map.of("PATH", folder + File.pathSeparator + onPath))).isEqualTo(onPath);
    }

    @Test
    void missingAzuriteSkipsAndSaysTheCommand() {
        assertThatThrownBy(() -> azurite(Map.of(RequiredServer.AZURITE_PREFIX, folder.toString())))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("Server missing: Azurite.")
                .hasMessageContaining("npm install --prefix " + folder.resolve("usual") + " azurite@3.35.0")
                .hasMessageContaining(RequiredServer.AZURITE_PREFIX);
    }

    @Test
    void azuriteIsFoundBelowAnNpmPrefix() throws IOException {
        Path usual = folder.resolve("usual/node_modules/azurite/dist/src/blob/main.js");
        Path chosen = folder.resolve("mine/node_modules/azurite/dist/src/blob/main.js");
        for (Path program : List.of(usual, chosen)) {
            Files.createDirectories(program.getParent());
            Files.createFile(program);
        }

        assertThat(azurite(Map.of())).isEqualTo(usual);
        assertThat(azurite(Map.of(
                        RequiredServer.AZURITE_PREFIX, folder.resolve("mine").toString())))
                .isEqualTo(chosen);
    }

    private Path azurite(Map<String, String> settings) {
        return new RequiredServer(settings::get, List.of()).azuriteBelow(folder.resolve("usual"));
    }

    private Path find(Map<String, String> settings) {
        return new RequiredServer(settings::get, List.of(folder))
                .folderOf("Demo", "DEMO_BIN", List.of("demod"), "apt-get install demo");
    }

    private Path install(String place) throws IOException {
        Path programs = Files.createDirectories(folder.resolve(place));
        Path program = Files.createFile(programs.resolve("demod"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return programs;
    }
}
