// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What the quick start makes of its options, on an export of a few lines. */
class QuickStartOptionsTest {

    @TempDir
    private Path temp;

    private final StringWriter screen = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private Path export;

    @BeforeEach
    void writeExport() throws IOException {
        export = temp.resolve("export.jsonl");
        message("m-1", new byte[100]);
        message("m-2", new byte[101]);
    }

    @Test
    void attachmentsOverTheLimitStayInTheStage() {
        assertThat(run("--limit-bytes", "104")).isZero(); // 100 bytes and a text of 4

        assertThat(screen.toString().lines())
                .contains("Items imported successfully:  2", "Items partially imported:     2");
    }

    @Test
    void theConnectorsLimitsHaveAnOptionOfTheirOwn() throws IOException {
        message("m-3", new byte[10_485_761]);

        assertThat(run("--connector-compatible")).isZero();

        assertThat(screen.toString().lines())
                .contains("Items imported successfully:  4", "Items partially imported:     2");
    }

    @Test
    void aDryRunTellsWhatARunWouldDoAndMakesNotEvenTheFolder() {
        assertThat(run("--dry-run")).isZero();

        assertThat(screen.toString().lines())
                .contains("Preview of connector quick-start: nothing was written", "Records read: 2")
                .contains("Deliveries: 4 to 2 mailboxes", "2\tann@bank.example");
        assertThat(temp.resolve("out")).doesNotExist();
        assertThat(errors).hasToString("");
    }

    @Test
    void aDryRunOverAnArchiveKnowsWhatIsInIt() throws IOException {
        run();
        message("m-3", new byte[1]);
        screen.getBuffer().setLength(0);
        List<Path> before = mails();

        assertThat(run("--dry-run")).isZero();

        assertThat(screen.toString().lines()).contains("Records read: 1", "Deliveries: 2 to 2 mailboxes");
        assertThat(mails()).isEqualTo(before);
    }

    @Test
    void whatIsHeldAndUnmappedIsTriedAgainOnDemandAndTheOperatorIsRecorded() throws IOException {
        Files.writeString(export, "{\"id\":\n", StandardOpenOption.APPEND);
        Files.writeString(
                export,
                "{\"id\":\"m-4\",\"kind\":\"SMS\",\"sent\":\"2026-11-20T14:03:27Z\","
                        + "\"from\":{\"email\":\"ann@bank.example\"},\"to\":[{\"phone\":\"+15550100009\"}],\"text\":\"x\"}\n",
                StandardOpenOption.APPEND);
        run();
        int before = mails().size();
        screen.getBuffer().setLength(0);
        Path map = Files.writeString(temp.resolve("users.csv"), "source,mailbox\n+15550100009,dan@bank.example\n");

        assertThat(run("--release", "--remap", "--operator", "op-17", "--map", map.toString()))
                .isZero();

        assertThat(screen.toString())
                .contains("Released: 0 records, ", "; 1 records are still held")
                .contains("Remapped: 0 records, 1 users of messages");
        assertThat(mails()).hasSize(before + 1);
        assertThat(Files.readString(temp.resolve("out/ledger.db"), StandardCharsets.ISO_8859_1))
                .contains("op-17");
    }

    @Test
    void aFolderThatCannotBeUsedIsFoundBeforeTheRun() throws IOException {
        Files.createDirectories(temp.resolve("out"));
        Files.createFile(temp.resolve("out/mail"));

        assertThat(run()).isEqualTo(4);
        assertThat(run("--every", "1h")).isEqualTo(4);

        assertThat(errors.toString())
                .contains("FAIL  mailboxes: ", "is a file, not a folder", "→ ")
                .doesNotContain("\tat ");
        assertThat(temp.resolve("out/stage")).doesNotExist();
    }

    @Test
    void aQuestionMarkInTheFolderPrintedAStackTrace() {
        int exit = runWith("--source", export.toString(), "--domains", "bank.example", "--out", temp + "/why?");

        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString()).contains("--out: ", "'?'", "See --help.").doesNotContain("\tat ");
        assertThat(temp.resolve("why?")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --limit-bytes -1                        | must not be negative
            --limit-bytes many                      | --limit-bytes
            --limit-bytes 5 --connector-compatible  | not both
            --every soon                            | no duration such as 24h
            --every 0s                              | from 1 second to 366 days
            --every 367d                            | from 1 second to 366 days
            --every 1h --dry-run                    | --dry-run writes nothing
            --remap --dry-run                       | --dry-run writes nothing
            --every 1h --release                    | not with --every
            --remap --operator=                     | must not be blank
            """)
    void optionsThatDoNotFitAreNamedAndNothingIsDone(String options, String named) {
        assertThat(run(options.split(" +"))).isEqualTo(2);

        assertThat(errors.toString()).contains(named, "See --help.").doesNotContain("\tat ");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"24h, PT24H", "90m, PT90M", "30s, PT30S", "1d, PT24H", "2 H, PT2H", "PT6H, PT6H", "pt1h30m, PT1H30M"})
    void intervalsAreReadAsPeopleWriteThem(String given, Duration meant) {
        assertThat(new Durations().convert(given)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"24", "h", "1w", "-1h", "99999999999d", "''"})
    void whatIsNoIntervalIsRefused(String given) {
        Durations durations = new Durations();

        assertThatThrownBy(() -> durations.convert(given)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    @Timeout(60)
    @DisabledOnOs(OS.WINDOWS) // where a process is ended by force only
    void aScheduleRunsAtOnceAndEndsCleanlyWhenItsProcessIsToldToEnd() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        QuickStart.class.getName(),
                        "--source",
                        export.toString(),
                        "--domains",
                        "bank.example",
                        "--out",
                        temp.resolve("out").toString(),
                        "--every",
                        "24h")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line = output.readLine();
            for (; line != null && !line.startsWith("Next run at "); line = output.readLine()) {
                lines.add(line);
            }
            assertThat(line).as("after " + lines).isNotNull().contains("Stop with ctrl-c");
            process.toHandle().destroy(); // SIGTERM, which ends it as SIGINT does
            output.lines().forEach(lines::add);
        }

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).contains("Items imported successfully:  4");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("Stopped; the next run goes on.");
        assertThat(run()).as("the ledger is free").isZero();
        assertThat(screen.toString()).contains("No items ingested");
    }

    @Test
    void helpTellsEveryOption() {
        assertThat(runWith("--help")).isZero();

        assertThat(screen.toString())
                .contains("--limit-bytes", "--connector-compatible", "--every", "--dry-run", "--remap", "--release")
                .contains("--operator", "Examples:", "4   The check before the run failed")
                .doesNotContain("null");
        assertThat(screen.toString().lines()).allMatch(line -> line.length() <= 100, "fits");
    }

    private void message(String id, byte[] attachment) throws IOException {
        String line = "{\"id\":\"" + id + "\",\"kind\":\"MMS\",\"sent\":\"2026-11-20T14:03:27Z\","
                + "\"from\":{\"email\":\"ann@bank.example\"},\"to\":[{\"email\":\"bob@bank.example\"}],\"text\":\"text\","
                + "\"attachments\":[{\"name\":\"a.bin\",\"type\":\"image/png\",\"data\":\""
                + Base64.getEncoder().encodeToString(attachment) + "\"}]}\n";
        Files.writeString(export, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("out/mail"))) {
            return files.filter(file -> file.getParent().endsWith("new"))
                    .sorted()
                    .toList();
        }
    }

    private int run(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--source",
                export.toString(),
                "--domains",
                "bank.example",
                "--out",
                temp.resolve("out").toString()));
        all.addAll(Arrays.asList(more));
        return runWith(all.toArray(String[]::new));
    }

    private int runWith(String... args) {
        CommandLine commandLine = QuickStart.commandLine();
        commandLine.setOut(new PrintWriter(screen, true));
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(args);
    }
}
