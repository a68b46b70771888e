// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.ledger.LedgerVerifier;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.Fence;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second process sees that opens a SQLite ledger while a first one works with it. */
class SecondProcessTest {

    @TempDir
    Path folder;

    private Path file;
    private Process first;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("ledger.db");
        first = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = first.inputReader();
        for (String line = said.readLine(); !Holder.READY.equals(line); line = said.readLine()) {
            assertThat(line).as("the first process works").isNotNull();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        first.destroyForcibly().waitFor();
    }

    private JdbcLedger open() {
        return JdbcLedger.sqlite(file, new DiskStorage(), Clock.systemUTC());
    }

    @Test
    @DisplayName("fault 19: the second process is refused and told who has the ledger, since when, and what for")
    void secondProcessIsToldWhoHasTheLedger() throws Exception {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP))
                .hasMessageMatching("the ledger ledger\\.db is in use by process " + first.pid()
                        + " on \\S.* since 20\\S+Z \\(worker night shift, collect of connector sms, run 1,"
                        + " begun 20\\S+Z\\): one process at a time; .*");

        first.getOutputStream().close();
        assertThat(first.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(first.exitValue())
                .as("the refused process disturbed nothing")
                .isZero();
        open().close();
        assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
    }

    @Test
    @DisplayName("a killed process holds nothing back: the next one goes on at once")
    void killedProcessHoldsNothing() throws Exception {
        first.destroyForcibly().waitFor();

        try (JdbcLedger ledger = open()) {
            ledger.lead(ledger.open("sms", "day shift", "run"), Duration.ofMinutes(5));
        }
        assertThat(LedgerVerifier.sqlite(file).problems()).isEmpty();
    }

    /** The first process: collects until its input ends. */
    static final class Holder {
        static final String READY = "ready";

        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (JdbcLedger ledger = JdbcLedger.sqlite(Path.of(args[0]), new DiskStorage(), Clock.systemUTC())) {
                Fence fence = ledger.open("sms", "night shift", "collect");
                ledger.lead(fence, Duration.ofMinutes(5));
                System.out.println(READY);
                System.in.readAllBytes();
                ledger.unlead(fence);
            }
        }
    }
}
