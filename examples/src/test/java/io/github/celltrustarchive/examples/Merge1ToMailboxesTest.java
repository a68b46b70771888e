// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.merge1.Merge1Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class Merge1ToMailboxesTest {

    private static final String NAMED = "CELLTRUST_ARCHIVE_MERGE1_USER or CELLTRUST_ARCHIVE_MERGE1_CLIENT_ID";

    @TempDir
    private Path temp;

    private final StringWriter screen = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aSimulatedDayIsArchivedOnceAndTheNextRunHasNothingToDo() throws IOException {
        int emails = new Merge1Day(Merge1Profiles.named("CellTrust").profile("merge1"))
                .emails()
                .size();

        assertThat(run("--simulate", "--once")).isZero();

        assertThat(screen.toString().lines())
                .contains("Items available from source:  " + emails)
                .anyMatch(line -> line.contains("available for import") && line.endsWith("pending 0"));
        assertThat(screen.toString())
                .contains("there is no Date: nothing says when it was sent")
                .contains("neither From nor X-CellTrust-Email names anybody");
        List<String> archived = mails();
        screen.getBuffer().setLength(0);

        assertThat(run("--simulate", "--once")).isZero();

        assertThat(screen.toString()).contains("No items ingested on ");
        assertThat(mails()).isEqualTo(archived);
        assertThat(errors).hasToString("");
    }

    @Test
    void theDayIsTheSameEachTimeAndEveryEmailIsItsOwn() throws IOException {
        Merge1Day day = new Merge1Day(Merge1Profiles.named("CellTrust").profile("merge1"));

        assertThat(day.emails()).isEqualTo(day.emails()).noneMatch(eml -> eml.contains("-Archive-Key:"));
    }

    @Test
    void aDropFolderOfAnotherSourceIsArchivedIntoItsOwnFolderAndEmptied() throws IOException {
        Path drop = Files.createDirectory(temp.resolve("drop"));
        String email =
                "From: ann@bank.example\r\nTo: bob@bank.example\r\nDate: Mon, 02 Mar 2026 09:15:30 -0500\r\n\r\nHi\r\n";
        Files.writeString(drop.resolve("a.eml"), email);

        assertThat(run(
                        "--drop",
                        drop.toString(),
                        "--archived",
                        "delete",
                        "--quiet-period",
                        "0s",
                        "--domains",
                        "bank.example",
                        "--profile",
                        "Redtail Speak"))
                .isZero();

        assertThat(screen.toString().lines()).contains("Items imported successfully:  2");
        assertThat(mails()).hasSize(2).allSatisfy(file -> {
            assertThat(file).contains(".Redtail Speak");
            assertThat(Files.readString(temp.resolve("out").resolve(file), StandardCharsets.ISO_8859_1))
                    .startsWith("X-RedtailSpeak-Archive-Key: ")
                    .endsWith("\n" + email);
        });
        assertThat(drop).isEmptyDirectory();
    }

    @Test
    void aDropFolderReachesSimulatedMailboxesOfMicrosoft365() throws IOException {
        Path drop = Files.createDirectory(temp.resolve("drop"));
        Files.writeString(
                drop.resolve("a.eml"),
                "From: ann@bank.example\r\nTo: bob@bank.example\r\nDate: Mon, 02 Mar 2026 09:15:30 -0500\r\n\r\nHi\r\n");
        Files.createDirectories(temp.resolve("out").resolve("stage")); // staged there, whatever is installed

        assertThat(run(
                        "--drop",
                        drop.toString(),
                        "--quiet-period",
                        "0s",
                        "--domains",
                        "bank.example",
                        "--microsoft-365-simulated"))
                .isZero();

        assertThat(screen.toString())
                .contains("Simulated mailboxes")
                .containsPattern("ann@bank.example +Inbox/CellTrust +1 messages")
                .contains("2 messages in simulated mailboxes, 0 of them drafts");
    }

    @Test
    void aDryRunWritesNothing() {
        assertThat(run("--dry-run")).isZero();

        assertThat(screen.toString()).contains("nothing was written");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void aPreflightSignsInAndFindsTheConnector() {
        assertThat(run("--preflight")).isZero();

        assertThat(screen.toString()).contains("the Merge1 site has the connector");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--simulate --drop x|give one of --simulate, --site and --drop",
                "--site https://site.example|give --domains, the firm's own, or --map",
                "--once --every 24h|give --once or --every, not both",
                "--host-key SHA256:x|--host-key and --known-hosts are for sftp://",
                "--archived delete|--archived is for --drop",
                "--profile Nobody|--profile: Merge1's sources are CellTrust",
                "--drop nowhere --domains a.example|--drop: there is no folder nowhere",
                "--site https://site.example --domains a.example|" + NAMED,
                "--site http://site.example --domains a.example|" + NAMED,
                "--drop sftp://host/in --domains a.example|--drop: not like sftp://user@host/folder",
                "--drop sftp://me@host/in --domains a.example|either hostKeyFingerprint or knownHosts must be given"
            })
    void wrongOptionsAreNamed(String options, String problem) {
        assertThat(run(options.split(" ", -1))).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(errors.toString()).contains(problem).contains("See --help.");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void credentialsOfASiteComeFromTheEnvironmentOrAFileAndAreNotShown() throws IOException {
        Path file = Files.writeString(temp.resolve("secret"), "canary");
        Map<String, String> environment = Map.of(
                "CELLTRUST_ARCHIVE_MERGE1_USER",
                "me",
                "CELLTRUST_ARCHIVE_MERGE1_PASSWORD",
                "canary",
                "CELLTRUST_ARCHIVE_MERGE1_PASSWORD_FILE",
                file.toString());

        assertThat(run(environment, "--site", "http://site.example", "--domains", "a.example"))
                .isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(errors.toString())
                .contains("CELLTRUST_ARCHIVE_MERGE1_PASSWORD or CELLTRUST_ARCHIVE_MERGE1_PASSWORD_FILE, not both")
                .contains("--site: ")
                .doesNotContain("canary");
    }

    @Test
    void helpNamesEveryCredential() {
        assertThat(run("--help")).isZero();

        assertThat(screen.toString()).contains("CELLTRUST_ARCHIVE_MERGE1_USER").contains("CELLTRUST_ARCHIVE_SFTP_KEY");
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", temp.resolve("out").toString()));
        return Merge1ToMailboxes.commandLine(environment)
                .setOut(new PrintWriter(screen))
                .setErr(new PrintWriter(errors))
                .execute(all.toArray(String[]::new));
    }

    private List<String> mails() throws IOException {
        Path out = temp.resolve("out");
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().endsWith("new"))
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
