// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Canaries as client secret, tokens, signature, account key and upload addresses, while everything goes wrong. */
class SecretsTest {

    /** What the simulator's tokens and upload addresses have in common, and the secrets of {@link CanaryRun}. */
    private static final List<String> PARTS =
            List.of("canary-token", "canary-upload", "CanaryClientSecret", "CanarySignature", "CanaryAccountKey");

    private static final int SHORTEST = 12;

    @TempDir
    private Path temp;

    @Test
    @Tag("ci")
    @Timeout(120)
    void noSecretIsInAnyLogExceptionReportOrLedger() throws Exception {
        Path said = temp.resolve("said.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CanaryRun.class.getName(),
                        temp.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();

        List<String> secrets = Files.readAllLines(temp.resolve("secrets.txt"));
        assertEverythingWentWrong(Files.readString(said), secrets);
        try (Stream<Path> files = Files.walk(temp.resolve("out"))) {
            List<Path> written = files.filter(Files::isRegularFile).toList();
            assertThat(written)
                    .extracting(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals("ledger.db"))
                    .anyMatch(name -> name.endsWith(".html"))
                    .anyMatch(name -> name.endsWith(".zip"));
            for (Path file : written) {
                assertNoSecret(file, secrets);
            }
        }
        assertNoSecret(said, secrets);
    }

    /** A test that looks for nothing, where nothing was said, would prove nothing. */
    private void assertEverythingWentWrong(String said, List<String> secrets) throws IOException {
        assertThat(secrets)
                .hasSizeGreaterThanOrEqualTo(6)
                .anyMatch(secret -> secret.contains("/upload/"))
                .allMatch(secret -> secret.length() >= SHORTEST);
        assertThat(said)
                .contains("refused secret, 1", "exit 4", "AuthenticationFailed", "TRACE", "DEBUG")
                .contains("Status log of connector canary")
                .containsPattern("Items imported successfully: +[1-9]");
        assertThat(temp.resolve("faults.txt"))
                .content()
                .contains("TOKEN_REFUSED", "CLOSED", "DONE_THEN_504", "NOT_FOUND_YET", "UNAVAILABLE");
    }

    private static void assertNoSecret(Path file, List<String> secrets) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < secrets.size(); i++) {
            String secret = secrets.get(i);
            assertThat(text.contains(secret))
                    .as("secret " + i + " of " + secrets.size() + " in " + file.getFileName())
                    .isFalse();
        }
        for (String part : PARTS) {
            assertThat(text.contains(part))
                    .as(part + " in " + file.getFileName())
                    .isFalse();
        }
    }
}
