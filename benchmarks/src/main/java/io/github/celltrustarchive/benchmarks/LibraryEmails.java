// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SourceItem;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.BasicBodyFactory;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/** The same email as the library's converter writes, as the two mail libraries would be used for it. */
final class LibraryEmails {

    private static final String STAND_IN = "12025550101@sms.celltrust.invalid";

    private final Session session = Session.getInstance(new Properties());

    void angus(SourceItem item, ItemKey key, OutputStream out) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", messageId(key));
            }
        };
        message.setFrom(new InternetAddress(item.sender().email(), item.sender().displayName(), "UTF-8"));
        message.setRecipient(
                RecipientType.TO,
                new InternetAddress(STAND_IN, item.recipients().get(0).displayName(), "UTF-8"));
        message.setSubject("SMS from Ann L\u00e9e to Bob Ray", "UTF-8");
        message.setSentDate(Date.from(item.sentAt()));
        for (Map.Entry<String, String> header : headers(item, key).entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(item.text(), "UTF-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(html(item, key), "UTF-8", "html");
        MimeMultipart alternative = new MimeMultipart("alternative", plain, html);
        if (item.attachments().isEmpty()) {
            message.setContent(alternative);
        } else {
            MimeBodyPart body = new MimeBodyPart();
            body.setContent(alternative);
            MimeBodyPart file = new MimeBodyPart();
            Attachment attachment = item.attachments().get(0);
            file.setDataHandler(new DataHandler(new AttachmentSource(attachment)));
            file.setHeader("Content-Transfer-Encoding", "base64");
            file.setFileName(attachment.fileName());
            message.setContent(new MimeMultipart("mixed", body, file));
        }
        message.writeTo(out);
    }

    void mime4j(SourceItem item, ItemKey key, OutputStream out) throws IOException {
        MultipartBuilder alternative = MultipartBuilder.create("alternative")
                .addBodyPart(BodyPartBuilder.create()
                        .setBody(item.text(), StandardCharsets.UTF_8)
                        .setContentTransferEncoding("quoted-printable"))
                .addBodyPart(BodyPartBuilder.create()
                        .setBody(html(item, key), "html", StandardCharsets.UTF_8)
                        .setContentTransferEncoding("quoted-printable"));
        Message.Builder message = Message.Builder.of()
                .setFrom(new Mailbox(item.sender().displayName(), "ann.lee", "corp.example"))
                .setTo(new Mailbox(item.recipients().get(0).displayName(), "12025550101", "sms.celltrust.invalid"))
                .setSubject("SMS from Ann L\u00e9e to Bob Ray")
                .setDate(Date.from(item.sentAt()))
                .setMessageId(messageId(key));
        headers(item, key).forEach((name, value) -> message.addField(new RawField(name, value)));
        if (item.attachments().isEmpty()) {
            message.setBody(alternative.build());
        } else {
            Attachment attachment = item.attachments().get(0);
            try (InputStream in = attachment.content().open()) {
                message.setBody(MultipartBuilder.create("mixed")
                        .addBodyPart(BodyPartBuilder.create().setBody(alternative.build()))
                        .addBodyPart(BodyPartBuilder.create()
                                .setBody(BasicBodyFactory.INSTANCE.binaryBody(in))
                                .setContentType("image/jpeg")
                                .setContentDisposition("attachment", attachment.fileName())
                                .setContentTransferEncoding("base64"))
                        .build());
            }
        }
        Message built = message.build();
        new DefaultMessageWriter().writeMessage(built, out);
        built.dispose();
    }

    private static String messageId(ItemKey key) {
        return "<" + key.hex().substring(0, 40) + "@sms.celltrust.invalid>";
    }

    private static Map<String, String> headers(SourceItem item, ItemKey key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("References", "<" + key.hex().substring(24) + "@sms.celltrust.invalid>");
        headers.put("X-CellTrust-Message-Id", item.sourceId());
        headers.put("X-CellTrust-Conversation-Id", item.conversationId());
        headers.put("X-CellTrust-Type", item.kind());
        headers.put("X-CellTrust-Direction", "unknown");
        headers.put("X-CellTrust-Archive-Key", key.hex());
        headers.put("X-CellTrust-Email", item.sender().email());
        headers.put("X-CellTrust-Sender-Number", item.sender().phone());
        headers.put("X-CellTrust-Recipient-Numbers", item.recipients().get(0).phone());
        headers.put("X-CellTrust-Event-Time", item.sentAt().toString());
        headers.put("X-CellTrust-Carrier", item.properties().get("carrier"));
        headers.put("X-CellTrust-Source-SHA256", key.hex());
        return headers;
    }

    private static String html(SourceItem item, ItemKey key) {
        return "<!DOCTYPE html>\r\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head>\r\n<body><div>" + item.text()
                + "</div>\r\n<hr>\r\n<table>\r\n" + row("From", item.sender().displayName())
                + row("To", item.recipients().get(0).displayName())
                + row("Sent", item.sentAt().toString()) + row("Type", item.kind()) + row("Direction", "unknown")
                + row("Conversation", item.conversationId()) + row("Message id", item.sourceId())
                + row("Archive key", key.hex()) + "</table></body></html>\r\n";
    }

    private static String row(String label, @Nullable String value) {
        return "<tr><th>" + label + "</th><td>" + value + "</td></tr>\r\n";
    }

    private record AttachmentSource(Attachment attachment) implements DataSource {
        @Override
        public InputStream getInputStream() throws IOException {
            return attachment.content().open();
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getContentType() {
            return attachment.mediaType();
        }

        @Override
        public String getName() {
            return attachment.fileName();
        }
    }
}
