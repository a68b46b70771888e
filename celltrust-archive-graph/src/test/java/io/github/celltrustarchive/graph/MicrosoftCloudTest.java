// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftCloudTest {

    @ParameterizedTest
    @CsvSource({
        "global, https://graph.microsoft.com/.default, blob.core.windows.net",
        "GCC, https://graph.microsoft.com/.default, blob.core.windows.net",
        "gcc-high, https://graph.microsoft.us/.default, blob.core.usgovcloudapi.net",
        "dod, https://dod-graph.microsoft.us/.default, blob.core.usgovcloudapi.net",
        "china, https://microsoftgraph.chinacloudapi.cn/.default, blob.core.chinacloudapi.cn"
    })
    void aCloudIsFoundByName(String name, String scope, String blobs) {
        MicrosoftCloud cloud = MicrosoftCloud.named(name);

        assertThat(cloud.graphScope()).isEqualTo(scope);
        assertThat(cloud.blobEndpoint("acct")).isEqualTo(URI.create("https://acct." + blobs));
    }

    @Test
    void anUnknownNameSaysWhichThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MicrosoftCloud.named("moon"))
                .withMessageContaining("gcc-high");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://graph.test",
                "https://graph.test/",
                "https://u:p@graph.test",
                "https://graph.test?x",
                "https://graph.test#x",
                "mailto:x@y"
            })
    void anEndpointThatCouldLeakATokenIsRefused(String endpoint) {
        assertThatIllegalArgumentException().isThrownBy(() -> MicrosoftCloud.GLOBAL.withGraph(URI.create(endpoint)));
        assertThatIllegalArgumentException().isThrownBy(() -> MicrosoftCloud.GLOBAL.withLogin(URI.create(endpoint)));
    }

    @Test
    void everyEndpointCanBeReplaced() {
        MicrosoftCloud cloud = MicrosoftCloud.GLOBAL
                .withGraph(URI.create("https://localhost:8443/graph"))
                .withLogin(URI.create("https://localhost:8444"))
                .withBlobSuffix("blobs.test");

        assertThat(cloud.graphScope()).isEqualTo("https://localhost:8443/graph/.default");
        assertThat(cloud.login()).isEqualTo(URI.create("https://localhost:8444"));
        assertThat(cloud.blobEndpoint("a")).isEqualTo(URI.create("https://a.blobs.test"));
    }
}
