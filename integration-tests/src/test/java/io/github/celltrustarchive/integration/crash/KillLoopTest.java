// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.model.ItemTotals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that archives, starts it again at once, and counts what is in the mailboxes at the end. */
@Tag("ci")
class KillLoopTest {

    private static final int ITEMS = 2_000;
    private static final List<String> MAILBOXES = List.of("ann", "bob", "cid");
    private static final int KILLS = Integer.getInteger("celltrust.archive.kills", 50);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    private final SplittableRandom random = new SplittableRandom(20261123);

    @TempDir
    Path scratch;

    @Test
    @DisplayName(
            "invariants 1, 2, 7, 12, 13: killed at 50 random moments, every message is in every mailbox exactly once")
    void killedAtRandomMomentsNothingIsLostAndNothingIsTwice() throws Exception {
        int kills = 0;
        for (int round = 1; kills < KILLS; round++) {
            Path folder = Files.createDirectory(scratch.resolve("round-" + round));
            writeExport(folder.resolve("export.jsonl"), round);
            boolean done = false;
            while (!done) {
                done = kills < KILLS ? runAndKill(folder) : runToTheEnd(folder);
                kills += done ? 0 : 1;
            }
            check(folder);
        }
        assertThat(kills).isEqualTo(KILLS);
    }

    private void writeExport(Path file, int round) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            lines.add("{\"id\":\"r" + round + "-" + i + "\",\"kind\":\"SMS\",\"direction\":\"inbound\","
                    + "\"sent\":\"2026-11-20T14:03:27Z\",\"from\":{\"email\":\"" + MAILBOXES.get(0) + "@example.com\"},"
                    + "\"to\":[{\"email\":\"" + MAILBOXES.get(1) + "@example.com\"},{\"email\":\"" + MAILBOXES.get(2)
                    + "@example.com\"}],\"text\":\"message " + i + "\"}");
        }
        Files.write(file, lines, StandardCharsets.UTF_8);
    }

    /** Whether the process ended by itself before it was to be killed. */
    private boolean runAndKill(Path folder) throws Exception {
        Files.deleteIfExists(folder.resolve(KillLoopChild.STARTED));
        Process child = start(folder);
        long mayStartFor = LONGEST_RUN.toMillis();
        while (!Files.exists(folder.resolve(KillLoopChild.STARTED))) {
            if (child.waitFor(5, TimeUnit.MILLISECONDS) || (mayStartFor -= 5) < 0) {
                break;
            }
        }
        if (child.waitFor(random.nextLong(900), TimeUnit.MILLISECONDS)) {
            assertThat(child.exitValue()).as(output(folder)).isZero();
            return true;
        }
        child.destroyForcibly().waitFor();
        return false;
    }

    private boolean runToTheEnd(Path folder) throws Exception {
        Process child = start(folder);
        boolean ended = child.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            child.destroyForcibly().waitFor();
        }
        assertThat(ended).as("ended by itself").isTrue();
        assertThat(child.exitValue()).as(output(folder)).isZero();
        return true;
    }

    private static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KillLoopChild.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private static void check(Path folder) throws IOException {
        for (String mailbox : MAILBOXES) {
            Map<String, Long> copies = archiveKeys(folder.resolve("mail"), mailbox);
            assertThat(copies).as("messages of " + mailbox).hasSize(ITEMS);
            assertThat(copies.values()).as("copies of a message").containsOnly(1L);
        }
        Path ledger = folder.resolve("ledger.db");
        assertThat(LedgerVerifier.sqlite(ledger).problems()).isEmpty();
        try (JdbcLedger reopened = JdbcLedger.sqlite(ledger, new DiskStorage(), Clock.systemUTC())) {
            ItemTotals totals = reopened.totals("kill-loop");
            assertThat(totals).isEqualTo(new ItemTotals(ITEMS, ITEMS, 0, 0, 0, 0));
            assertThat(totals.addsUp()).isTrue();
        }
    }

    private static Map<String, Long> archiveKeys(Path mail, String mailbox) throws IOException {
        try (Stream<Path> files = Files.walk(mail)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + mailbox + "/"))
                    .filter(file -> file.getParent().endsWith("new"))
                    .map(KillLoopTest::archiveKey)
                    .collect(Collectors.groupingBy(key -> key, TreeMap::new, Collectors.counting()));
        }
    }

    private static String archiveKey(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("X-CellTrust-Archive-Key:"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
