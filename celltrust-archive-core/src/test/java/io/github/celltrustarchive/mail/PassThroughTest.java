// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void emailThatWasArchivedBeforeIsFoundByItsNewKeyAndKeepsTheOldLine(@TempDir Path root) throws Exception {
        String old = "X-CellTrust-Archive-Key: " + "0".repeat(64) + "\r\nSubject: again\r\n\r\nbody\r\n";
        ConvertedMessage message = convert(old);
        Delivery delivery = delivery(message.envelope().key(), message);
        MaildirSink sink = MaildirSink.of(root);
        sink.deliver(delivery);
        underAnotherName(root);

        assertThat(new String(Samples.bytes(message), StandardCharsets.ISO_8859_1))
                .isEqualTo(
                        "X-CellTrust-Archive-Key: " + message.envelope().key().hex() + "\r\n" + old);
        assertThat(sink.find(delivery)).isEqualTo(Lookup.found(Receipt.imported(message.envelope(), "1.other")));
        assertThat(sink.find(delivery(new ItemKey("0".repeat(64)), message))).isEqualTo(Lookup.absent());
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

    private static Delivery delivery(ItemKey key, ConvertedMessage message) throws Exception {
        Envelope of = message.envelope();
        Envelope envelope = new Envelope(
                key,
                of.sourceId(),
                of.messageId(),
                of.subject(),
                of.kind(),
                of.direction(),
                of.conversationId(),
                of.sentAt(),
                of.receivedAt(),
                of.participants(),
                of.attachments());
        Mailbox mailbox = new Mailbox("id-ann", "ann.lee@corp.example");
        return new Delivery(
                DeliveryKey.of(key, mailbox.id(), "Inbox/CellTrust"),
                mailbox,
                "Inbox/CellTrust",
                envelope,
                Content.of(Samples.bytes(message)),
                1,
                null);
    }

    /** As a mail server leaves it that gives files names of its own. */
    private static void underAnotherName(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            Path file = files.filter(path -> path.toString().endsWith(".celltrust"))
                    .findFirst()
                    .orElseThrow();
            Files.move(file, file.resolveSibling("1.other"));
        }
    }
}
