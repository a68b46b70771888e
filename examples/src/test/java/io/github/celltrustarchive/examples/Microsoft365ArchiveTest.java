// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.testkit.SampleData;
import io.github.celltrustarchive.testkit.SampleExpectation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class Microsoft365ArchiveTest {

    @TempDir
    private Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter screen = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void whatIsDeliveredIsInTheSimulatedMailboxesAndTheSecondRunSaysWhyTheyAreEmpty() throws IOException {
        SampleExpectation expected = sample();

        assertThat(simulate("--stage-folder", temp.resolve("stage").toString())).isZero();

        assertEverythingIsThere(expected);
        assertThat(temp.resolve("stage")).isNotEmptyDirectory();
        screen.getBuffer().setLength(0);

        assertThat(simulate("--stage-folder", temp.resolve("stage").toString())).isZero();
        assertThat(screen.toString())
                .contains("No items ingested on ", "The simulated mailboxes are new each time.", "another --out")
                .contains("\n0 messages in simulated mailboxes");
    }

    private void assertEverythingIsThere(SampleExpectation expected) {
        assertThat(errors).hasToString("");
        assertThat(screen.toString().lines())
                .contains("Items imported successfully:  " + expected.deliveries(), "Items pending:                0")
                .contains(expected.deliveries() + " messages in simulated mailboxes, 0 of them drafts")
                .filteredOn(line -> line.contains(" Inbox/CellTrust "))
                .hasSize(expected.mailboxes())
                .allMatch(line -> line.contains("received 2026-"));
        assertThat(screen.toString())
                .containsPattern("available for import \\d+ = imported \\d+ \\+")
                .containsPattern("status-microsoft-365-\\S+-run1\\.txt")
                .contains("Nothing left this machine")
                .doesNotContain("knows what was delivered");
    }

    @Test
    void packsAreStagedInAzuriteWhichEndsWithTheRunAndIsThereAgainForTheNext() throws IOException {
        environment.putAll(System.getenv());
        Assumptions.assumeTrue(
                Azurite.find(environment).isPresent(),
                () -> "Server missing: Azurite. " + Azurite.install(environment));
        SampleExpectation expected = sample();

        assertThat(simulate()).isZero();
        assertEverythingIsThere(expected);
        String port = Files.readString(temp.resolve("out/azurite/port"));
        assertThat(screen.toString()).contains("staged in http://127.0.0.1:" + port + "/devstoreaccount1/");
        screen.getBuffer().setLength(0);

        Files.writeString(
                temp.resolve("made/users.csv"), "12125550190,new.hire@bank.example\n", StandardOpenOption.APPEND);
        assertThat(simulate("--remap")).isZero();
        assertThat(screen.toString())
                .as("emails of users who have a mailbox now are read back from the stage")
                .containsPattern("new\\.hire@bank\\.example +Inbox/CellTrust +[1-9]\\d* messages")
                .contains("127.0.0.1:" + port);
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void withoutAzuriteTheCommandThatInstallsItIsTold() throws IOException {
        sample();
        environment.put(
                "CELLTRUST_ARCHIVE_AZURITE_PREFIX", temp.resolve("nowhere").toString());

        assertThat(simulate()).isEqualTo(2);

        assertThat(errors.toString())
                .contains("npm install --prefix ", " azurite@3.35.0", "--stage-folder", "See --help.");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void aDryRunTellsAndWritesNothing() throws IOException {
        SampleExpectation expected = sample();

        assertThat(simulate("--dry-run")).isZero();

        assertThat(screen.toString()).contains("Mailboxes", "ann.lee@bank.example");
        assertThat(screen.toString().lines().filter(line -> line.endsWith("@bank.example")))
                .hasSizeGreaterThanOrEqualTo(expected.mailboxes());
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void thePreflightTellsEveryCheck() throws IOException {
        sample();

        assertThat(simulate(
                        "--preflight", "--stage-folder", temp.resolve("stage").toString()))
                .isZero();

        assertThat(screen.toString())
                .contains("Microsoft Graph takes the token")
                .doesNotContain("FAIL");
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        assertThat(run()).isEqualTo(2);

        assertThat(errors.toString())
                .contains("AZURE_TENANT_ID is missing", "AZURE_CLIENT_ID is missing", "credentials are missing")
                .contains("the stage is missing", "CELLTRUST_ARCHIVE_SOURCE is missing", "CELLTRUST_ARCHIVE_DOMAINS")
                .contains("See --help.")
                .doesNotContain("\tat ");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnceAndNoSecretWithIt() throws IOException {
        SampleExpectation expected = sample();
        environment.put("AZURE_TENANT_ID", "not/a/tenant");
        environment.put("AZURE_CLIENT_ID", "app");
        environment.put("AZURE_CLIENT_SECRET", "CanarySecret");
        environment.put("AZURE_STORAGE_ACCOUNT", "bank archive?");
        environment.put("AZURE_STORAGE_SAS_TOKEN", "sv=1&sig=CanarySignature");
        environment.put("CELLTRUST_ARCHIVE_CLOUD", "mars");

        int exit = run(
                "--source", temp.resolve("made/export.jsonl").toString(), "--domains", "bank.example", "--name", "a/b");

        assertThat(expected.deliveries()).isPositive();
        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString())
                .contains("CELLTRUST_ARCHIVE_CLOUD: no cloud of that name", "AZURE_TENANT_ID: ", "name must be")
                .doesNotContain("Canary")
                .doesNotContain("\tat ");
    }

    @Test
    void aPropertiesFileIsRead() throws IOException {
        Path config = Files.writeString(
                temp.resolve("archive.properties"), "AZURE_TENANT_ID=bank.example\nAZURE_CLIENT_SECRET=CanarySecret\n");

        assertThat(run("--config", config.toString())).isEqualTo(2);

        assertThat(errors.toString())
                .contains("AZURE_CLIENT_SECRET is a secret", "AZURE_CLIENT_ID is missing")
                .doesNotContain("AZURE_TENANT_ID is missing")
                .doesNotContain("CanarySecret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --dry-run --every 1h                              | --dry-run writes nothing
            --preflight --remap                               | --preflight only looks
            --config x.properties                             | not with --config
            --stage-folder x --blob-endpoint http://127.0.0.1 | not both
            --stage-folder x --blob-endpoint https://a.example | not both
            --stage-folder x --parallel many                  | CELLTRUST_ARCHIVE_PARALLEL must be
            --blob-endpoint https://a.example                 | loopback
            --blob-endpoint http://[                          | loopback
            --client-secret x                                 | Unknown option
            """)
    void optionsThatDoNotFitAreNamedAndNothingIsDone(String options, String named) throws IOException {
        sample();

        assertThat(simulate(options.split(" +"))).isEqualTo(2);

        assertThat(errors.toString()).contains(named, "See --help.").doesNotContain("\tat ");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void helpTellsOptionsAndSettings() {
        assertThat(run("--help")).isZero();
        assertThat(run("probe", "--help")).isZero();

        assertThat(screen.toString())
                .contains("--simulate", "--preflight", "--dry-run", "--every", "--config", "probe", "Exit codes:")
                .contains("--mailbox", "--large")
                .contains(Arrays.stream(Setting.values()).map(Setting::key).toList())
                .doesNotContain("null");
        assertThat(screen.toString().lines()).allMatch(line -> line.length() <= 110, "fits");
    }

    private SampleExpectation sample() throws IOException {
        return SampleData.export(temp.resolve("made"), 7, 60);
    }

    private int simulate(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--simulate",
                "--source",
                temp.resolve("made/export.jsonl").toString(),
                "--map",
                temp.resolve("made/users.csv").toString(),
                "--domains",
                "bank.example",
                "--out",
                temp.resolve("out").toString()));
        all.addAll(Arrays.asList(more));
        return run(all.toArray(String[]::new));
    }

    private int run(String... args) {
        CommandLine commandLine = Microsoft365Archive.commandLine(environment);
        commandLine.setOut(new PrintWriter(screen, true));
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(args);
    }
}
