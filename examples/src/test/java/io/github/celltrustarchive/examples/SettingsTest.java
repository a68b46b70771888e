// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path temp;

    @Test
    void optionsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        Path file = file("""
                CELLTRUST_ARCHIVE_OUT = from file
                CELLTRUST_ARCHIVE_NAME = from file
                CELLTRUST_ARCHIVE_DOMAINS = a.example, b.example
                """);

        Settings settings = Settings.of(
                Map.of(Setting.OUT, "option"),
                Map.of("CELLTRUST_ARCHIVE_OUT", "environment", "CELLTRUST_ARCHIVE_NAME", " environment "),
                file);

        assertThat(settings.text(Setting.OUT)).contains("option");
        assertThat(settings.text(Setting.NAME)).contains("environment");
        assertThat(settings.list(Setting.DOMAINS)).containsExactlyInAnyOrder("a.example", "b.example");
        assertThat(settings.text(Setting.MAP)).isEmpty();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void aSecretIsReadFromTheEnvironmentOrTheFileThatIsNamed() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret"), "from a file\n");
        Path file = file("AZURE_STORAGE_SAS_TOKEN_FILE = " + slashes(secret) + "\n");

        Settings settings = Settings.of(Map.of(), Map.of("AZURE_CLIENT_SECRET", "from the environment"), file);

        assertThat(settings.secret(Setting.CLIENT_SECRET).orElseThrow().reveal())
                .isEqualTo("from the environment");
        assertThat(settings.secret(Setting.SAS).orElseThrow().reveal()).isEqualTo("from a file");
        assertThat(settings.secret(Setting.STORAGE_KEY)).isEmpty();
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void whatIsWrongIsToldAllAtOnceAndWithoutASecret() throws IOException {
        Path file = file("""
                AZURE_CLIENT_SECRET = Canary
                AZURE_CLIENT_SECRTE_FILE = Canary
                CELLTRUST_ARCHIVE_PHONES = perhaps
                CELLTRUST_ARCHIVE_PARALLEL = 0
                """);
        Map<String, String> environment =
                Map.of("AZURE_STORAGE_KEY", "Canary", "AZURE_STORAGE_KEY_FILE", slashes(temp.resolve("nowhere")));

        Settings settings = Settings.of(Map.of(), environment, file);
        settings.flag(Setting.PHONES, false);
        settings.number(Setting.PARALLEL, 4);
        settings.secret(Setting.STORAGE_KEY);
        settings.required(Setting.TENANT);

        assertThat(settings.problems())
                .anyMatch(p -> p.contains("AZURE_CLIENT_SECRET is a secret") && p.contains("AZURE_CLIENT_SECRET_FILE"))
                .anyMatch(p -> p.contains("no setting AZURE_CLIENT_SECRTE_FILE"))
                .anyMatch(p -> p.contains("CELLTRUST_ARCHIVE_PHONES must be true or false"))
                .anyMatch(p -> p.contains("CELLTRUST_ARCHIVE_PARALLEL must be"))
                .anyMatch(p -> p.contains("AZURE_STORAGE_KEY or AZURE_STORAGE_KEY_FILE, not both"))
                .anyMatch(p -> p.contains("AZURE_TENANT_ID is missing"))
                .hasSize(6)
                .noneMatch(p -> p.contains("Canary"));
    }

    @Test
    void aSecretInThePropertiesFileIsNotTaken() throws IOException {
        Settings settings = Settings.of(Map.of(), Map.of(), file("AZURE_CLIENT_SECRET = Canary\n"));

        assertThat(settings.secret(Setting.CLIENT_SECRET)).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        assertThat(Settings.of(Map.of(), Map.of(), temp.resolve("nowhere")).problems())
                .singleElement()
                .asString()
                .startsWith("--config: ");
        assertThat(Settings.of(Map.of(), Map.of(), file("CELLTRUST_ARCHIVE_OUT = \\u00zz\n"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("--config: ");
    }

    @Test
    void everySettingIsInTheDocumentationAndTheHelp() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "microsoft-365.md"));
        String help = String.join("\n", Setting.help());

        assertThat(Setting.values()).allSatisfy(setting -> {
            assertThat(page).contains("`" + setting.key() + "`");
            assertThat(help).contains(setting.key());
        });
        assertThat(Arrays.stream(Setting.values()).filter(Setting::secret))
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(page).contains("`" + setting.fileKey() + "`"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("archive.properties"), text);
    }

    /** As a properties file has it on every system. */
    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
