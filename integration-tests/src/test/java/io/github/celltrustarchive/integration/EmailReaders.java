// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import io.github.celltrustarchive.integration.ReadEmail.File;
import io.github.celltrustarchive.integration.ReadEmail.Header;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/** Two readers of email that know nothing of the writer. */
public final class EmailReaders {

    private static final Set<String> ADDRESS_FIELDS = Set.of("From", "To", "Cc", "Bcc");

    private EmailReaders() {}

    /** angus-mail, the reference implementation of Jakarta Mail. */
    public static ReadEmail angus(byte[] eml) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(eml));
        List<Header> headers = new ArrayList<>();
        for (jakarta.mail.Header header : Collections.list(message.getAllHeaders())) {
            String value = header.getValue();
            if (ADDRESS_FIELDS.contains(header.getName())) {
                value = InternetAddress.parseHeader(value, true).length == 0 ? "" : angusPeople(value);
            } else {
                value = MimeUtility.decodeText(MimeUtility.unfold(value));
            }
            headers.add(new Header(header.getName(), value));
        }
        List<File> files = new ArrayList<>();
        String text = angusParts((Multipart) message.getContent(), files);
        return new ReadEmail(headers, text, files);
    }

    private static String angusPeople(String value) throws Exception {
        List<String> people = new ArrayList<>();
        for (InternetAddress address : InternetAddress.parseHeader(value, true)) {
            address.validate();
            people.add(Objects.requireNonNullElse(address.getPersonal(), "") + "|" + address.getAddress());
        }
        return String.join("\n", people);
    }

    private static String angusParts(Multipart multipart, List<File> files) throws Exception {
        String text = "";
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart part = multipart.getBodyPart(i);
            if (part.isMimeType("multipart/*")) {
                text = angusParts((Multipart) part.getContent(), files);
            } else if (Part.ATTACHMENT.equals(part.getDisposition())) {
                files.add(new File(
                        part.getFileName(),
                        new ContentType(part.getContentType()).getBaseType(),
                        sha256(part.getInputStream().readAllBytes())));
            } else if (part.isMimeType("text/plain") && part.getDisposition() == null) {
                text = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    /** Apache James mime4j. */
    public static ReadEmail mime4j(byte[] eml) throws Exception {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        Message message = builder.parseMessage(new ByteArrayInputStream(eml));
        List<Header> headers = new ArrayList<>();
        for (Field field : message.getHeader().getFields()) {
            String raw = MimeUtil.unfold(field.getBody());
            String value = ADDRESS_FIELDS.contains(field.getName())
                    ? mime4jPeople(raw)
                    : DecoderUtil.decodeEncodedWords(raw, DecodeMonitor.SILENT);
            headers.add(new Header(field.getName(), value));
        }
        List<File> files = new ArrayList<>();
        String text = mime4jParts((org.apache.james.mime4j.dom.Multipart) message.getBody(), files);
        return new ReadEmail(headers, text, files);
    }

    private static String mime4jPeople(String value) {
        List<Mailbox> people =
                LenientAddressParser.DEFAULT.parseAddressList(value).flatten();
        return people.stream()
                .map(p -> Objects.requireNonNullElse(p.getName(), "") + "|" + p.getAddress())
                .collect(Collectors.joining("\n"));
    }

    private static String mime4jParts(org.apache.james.mime4j.dom.Multipart multipart, List<File> files)
            throws Exception {
        String text = "";
        for (Entity part : multipart.getBodyParts()) {
            if (part.isMultipart()) {
                text = mime4jParts((org.apache.james.mime4j.dom.Multipart) part.getBody(), files);
            } else if ("attachment".equals(part.getDispositionType())) {
                files.add(new File(part.getFilename(), part.getMimeType(), sha256(bytes((SingleBody) part.getBody()))));
            } else if ("text/plain".equals(part.getMimeType()) && part.getDispositionType() == null) {
                text = new String(bytes((SingleBody) part.getBody()), StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static byte[] bytes(SingleBody body) throws Exception {
        if (body instanceof BinaryBody binary) {
            return binary.getInputStream().readAllBytes();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return out.toByteArray();
    }

    public static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
