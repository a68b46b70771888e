// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassThroughTest {

    private static final String EML =
            "Received: from x\r\nSubject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n from Ann\r\nmessage-id:\r\n <a.b@c.example>\r\n"
                    + "\r\nMessage-ID: <not@this.one>\r\n8-bit \u00fc and a bare\nLF";

    @Test
    void emailKeepsItsBytesBehindOneArchiveKeyLine() throws Exception {
        ConvertedMessage message = convert(EML);

        assertThat(new String(Samples.bytes(message), StandardCharsets.ISO_8859_1))
                .isEqualTo(
                        "X-CellTrust-Archive-Key: " + message.envelope().key().hex() + "\r\n" + EML);
    }

    @Test
    void envelopeCarriesTheEmailsOwnMessageIdAndSubject() throws Exception {
        ConvertedMessage message = convert(EML);

        assertThat(message.envelope().messageId()).isEqualTo("<a.b@c.example>");
        assertThat(message.envelope().subject()).isEqualTo("Gr\u00fc\u00dfe from Ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: x\n\nbody",
                "",
                "\r\nMessage-ID: <in@the.body>",
                "Message-ID: no brackets\r\n\r\n",
                "Message-ID: <a b@c>\r\n\r\n",
                "Message-ID: <a@b><c@d>\r\n\r\n",
                "Message-ID: <\u00fc@b>\r\n\r\n"
            })
    void emailWithoutAProperMessageIdHasNone(String eml) throws Exception {
        assertThat(convert(eml).envelope().messageId()).isNull();
    }

    @Test
    void emailThatWouldContinueTheKeyLineIsHeld() {
        assertThatThrownBy(() -> convert(" 00\r\nSubject: x\r\n\r\n"))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD));
    }

    @Test
    void emailOverTheLimitIsHeld() throws Exception {
        ConnectorProfile profile = ConnectorProfile.builder("test")
                .sizePolicy(new SizePolicy(1_000, EML.length() - 1))
                .build();

        assertThatThrownBy(() -> convert(profile, EML))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD))
                .hasMessageContaining(EML.length() + " bytes");
    }

    private static ConvertedMessage convert(String eml) throws Exception {
        return convert(Samples.PROFILE, eml);
    }

    private static ConvertedMessage convert(ConnectorProfile profile, String eml) throws Exception {
        SourceItem item = Samples.sms("ignored").build();
        return new EmlMessageConverter(profile).convert(item, ItemKey.of("test", item), Samples.rawEmail(eml));
    }
}
