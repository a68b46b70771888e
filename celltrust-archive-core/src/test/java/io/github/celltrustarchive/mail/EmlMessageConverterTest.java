// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.SourceItem;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class EmlMessageConverterTest {

    @Test
    void textMessageBecomesAnEmailFromItsSenderToItsRecipients() throws Exception {
        SourceItem item = Samples.sms("See you at 5").build();
        MimeMessage email = parse(Samples.bytes(Samples.convert(item)));

        assertThat(email.getFrom()).containsExactly(new InternetAddress("ann.lee@corp.example", "Ann Lee"));
        assertThat(email.getRecipients(Message.RecipientType.TO))
                .containsExactly(new InternetAddress("12025550101@sms.celltrust.invalid", "Bob Ray"));
        assertThat(email.getSubject()).isEqualTo("SMS from Ann Lee to Bob Ray");
        assertThat(email.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-03-04T15:06:07Z"));
        assertThat(plain(email)).isEqualTo("See you at 5");
    }

    static MimeMessage parse(byte[] eml) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(eml));
    }

    static String plain(MimeMessage email) throws Exception {
        Multipart body = (Multipart) email.getContent();
        BodyPart first = body.getBodyPart(0);
        BodyPart plain = first.getContent() instanceof Multipart alternative ? alternative.getBodyPart(0) : first;
        assertThat(plain.isMimeType("text/plain")).isTrue();
        return (String) plain.getContent();
    }
}
