// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddrSpecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"ann@example.com", "a.b+c@x-1.example", "O'Hara@EXAMPLE.com", "16471111000@sms.celltrust.invalid"
            })
    void plainAddressesAreTaken(String address) {
        assertThat(AddrSpec.isValid(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@example.com",
                "ann@",
                "ann@localhost",
                "ann@-x.example",
                "ann@x..example",
                "ann@example.com.",
                ".ann@example.com",
                "a..b@example.com",
                "a@b,c@d.example",
                "<a@b.example>c@d.example",
                "\"ann\"@example.com",
                "ann(x)@example.com",
                "ann@[127.0.0.1]",
                "=?utf-8?q?x?=@example.com",
                "victim@corp.example\r\nBcc: x@y.example",
                "änn@example.com",
                "ann@exämple.com",
                " ann@example.com",
                "ann@example.com\u0000"
            })
    void whateverReadersDisagreeAboutIsNot(String address) {
        assertThat(AddrSpec.isValid(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 300})
    void whatIsTooLongIsNot(int length) {
        assertThat(AddrSpec.isValid("a".repeat(length) + "@example.com")).isFalse();
    }
}
