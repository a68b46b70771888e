// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmlMessageConverterTest {

    @Test
    void textMessageBecomesAnEmailFromItsSenderToItsRecipients() throws Exception {
        MimeMessage email = read(Samples.sms("See you at 5").build());

        assertThat(email.getFrom()).containsExactly(new InternetAddress("ann.lee@corp.example", "Ann Lee"));
        assertThat(email.getRecipients(Message.RecipientType.TO))
                .containsExactly(new InternetAddress("12025550101@sms.celltrust.invalid", "Bob Ray"));
        assertThat(email.getSubject()).isEqualTo("SMS from Ann Lee to Bob Ray");
        assertThat(email.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-03-04T15:06:07Z"));
        assertThat(plain(email)).isEqualTo("See you at 5");
    }

    @Test
    void messageIdIsTheStartOfTheKeyAndTheKeyStandsOnOneLine() throws Exception {
        SourceItem item = Samples.sms("hi").build();
        String key = ItemKey.of("test", item).hex();

        assertThat(Samples.convert(item).envelope().messageId())
                .isEqualTo("<" + key.substring(0, 40) + "@sms.celltrust.invalid>");
        assertThat(Samples.eml(item)).contains("\r\nX-CellTrust-Archive-Key: " + key + "\r\n");
    }

    @Test
    void blindCopiesStayVisibleAsEvidence() throws Exception {
        SourceItem item = Samples.sms("hi")
                .recipient(Participant.ofEmail(ParticipantRole.BCC, "eve@corp.example"))
                .build();

        assertThat(read(item).getRecipients(Message.RecipientType.BCC))
                .containsExactly(new InternetAddress("eve@corp.example"));
        assertThat(header(item, "X-CellTrust-Email")).isEqualTo("ann.lee@corp.example, eve@corp.example");
    }

    @ParameterizedTest
    @CsvSource({
        "SMS, SMS from Ann Lee to Bob Ray and 1 other",
        "CALL, Call from Ann Lee to Bob Ray and 1 other",
        "RECEIPT, Receipt from Ann Lee to Bob Ray and 1 other",
        "EDIT, Edited message from Ann Lee to Bob Ray and 1 other",
        "DELETE, Deleted message from Ann Lee to Bob Ray and 1 other",
        "JOIN, Ann Lee joined the conversation with Bob Ray and 1 other",
        "LEAVE, Ann Lee left the conversation with Bob Ray and 1 other",
        "fax, fax from Ann Lee to Bob Ray and 1 other",
    })
    void everyKindHasASubject(String kind, String subject) throws Exception {
        SourceItem item = SourceItem.builder("e-1", kind, Samples.SENT)
                .sender(Samples.ANN)
                .recipient(Samples.BOB)
                .recipient(Samples.to("+12025550102"))
                .build();

        assertThat(Samples.convert(item).envelope().subject()).isEqualTo(subject);
        assertThat(header(item, "Subject")).isEqualTo(subject);
    }

    @Test
    void itemWithoutTextSaysItsDetailsInTheTextPart() throws Exception {
        SourceItem call = SourceItem.builder("call-1", "CALL", Samples.SENT)
                .sender(Samples.ANN)
                .property("duration", "62")
                .property("note", "line one\r\nFrom: forged")
                .build();

        assertThat(plain(read(call)))
                .startsWith("[Ann Lee made a call, 0:01:02]\r\n\r\nFrom: Ann Lee")
                .contains("\r\nDuration: 0:01:02 (given as 62)\r\n", "\r\nnote: line one\uFFFD\uFFFDFrom: forged\r\n");
        assertThat(header(call, "X-CellTrust-Duration")).isEqualTo("62");
        assertThat(header(call, "X-CellTrust-Note")).isEqualTo("no-text");
    }

    @Test
    void eventIsInTheThreadOfTheMessageItIsAbout() throws Exception {
        SourceItem message = Samples.sms("hi").build();
        SourceItem receipt = SourceItem.builder("r-1", "RECEIPT", Samples.SENT)
                .sender(Samples.BOB)
                .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                .conversationId("c-1")
                .relatedId("m-1")
                .build();

        assertThat(header(receipt, "References")).isEqualTo(header(message, "References"));
        assertThat(header(message, "References")).endsWith(header(receipt, "In-Reply-To"));
        assertThat(read(message).getHeader("In-Reply-To")).isNull();
    }

    @Test
    void messagesOfTheSamePartiesAreOneThreadWhereTheSourceHasNoConversations() throws Exception {
        SourceItem there = Samples.sms("hi").conversationId(null).build();
        SourceItem back = SourceItem.builder("m-2", "SMS", Samples.SENT)
                .sender(Samples.BOB)
                .recipient(Samples.ANN.withRole(ParticipantRole.TO))
                .build();

        assertThat(root(back)).isEqualTo(root(there));
    }

    @Test
    void orderOfPropertiesChangesNothing() throws Exception {
        SourceItem one =
                Samples.sms("hi").property("a", "1").property("carrier", "x").build();
        SourceItem two =
                Samples.sms("hi").property("carrier", "x").property("a", "1").build();

        assertThat(Samples.bytes(Samples.convert(one))).isEqualTo(Samples.bytes(Samples.convert(two)));
    }

    @Test
    void twoSpellingsOfAPropertyGiveOneHeader() throws Exception {
        SourceItem item = Samples.sms("hi")
                .property("networkType", "gsm")
                .property("network", "lte")
                .build();

        assertThat(read(item).getHeader("X-CellTrust-Network")).containsExactly("lte");
        assertThat(Samples.html(read(item))).contains("<bdi>networkType</bdi></th><td><bdi>gsm</bdi>");
    }

    @Test
    void attachmentOverTheLimitIsReplacedByANoteOfIt() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("small.txt", "text/plain", new byte[3]))
                .attachment(Samples.file("big\u202e.bin", "application/x-big", new byte[11]))
                .attachment(Samples.file("third.txt", "text/plain", new byte[10]))
                .build();
        ConvertedMessage message = converter(new SizePolicy(10, 12)).convert(item, key(item), Samples.raw());

        assertThat(message.envelope().attachments().stream().map(AttachmentSummary::leftOut))
                .containsExactly(false, true, true);
        assertThat(message.envelope().partial()).isTrue();
        MimeMessage email = parse(Samples.bytes(message));
        Multipart mixed = (Multipart) email.getContent();
        assertThat(mixed.getCount()).isEqualTo(4);
        assertThat((String) mixed.getBodyPart(2).getContent())
                .contains("File name: big.bin\r\n", "Size: 11 bytes\r\n")
                .contains("SHA-256: " + message.envelope().attachments().get(1).sha256())
                .contains(key(item).hex());
        assertThat(email.getHeader("X-CellTrust-Note")[0]).isEqualTo("bidi-controls attachment-left-out");
    }

    @Test
    void textOverTheLimitIsHeld() {
        SourceItem item = Samples.sms("\u00e9\u00e9").build();

        assertThatThrownBy(() -> converter(new SizePolicy(10, 3)).convert(item, key(item), Samples.raw()))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD))
                .hasMessageContaining("4 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1899-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z"})
    void yearThatNoEmailCanHoldIsHeld(String sent) {
        SourceItem item = SourceItem.builder("m", "SMS", Instant.parse(sent))
                .sender(Samples.ANN)
                .build();

        assertThatThrownBy(() -> Samples.convert(item))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD));
    }

    @Test
    void hugeValuesAreCappedAndNoted() throws Exception {
        String huge = "\uD83D\uDE00".repeat(500_000);
        Participant hostile = new Participant(ParticipantRole.TO, huge, huge, huge, false);
        SourceItem item = SourceItem.builder(huge, huge, Samples.SENT)
                .sender(hostile)
                .recipient(hostile)
                .conversationId(huge)
                .relatedId(huge)
                .property("carrier", huge)
                .attachment(Samples.file(huge, huge, new byte[1]))
                .build();
        byte[] eml = Samples.bytes(Samples.convert(item));

        assertThat(new String(eml, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n"))
                .isLessThan(60_000);
        assertThat(parse(eml).getHeader("X-CellTrust-Note")[0]).contains("shortened");
    }

    @Test
    void tenThousandRecipientsKeepTheHeaderWithinWhatExchangeTakes() throws Exception {
        SourceItem.Builder item = Samples.sms("hi");
        for (int i = 0; i < 10_000; i++) {
            item.recipient(Samples.to("+1202555" + i));
        }
        String eml = Samples.eml(item.build());

        assertThat(eml.indexOf("\r\n\r\n")).isLessThan(256_000);
        assertThat(eml).contains("X-CellTrust-Note: shortened");
        assertThat(Samples.html(parse(eml.getBytes(StandardCharsets.ISO_8859_1))))
                .contains("<bdi>+12025559999</bdi>");
    }

    @Test
    void rawRecordIsAttachedOnRequest() throws Exception {
        EmlMessageConverter converter = EmlMessageConverter.builder(Samples.PROFILE)
                .attachRawRecord(true)
                .build();
        Multipart mixed = (Multipart)
                parse(Samples.bytes(Samples.convert(converter, Samples.sms("hi").build())))
                        .getContent();
        BodyPart record = mixed.getBodyPart(1);

        assertThat(record.getFileName()).isEqualTo("source-record.json");
        assertThat(record.getInputStream()).hasBinaryContent("{\"id\":\"m-1\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void displayZoneIsShownBesideUtc() throws Exception {
        EmlMessageConverter converter = EmlMessageConverter.builder(Samples.PROFILE)
                .displayZone(ZoneId.of("America/Toronto"))
                .build();
        MimeMessage email =
                parse(Samples.bytes(Samples.convert(converter, Samples.sms("").build())));

        assertThat(plain(email))
                .contains("Sent: 2026-03-04 15:06:07.089 UTC \u00B7 2026-03-04 10:06:07.089 -05:00 (America/Toronto)");
    }

    @Test
    void writingTwiceGivesTheSameBytes() throws Exception {
        ConvertedMessage message = Samples.convert(Samples.sms("hi")
                .attachment(Samples.file("a", "b/c", new byte[100_000]))
                .build());

        assertThat(Samples.bytes(message)).isEqualTo(Samples.bytes(message));
    }

    @Test
    void attachmentThatEndsEarlyFailsTheWrite() throws Exception {
        Content shrinking = new Content() {
            private int opened;

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[opened++ == 0 ? 10 : 9]);
            }

            @Override
            public long size() {
                return 10;
            }
        };
        SourceItem item = Samples.sms("hi")
                .attachment(new io.github.celltrustarchive.model.Attachment("a", "b/c", shrinking))
                .build();
        ConvertedMessage message = new EmlMessageConverter(Samples.PROFILE)
                .convert(item, ItemKey.ofUnparsed("test", Samples.raw()), Samples.raw());

        assertThatIOException().isThrownBy(() -> Samples.bytes(message)).withMessageContaining("10 bytes");
    }

    private static EmlMessageConverter converter(SizePolicy policy) {
        return new EmlMessageConverter(
                ConnectorProfile.builder("test").sizePolicy(policy).build());
    }

    private static ItemKey key(SourceItem item) throws Exception {
        return ItemKey.of("test", item);
    }

    private static MimeMessage read(SourceItem item) throws Exception {
        return parse(Samples.bytes(Samples.convert(item)));
    }

    private static String header(SourceItem item, String name) throws Exception {
        return read(item).getHeader(name, null).replace("\r\n", "");
    }

    private static String root(SourceItem item) throws Exception {
        String references = header(item, "References");
        return references.substring(0, references.indexOf(' '));
    }

    private static MimeMessage parse(byte[] eml) throws Exception {
        return Samples.parse(eml);
    }

    private static String plain(MimeMessage email) throws Exception {
        BodyPart plain = ((Multipart) email.getContent()).getBodyPart(0);
        return new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
