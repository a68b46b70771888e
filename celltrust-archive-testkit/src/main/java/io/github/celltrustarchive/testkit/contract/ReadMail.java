// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** An email as a mail library reads it. */
final class ReadMail {

    private final MimeMessage message;
    private final List<Part> leaves = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final String shape;

    private ReadMail(MimeMessage message) throws MessagingException, IOException {
        this.message = message;
        shape = visit(message);
    }

    static ReadMail of(byte[] eml) throws MessagingException, IOException {
        return new ReadMail(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(eml)));
    }

    /** The tree of parts, such as {@code mixed(alternative(..).)}. */
    String shape() {
        return shape;
    }

    /** The values of the fields of the message's header with this name. */
    List<String> header(String name) throws MessagingException {
        String[] values = message.getHeader(name);
        return values == null ? List.of() : List.of(values);
    }

    /** The times of all Date fields. */
    List<Instant> dates() throws MessagingException {
        List<Instant> dates = new ArrayList<>();
        for (String date : header("Date")) {
            dates.add(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        }
        return dates;
    }

    /** The names of all fields of the message's header, in lower case. */
    List<String> headerNames() throws MessagingException {
        List<String> names = new ArrayList<>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            names.add(header.getName().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** The names of all fields of all headers, in lower case. */
    List<String> fields() {
        return fields;
    }

    /** The decoded bytes of every part that isn't a multipart. */
    List<byte[]> contents() throws MessagingException, IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Part leaf : leaves) {
            try (InputStream in = leaf.getInputStream()) {
                contents.add(in.readAllBytes());
            }
        }
        return contents;
    }

    /** The decoded bytes of every attachment. */
    List<byte[]> attachments() throws MessagingException, IOException {
        List<byte[]> attachments = new ArrayList<>();
        for (Part leaf : leaves) {
            if (Part.ATTACHMENT.equals(leaf.getDisposition())) {
                try (InputStream in = leaf.getInputStream()) {
                    attachments.add(in.readAllBytes());
                }
            }
        }
        return attachments;
    }

    /** The texts of all text parts, in UTF-8. */
    String text() throws MessagingException, IOException {
        StringBuilder text = new StringBuilder();
        for (Part leaf : leaves) {
            if (leaf.isMimeType("text/*") && !Part.ATTACHMENT.equals(leaf.getDisposition())) {
                try (InputStream in = leaf.getInputStream()) {
                    text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    private String visit(Part part) throws MessagingException, IOException {
        Collections.list(part.getAllHeaders())
                .forEach(h -> fields.add(h.getName().toLowerCase(Locale.ROOT)));
        if (!(part.getContent() instanceof Multipart multipart)) {
            leaves.add(part);
            return ".";
        }
        StringBuilder tree = new StringBuilder(multipart.getContentType().split("[/;]", -1)[1]).append('(');
        for (int i = 0; i < multipart.getCount(); i++) {
            BodyPart child = multipart.getBodyPart(i);
            tree.append(visit(child));
        }
        return tree.append(')').toString();
    }
}
