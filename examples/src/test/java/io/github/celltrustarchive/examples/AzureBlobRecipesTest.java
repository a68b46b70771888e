// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.AzureBlobStager;
import io.github.celltrustarchive.graph.EntraCredentials;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.Stager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The recipes of {@code docs/azure-blob.md}: every option fits, and none reads a secret or asks anybody before its use. */
class AzureBlobRecipesTest {

    @Test
    void stagesAreBuiltWithoutAskingAnybody() {
        TokenSource tokens = (scope, refused) -> new AccessToken("token", Instant.MAX);

        assertThat(signature()).hasToString("AzureBlobStager[stage]");
        assertThat(retention(tokens)).hasToString("AzureBlobStager[stage]");
    }

    static Stager application() {
        // README begin
        TokenSource tokens = EntraCredentials.fromEnvironment(System.getenv()).tokens(MicrosoftCloud.GLOBAL);
        Stager stager = AzureBlobStager.builder(MicrosoftCloud.GLOBAL, "bankarchive", "stage")
                .tokens(tokens)
                .prefix("celltrust/")
                .build();
        // README end
        return stager;
    }

    static Stager signature() {
        // README begin
        Stager stager = AzureBlobStager.builder(MicrosoftCloud.GLOBAL, "bankarchive", "stage")
                .sas(Secret.ofFile(Path.of("/run/secrets/stage-sas")))
                .build();
        // README end
        return stager;
    }

    static Stager retention(TokenSource tokens) {
        // README begin
        Stager stager = AzureBlobStager.builder(MicrosoftCloud.GLOBAL, "bankarchive", "stage")
                .tokens(tokens)
                .lockedRetention(Duration.ofDays(7 * 366)) // nobody can shorten it
                .legalHold(false)
                .customerProvidedKey(
                        Secret.ofFile(Path.of("/run/secrets/stage-key"))) // without it nothing can be read again
                .build();
        // README end
        return stager;
    }
}
