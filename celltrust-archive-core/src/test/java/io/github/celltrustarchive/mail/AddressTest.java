// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {

    private final Set<Note> notes = EnumSet.noneOf(Note.class);

    @ParameterizedTest
    @ValueSource(strings = {"a@b.example", "Ann.O'Lee+x@Mail.Corp.example", "{}!#$%&*/?=^_`|~-@1.example"})
    void addressIsKeptAsGiven(String email) {
        assertThat(address(null, email).addrSpec()).isEqualTo(email);
        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b,c@d.example",
                "<a@b.example>",
                "=?x@b.example",
                "\"a\"@b.example",
                "a@b",
                "a@b..example",
                "a@b.example.",
                ".a@b.example",
                "a.@b.example",
                "@b.example",
                "a@",
                "a@b@c.example",
                "a@-b.example",
                "a@b-.example",
                "a@b.example\r\nBcc: x@y.example",
                "\u00fc@b.example",
                "a@\u00fc.example"
            })
    void anythingElseIsNeverRepairedButGetsAStandIn(String email) {
        assertThat(address("+12025550100", email).addrSpec()).isEqualTo("12025550100@sms.celltrust.invalid");
        assertThat(notes).containsExactly(Note.INVALID_EMAIL);
    }

    @ParameterizedTest
    @CsvSource({"+1 (202) 555-0100, 12025550100", "12345, 12345", "0049/30.123, 004930123"})
    void numberGivesItsDigits(String phone, String label) {
        assertThat(address(phone, null).addrSpec()).isEqualTo(label + "@sms.celltrust.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BANK", "+", "1+2", "\u0661\u0662", "=HYPERLINK(1)", "tel:1", "111111111111111111111"})
    void anyOtherSenderGivesADigest(String phone) {
        assertThat(address(phone, null).addrSpec()).matches("id-[0-9a-f]{20}@sms\\.celltrust\\.invalid");
    }

    @Test
    void differentSendersKeepApart() {
        assertThat(address("BANK", null)).isNotEqualTo(address("bank", null));
    }

    private Address address(String phone, String email) {
        return Address.of(
                new Participant(ParticipantRole.TO, null, phone, email, false), "sms.celltrust.invalid", notes);
    }

    @Test
    void aNameOfBidiControlsIsNoName() {
        assertThat(Address.given("\u202a \u202c")).isEmpty();
        assertThat(Address.given("\u202aAnn\u202c")).isEqualTo("\u202aAnn\u202c");
    }
}
