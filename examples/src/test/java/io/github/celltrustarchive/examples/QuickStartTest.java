// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.testkit.SampleData;
import io.github.celltrustarchive.testkit.SampleExpectation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickStartTest {

    private static final Path SAMPLE = Path.of("sample").toAbsolutePath();

    @TempDir
    private Path temp;

    private final StringWriter screen = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    @DisplayName("invariants 2, 3: what comes out of the sample is what was counted when the sample was made up")
    void theSampleIsArchivedIntoMailboxes() throws IOException {
        SampleExpectation expected = SampleData.export(temp.resolve("made"), 2026, 500);
        assertThat(SAMPLE.resolve("export.jsonl")).hasSameBinaryContentAs(temp.resolve("made/export.jsonl"));

        assertThat(run("--out", out())).isZero();

        int failed = expected.malformed() + expected.unmappedUsers();
        assertThat(errors).hasToString("");
        assertThat(screen.toString().lines())
                .contains(
                        "Items available from source:  " + expected.records(),
                        "Items available for import:   " + (expected.deliveries() + expected.replays() + failed),
                        "Items imported successfully:  " + expected.deliveries(),
                        "Items skipped:                " + expected.replays(),
                        "Items failed:                 " + failed,
                        "Items pending:                0");
        assertThat(mailNames(temp.resolve("out"))).hasSize(expected.deliveries());
        assertThat(mailboxes(temp.resolve("out"))).hasSize(expected.mailboxes());
        assertWhereToLookIsTold();
    }

    private void assertWhereToLookIsTold() {
        assertThat(screen.toString())
                .containsPattern("\\d+ messages in .*Maildir/\\.CellTrust")
                .containsPattern("neomutt -f .*Maildir/\\.CellTrust");
        String statusLog = screen.toString()
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow()
                .strip();
        assertThat(Path.of(statusLog)).content().contains("Failed item details");
    }

    @Test
    void theSecondRunFindsNothingToDoAndWritesNothing() throws IOException {
        run("--out", out());
        Map<String, String> before = files();
        screen.getBuffer().setLength(0);

        assertThat(run("--out", out())).isZero();

        assertThat(screen.toString()).contains("No items ingested on ", "All runs together: ");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void anExportOfOnesOwnIsArchivedIntoSeveralMailboxesAtOnce() throws IOException {
        SampleExpectation expected = SampleData.export(temp.resolve("own"), 7, 60);
        Path own = temp.resolve("own");

        int exit = run(
                "--source",
                own.resolve("export.jsonl").toString(),
                "--map",
                own.resolve("users.csv").toString(),
                "--domains",
                "other.example,bank.example",
                "--name",
                "mine",
                "--parallel",
                "4",
                "--out",
                out());

        assertThat(exit).isZero();
        assertThat(screen.toString())
                .contains("Status log of connector mine, run 1")
                .contains("Items imported successfully:  " + expected.deliveries());
        assertThat(mailNames(temp.resolve("out"))).hasSize(expected.deliveries());
    }

    @Test
    void helpTellsTheOptionsAndTheExitCodes() {
        assertThat(run("--help")).isZero();

        assertThat(screen.toString())
                .contains(
                        "--source", "--map", "--domains", "--out", "--name", "--parallel", "--version", "Exit codes:");
    }

    @Test
    void aMissingSourceIsAWrongOption() {
        assertThat(run(
                        "--source",
                        temp.resolve("nowhere.jsonl").toString(),
                        "--domains",
                        "bank.example",
                        "--out",
                        out()))
                .isEqualTo(2);

        assertThat(errors.toString())
                .contains("there is no readable file or folder")
                .doesNotContain("\tat ");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void aSourceWithoutAMappingIsRefused() {
        assertThat(run("--source", temp.toString(), "--out", out())).isEqualTo(2);

        assertThat(errors.toString()).contains("together with --map or --domains");
    }

    @Test
    void wrongValuesAreNamed() throws IOException {
        Path map = Files.writeString(temp.resolve("users.csv"), "who,where\n");
        String source = SAMPLE.toString();

        assertThat(run("--parallel", "0", "--out", out())).isEqualTo(2);
        assertThat(run("--name", "a/b", "--out", out())).isEqualTo(2);
        assertThat(run("--source", source, "--map", map.toString(), "--out", out()))
                .isEqualTo(2);

        assertThat(errors.toString())
                .contains("--parallel must", "name must be", "--map: ", "See --help.")
                .doesNotContain("\tat ");
    }

    @Test
    void aLedgerInUseIsExplained() throws IOException {
        new DiskStorage().createDirectories(temp.resolve("out"));
        Path ledger = temp.resolve("out/ledger.db");
        try (JdbcLedger other = JdbcLedger.sqlite(ledger, new DiskStorage(), Clock.systemUTC())) {
            assertThat(run("--out", out())).isEqualTo(3);
            assertThat(other.totals("quick-start").listed()).isZero();
        }

        assertThat(errors.toString()).startsWith("Broken off: ").doesNotContain("\tat ");
    }

    private String out() {
        return temp.resolve("out").toString();
    }

    private int run(String... args) {
        CommandLine commandLine = QuickStart.commandLine();
        commandLine.setOut(new PrintWriter(screen, true));
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(args);
    }

    /** Every file but the ledger's own, with what it holds. */
    private Map<String, String> files() throws IOException {
        Path out = temp.resolve("out");
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(out)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = out.relativize(file).toString();
                if (!name.startsWith("ledger.db")) {
                    files.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    private static Set<Path> mailboxes(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out.resolve("mail"))) {
            return files.filter(file -> file.endsWith("Maildir")).collect(Collectors.toSet());
        }
    }

    /** The messages, by mailbox and name. */
    private static List<String> mailNames(Path out) throws IOException {
        Path mail = out.resolve("mail");
        try (Stream<Path> files = Files.walk(mail)) {
            return files.filter(file -> file.getParent().endsWith("new"))
                    .map(file -> mail.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
