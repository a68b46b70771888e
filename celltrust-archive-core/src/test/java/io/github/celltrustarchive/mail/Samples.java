// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Items and short cuts for the tests of this package. */
final class Samples {

    static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("test");
    static final Instant SENT = Instant.parse("2026-03-04T15:06:07.089Z");
    static final Participant ANN =
            new Participant(ParticipantRole.FROM, "Ann Lee", "+1 202 555 0100", "ann.lee@corp.example", false);
    static final Participant BOB = new Participant(ParticipantRole.TO, "Bob Ray", "+12025550101", null, true);

    private Samples() {}

    /** A text from Ann to Bob. */
    static SourceItem.Builder sms(String text) {
        return SourceItem.builder("m-1", "SMS", SENT)
                .direction(Direction.OUTBOUND)
                .sender(ANN)
                .recipient(BOB)
                .conversationId("c-1")
                .text(text);
    }

    static Participant to(String phone) {
        return Participant.ofPhone(ParticipantRole.TO, phone);
    }

    static Attachment file(String name, String mediaType, byte[] bytes) {
        return new Attachment(name, mediaType, Content.of(bytes));
    }

    static RawRecord raw() {
        return new RawRecord("application/json", Content.ofUtf8("{\"id\":\"m-1\"}"), "export.jsonl:1");
    }

    static RawRecord rawEmail(String eml) {
        return new RawRecord("message/rfc822", Content.of(eml.getBytes(StandardCharsets.ISO_8859_1)), "drop/1.eml");
    }

    static ConvertedMessage convert(SourceItem item) throws IOException {
        return convert(new EmlMessageConverter(PROFILE), item);
    }

    static ConvertedMessage convert(EmlMessageConverter converter, SourceItem item) throws IOException {
        return converter.convert(item, ItemKey.of(PROFILE.name(), item), raw());
    }

    static byte[] bytes(ConvertedMessage message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.eml().writeTo(out);
        return out.toByteArray();
    }

    /** The email as text; it has only ASCII. */
    static String eml(SourceItem item) throws IOException {
        return new String(bytes(convert(item)), StandardCharsets.ISO_8859_1);
    }

    static MimeMessage parse(byte[] eml) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(eml));
    }

    static MimeMessage read(SourceItem item) throws Exception {
        return parse(bytes(convert(item)));
    }

    /** The first text/plain part in the order of the email. */
    static String plain(Part email) throws Exception {
        return text(email, "text/plain");
    }

    static String html(Part email) throws Exception {
        return text(email, "text/html");
    }

    private static String text(Part part, String type) throws Exception {
        for (Part leaf : leaves(part)) {
            if (leaf.isMimeType(type)) {
                return new String(leaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no " + type);
    }

    /** All parts that are no multipart, in their order. */
    static List<Part> leaves(Part part) throws Exception {
        if (!part.isMimeType("multipart/*")) {
            return List.of(part);
        }
        List<Part> leaves = new ArrayList<>();
        Multipart parts = (Multipart) part.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            leaves.addAll(leaves(parts.getBodyPart(i)));
        }
        return leaves;
    }
}
