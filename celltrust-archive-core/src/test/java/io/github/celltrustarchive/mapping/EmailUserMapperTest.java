// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailUserMapperTest {

    private final EmailUserMapper mapper = new EmailUserMapper(List.of("Example.com", "corp.example"));

    @Test
    void anAddressInAnOwnedDomainIsItsMailbox() {
        assertThat(map("Ann.Lee+sms@EXAMPLE.com"))
                .isEqualTo(Mapping.to(new Mailbox("ann.lee+sms@example.com", "Ann.Lee+sms@EXAMPLE.com"), "email"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x@gmail.example", "x@sub.example.com", "x@notexample.com", "x@example.com.evil.example"})
    void anAddressInAnotherDomainIsExternal(String email) {
        assertThat(map(email)).isEqualTo(Mapping.external());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b,c@example.com",
                "<a@example.com>",
                "<a@b>c@example.com",
                "\"a b\"@example.com",
                "a(b)@example.com",
                "=?utf-8?q?a=40example.com?=@example.com,",
                "a@example.com.",
                "a@.example.com",
                ".a@example.com",
                "a..b@example.com",
                "a.@example.com",
                "a@",
                "@example.com",
                "a",
                "a@[127.0.0.1]",
                " a@example.com",
                "a@example.com ",
                "victim@example.com\r\nBcc: x@example.com",
                "j\u00F6rg@example.com",
                "a@ex\u00E4mple.com",
                "a@example.com\u0000",
                "a@b@example.com",
                "a@-example.com",
                "Ann <a@example.com>",
                "a@localhost",
                "\u212Aim@example.com"
            })
    void whatIsNoPlainAddressIsUnmappedAndNeverRepaired(String email) {
        assertThat(map(email)).isEqualTo(Mapping.unmapped("the email address isn't a plain address"));
    }

    @Test
    void anAddressThatIsTooLongIsUnmapped() {
        assertThat(map("a".repeat(65) + "@example.com")).isInstanceOf(Mapping.Unmapped.class);
        assertThat(map("a@" + "b.".repeat(130) + "example.com")).isInstanceOf(Mapping.Unmapped.class);
    }

    @Test
    void whoeverTheSourceCallsExternalIsExternal() {
        assertThat(mapper.map(new Participant(ParticipantRole.TO, null, "12125550101", null, true), Instant.EPOCH))
                .isEqualTo(Mapping.external());
        assertThat(mapper.map(new Participant(ParticipantRole.TO, null, null, "a@example.com", true), Instant.EPOCH))
                .isEqualTo(Mapping.external());
    }

    @Test
    void aNumberAloneIsUnmapped() {
        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.TO, "12125550101"), Instant.EPOCH))
                .isEqualTo(Mapping.unmapped("no mapping for this number and no email address"));
    }

    @Test
    void subdomainsAreOwnedOnlyIfThatIsAskedFor() {
        EmailUserMapper withSubdomains = EmailUserMapper.withSubdomains(List.of("example.com"));

        assertThat(map("x@sub.example.com")).isEqualTo(Mapping.external());
        assertThat(withSubdomains.map(Participant.ofEmail(ParticipantRole.TO, "x@a.sub.EXAMPLE.com"), Instant.EPOCH))
                .isEqualTo(Mapping.to(new Mailbox("x@a.sub.example.com", "x@a.sub.EXAMPLE.com"), "email"));
        for (String other : List.of("x@notexample.com", "x@example.com.evil.example", "x@com.example")) {
            assertThat(withSubdomains.map(Participant.ofEmail(ParticipantRole.TO, other), Instant.EPOCH))
                    .isEqualTo(Mapping.external());
        }
    }

    @Test
    void withoutOwnedDomainsThereIsNoMapper() {
        assertThatThrownBy(() -> new EmailUserMapper(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EmailUserMapper(List.of("@example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Mapping map(String email) {
        return mapper.map(Participant.ofEmail(ParticipantRole.TO, email), Instant.EPOCH);
    }
}
