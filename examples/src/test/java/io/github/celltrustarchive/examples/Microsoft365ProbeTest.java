// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class Microsoft365ProbeTest {

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter screen = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void everythingComesBackFromASimulatedMailboxAndNothingIsLeft() {
        assertThat(run("probe", "--simulate", "--large")).isZero();

        assertThat(errors).hasToString("");
        assertThat(screen.toString())
                .containsPattern("(\\d+) properties = \\1 pass \\+ 0 different \\+ 0 missing")
                .contains("draft", "sent date", "received date", "message class", "Message-ID", "archive key")
                .contains("attachment probe-large.bin", "key found in the folder", "folder found by its mark")
                .contains("Message and folder are removed")
                .doesNotContain("Left: ");
    }

    @Test
    void whatIsMissingForATenantIsNamedAtOnce() {
        assertThat(run("probe")).isEqualTo(2);

        assertThat(errors.toString())
                .contains("AZURE_TENANT_ID is missing", "credentials are missing", "--mailbox is missing")
                .doesNotContain("the stage is missing")
                .doesNotContain("\tat ");
    }

    @Test
    void aMailboxThatIsNoAddressIsRefused() {
        environment.put("AZURE_TENANT_ID", "bank.example");
        environment.put("AZURE_CLIENT_ID", "app");
        environment.put("AZURE_CLIENT_SECRET", "CanarySecret");

        assertThat(run("probe", "--mailbox", "ann")).isEqualTo(2);

        assertThat(errors.toString())
                .contains("must be given by its address")
                .doesNotContain("CanarySecret")
                .doesNotContain("\tat ");
    }

    private int run(String... args) {
        CommandLine commandLine = Microsoft365Archive.commandLine(environment);
        commandLine.setOut(new PrintWriter(screen, true));
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(args);
    }
}
