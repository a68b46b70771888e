// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JakartaMailConverterTest {

    /** What a test puts into the message. */
    @FunctionalInterface
    private interface Filling {
        void fill(MimeMessage message) throws MessagingException, IOException;
    }

    @Test
    void authorFillsSubjectAndTextAndTheBaseWritesWhoAndWhen() throws Exception {
        MimeMessage email = read(Samples.sms("hi").build(), message -> {
            message.setSubject("Gr\u00fc\u00dfe");
            message.setText("line one\nline \u00fc");
        });

        assertThat(email.getSubject()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(Samples.plain(email)).isEqualTo("line one\nline \u00fc");
        assertThat(email.getFrom()).containsExactly(new InternetAddress("ann.lee@corp.example", "Ann Lee"));
        assertThat(email.getSentDate().toInstant().getEpochSecond()).isEqualTo(Samples.SENT.getEpochSecond());
        assertThat(email.getMessageID())
                .isEqualTo(Samples.convert(Samples.sms("hi").build()).envelope().messageId());
        assertThat(email.getHeader("X-CellTrust-Archive-Key")).hasSize(1);
    }

    @Test
    void withoutASubjectItIsTheUsualOne() throws Exception {
        assertThat(read(Samples.sms("hi").build(), message -> message.setText("x"))
                        .getSubject())
                .isEqualTo("SMS from Ann Lee to Bob Ray");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\r\n ", "\u0085", "\u2028", "\u0000"})
    void lineBreakInAValueBeginsNoField(String lineBreak) throws Exception {
        String hostile = "x" + lineBreak + "Bcc: eve@corp.example" + lineBreak + lineBreak + "<b>body</b>";
        ConvertedMessage message = convert(Samples.sms("hi").build(), m -> {
            m.setSubject(hostile);
            m.setHeader("X-Mine", hostile);
            m.addHeaderLine("X-Line: " + hostile);
            MimeBodyPart part = JakartaMailConverter.newBodyPart();
            part.setContent(new byte[1], "image/png" + lineBreak + "X-Evil: 1");
            part.setFileName(hostile);
            part.setDescription(hostile);
            m.setContent(new MimeMultipart("mixed", part));
        });
        MimeMessage email = Samples.parse(Samples.bytes(message));
        Part part = Samples.leaves(email).get(0);

        assertThat(email.getHeader("Bcc")).isNull();
        assertThat(email.getHeader("X-Mine")).hasSize(1);
        assertThat(part.getHeader("X-Evil")).isNull();
        assertThat(part.getHeader("Bcc")).isNull();
        assertThat(part.getContentType()).startsWith("application/octet-stream");
        assertThat(part.getSize()).isLessThan(10);
        assertThat(Samples.bytes(message)).isEqualTo(Samples.bytes(message));
    }

    @Test
    void fieldsOfTheBaseCannotBeSet() {
        List<Filling> attempts = List.of(
                m -> m.setFrom(new InternetAddress("eve@corp.example")),
                m -> m.addRecipients(Message.RecipientType.TO, "eve@corp.example"),
                m -> m.setHeader("Date", "Thu, 1 Jan 1970 00:00:00 +0000"),
                m -> m.setHeader("Message-ID", "<x@y>"),
                m -> m.setHeader("x-celltrust-archive-key", "0"),
                m -> m.addHeader("X-Mms-Priority", "High"),
                m -> m.addHeaderLine("Received: from x"),
                m -> m.setHeader("X-A: b\r\nX-C", "d"),
                m -> m.setHeader("Content-Type", "text/html"),
                m -> JakartaMailConverter.newBodyPart().setHeader("Content-Transfer-Encoding", "8bit"),
                m -> JakartaMailConverter.newBodyPart().setContentID("<a>\r\nX-Evil: 1"));

        for (Filling attempt : attempts) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> convert(Samples.sms("hi").build(), attempt));
        }
    }

    @Test
    void foreignPartsAndMissingBodiesAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> convert(Samples.sms("hi").build(), m -> m.setSubject("no body")));
        assertThatIllegalStateException()
                .isThrownBy(() -> convert(Samples.sms("hi").build(), m -> {
                    MimeBodyPart foreign = new MimeBodyPart();
                    foreign.setText("x");
                    m.setContent(new MimeMultipart("mixed", foreign));
                }));
    }

    @Test
    void attachmentsComeBehindTheBodyUnderTheSizePolicy() throws Exception {
        SourceItem item = Samples.sms("hi")
                .attachment(Samples.file("small.txt", "text/plain", new byte[3]))
                .attachment(Samples.file("big.bin", "application/x-big", new byte[11]))
                .build();
        ConvertedMessage message = convert(new SizePolicy(10, 20), item, m -> m.setText("body"));
        List<Part> parts = Samples.leaves(Samples.parse(Samples.bytes(message)));

        assertThat(message.envelope().attachments())
                .extracting(a -> a.leftOut())
                .containsExactly(false, true);
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1).getFileName()).isEqualTo("small.txt");
        assertThat((String) parts.get(2).getContent()).contains("The attachment \"big.bin\" is over");
    }

    @Test
    void bodyOverTheSizePolicyIsHeld() {
        Filling tooLong = m -> m.setText("12345");

        assertThatThrownBy(() -> convert(new SizePolicy(4, 4), Samples.sms("").build(), tooLong))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD));
    }

    @Test
    void failureOfTheAuthorsCodeHoldsTheItemUnlessItWasInputOrOutput() {
        assertThatThrownBy(() -> convert(Samples.sms("").build(), m -> {
                    throw new MessagingException("wrong");
                }))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.HOLD));
        assertThatIOException()
                .isThrownBy(() -> convert(Samples.sms("").build(), m -> {
                    throw new MessagingException("wrong", new IOException("gone"));
                }));
    }

    @Test
    void dataSourceIsStreamedAndMustStayTheSame() throws Exception {
        byte[] bytes = "some bytes".getBytes(StandardCharsets.US_ASCII);
        MimeMessage email = read(
                Samples.sms("").build(),
                m -> m.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, "application/x-data"))));

        assertThat(email.getContentType()).isEqualTo("application/x-data");
        assertThat(email.getInputStream()).hasBinaryContent(bytes);

        ConvertedMessage shrinking =
                convert(Samples.sms("").build(), m -> m.setDataHandler(new DataHandler(new Shrinking())));
        assertThatIOException().isThrownBy(() -> Samples.bytes(shrinking));
    }

    @Test
    void emailPassesThroughWithoutBeingFilled() throws Exception {
        RawRecord raw = Samples.rawEmail("Subject: own\r\n\r\nbody");
        SourceItem item = Samples.sms("ignored").build();
        ConvertedMessage message = converter(SizePolicy.DEFAULT, m -> {
                    throw new IllegalStateException("must not be called");
                })
                .convert(item, ItemKey.of("test", item), raw);

        assertThat(new String(Samples.bytes(message), StandardCharsets.US_ASCII))
                .endsWith("\r\nSubject: own\r\n\r\nbody");
    }

    @Test
    void everyGoldenItemGivesSevenBitLinesAndTheSameBytesTwice() throws Exception {
        for (Map.Entry<String, SourceItem> item : GoldenItems.all().entrySet()) {
            byte[] eml = GoldenItems.filled(item.getValue());

            assertThat(GoldenItems.filled(item.getValue())).as(item.getKey()).isEqualTo(eml);
            for (String line : new String(eml, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
                assertThat(line).as(item.getKey()).matches("[\\t\\x20-\\x7e]{0,998}");
            }
            assertThat(Samples.plain(Samples.parse(eml)))
                    .isEqualTo(utf8(item.getValue().text()));
        }
    }

    private static String utf8(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(HeaderText.isSurrogate(c) ? 0xFFFD : c));
        return clean.toString();
    }

    private static MimeMessage read(SourceItem item, Filling filling) throws Exception {
        return Samples.parse(Samples.bytes(convert(item, filling)));
    }

    private static ConvertedMessage convert(SourceItem item, Filling filling) throws IOException {
        return convert(SizePolicy.DEFAULT, item, filling);
    }

    private static ConvertedMessage convert(SizePolicy policy, SourceItem item, Filling filling) throws IOException {
        return converter(policy, filling).convert(item, ItemKey.of("test", item), Samples.raw());
    }

    private static JakartaMailConverter converter(SizePolicy policy, Filling filling) {
        return new JakartaMailConverter(
                ConnectorProfile.builder("test").sizePolicy(policy).build()) {
            @Override
            protected void fill(MimeMessage message, SourceItem item) throws MessagingException, IOException {
                filling.fill(message);
            }
        };
    }

    /** One byte fewer each time it is read. */
    private static final class Shrinking implements DataSource {
        private int length = 10;

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(new byte[length--]);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return "application/x-data";
        }

        @Override
        public String getName() {
            return "";
        }
    }
}
