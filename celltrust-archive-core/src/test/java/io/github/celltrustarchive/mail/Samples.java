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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

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
}
