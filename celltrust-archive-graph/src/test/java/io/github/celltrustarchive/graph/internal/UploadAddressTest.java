// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.celltrustarchive.graph.MicrosoftCloud;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadAddressTest {

    @ParameterizedTest
    @CsvSource({
        "global, https://outlook.office.com/api/gv1.0/Users('u')?authtoken=x",
        "global, https://OUTLOOK.office365.com:443/x",
        "global, https://graph.microsoft.com/x",
        "gcc-high, https://outlook.office365.us/x",
        "dod, https://outlook-dod.office365.us/x",
        "dod, https://webmail.apps.mil/x",
        "china, https://partner.outlook.cn/x"
    })
    void contentGoesToTheHostsOfItsCloud(String cloud, String address) throws Exception {
        assertThat(new UploadAddress(MicrosoftCloud.named(cloud)).allowed(address))
                .isEqualTo(URI.create(address));
    }

    @ParameterizedTest
    @CsvSource({
        "global, https://outlook.office365.us/canary",
        "gcc-high, https://outlook.office.com/canary",
        "china, https://outlook.office.com/canary",
        "global, https://evilffice.com/canary",
        "global, https://office.com.evil.example/canary",
        "global, https://outlook.office.com:8443/canary",
        "global, http://outlook.office.com/canary",
        "global, https://outlook.office.com@evil.example/canary",
        "global, https://user:canary@outlook.office.com/",
        "global, https://169.254.169.254/canary",
        "global, //outlook.office.com/canary",
        "global, https:canary",
        "global, https://[canary"
    })
    void contentGoesNowhereElseAndTheAddressStaysSecret(String cloud, String address) {
        UploadAddress addresses = new UploadAddress(MicrosoftCloud.named(cloud));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> addresses.allowed(address))
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary", "evil"));
    }

    @ParameterizedTest
    @CsvSource({"https://graph.simulator.test:8443/x, true", "https://outlook.office.com/x, false"})
    void anotherRootOfGraphAllowsItsOwnHostAlone(String address, boolean allowed) {
        UploadAddress addresses =
                new UploadAddress(MicrosoftCloud.GLOBAL.withGraph(URI.create("https://graph.simulator.test:8443")));

        boolean taken;
        try {
            addresses.allowed(address);
            taken = true;
        } catch (IOException e) {
            taken = false;
        }
        assertThat(taken).isEqualTo(allowed);
    }
}
