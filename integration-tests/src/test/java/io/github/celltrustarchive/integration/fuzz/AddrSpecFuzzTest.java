// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.celltrustarchive.model.AddrSpec;
import jakarta.mail.internet.InternetAddress;

/** What is taken for an address is one to a strict reader of email as well, and the same one. */
class AddrSpecFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anAddressIsOneAddressToOthers(FuzzedDataProvider data) throws Exception {
        String text = data.consumeBoolean()
                ? data.consumeRemainingAsString()
                : data.consumeString(20) + "@" + data.consumeString(20) + ".example";
        if (AddrSpec.isValid(text)) {
            InternetAddress[] read = InternetAddress.parse(text, true);
            assertThat(read).hasSize(1);
            read[0].validate();
            assertThat(read[0].getAddress()).isEqualTo(text);
            assertThat(read[0].getPersonal()).isNull();
        }
    }
}
