// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Envelope;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items, emails and deliveries for the tests of messages. */
final class GraphSamples {

    static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("test");
    static final MessageSettings SETTINGS = MessageSettings.of(PROFILE);
    static final Instant SENT = Instant.parse("2026-03-04T15:06:07.089Z");
    static final Mailbox MAILBOX = new Mailbox("object-1", "ann.lee@bank.example");

    private GraphSamples() {}

    static SourceItem.Builder item(String kind) {
        return SourceItem.builder("m-1", kind, SENT)
                .receivedAt(Instant.parse("2026-03-04T15:06:09Z"))
                .direction(Direction.OUTBOUND)
                .sender(new Participant(
                        ParticipantRole.FROM, "Ann Lee", "+1 202 555 0100", "ann.lee@bank.example", false))
                .recipient(new Participant(ParticipantRole.TO, "Bob Ray", "+12025550101", null, true))
                .conversationId("c-1");
    }

    static Attachment file(String name, String type, byte[] bytes) {
        return new Attachment(name, type, Content.of(bytes));
    }

    /** As the pipeline stages it. */
    static Delivery delivery(SourceItem item) throws IOException {
        return delivery(item, new RawRecord("application/json", Content.ofUtf8("{\"id\":\"m-1\"}"), "export.jsonl:1"));
    }

    /** An email that passes through, given in Latin-1. */
    static Delivery passedThrough(String eml) throws IOException {
        return passedThrough(eml.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Delivery passedThrough(byte[] eml) throws IOException {
        return delivery(item("EMAIL").build(), new RawRecord("message/rfc822", Content.of(eml), "drop/1.eml"));
    }

    static Delivery delivery(SourceItem item, RawRecord raw) throws IOException {
        ConvertedMessage converted =
                new EmlMessageConverter(PROFILE).convert(item, ItemKey.of(PROFILE.name(), item), raw);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        converted.eml().writeTo(out);
        return delivery(converted.envelope(), Content.of(out.toByteArray()));
    }

    static Delivery delivery(Envelope envelope, Content eml) {
        DeliveryKey key = DeliveryKey.of(envelope.key(), MAILBOX.id(), PROFILE.folder());
        return new Delivery(key, MAILBOX, PROFILE.folder(), envelope, eml, 1, null);
    }

    static Map<String, String> properties(JsonNode json) {
        Map<String, String> properties = new LinkedHashMap<>();
        json.path("singleValueExtendedProperties")
                .forEach(each -> properties.put(
                        each.path("id").textValue(), each.path("value").textValue()));
        return properties;
    }

    static Map<String, String> headers(JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("internetMessageHeaders")
                .forEach(each -> headers.put(
                        each.path("name").textValue(), each.path("value").textValue()));
        return headers;
    }

    /** {@code name <address>} of each. */
    static List<String> addresses(JsonNode list) {
        return list.findValues("emailAddress").stream()
                .map(each -> each.path("name").textValue() + " <"
                        + each.path("address").textValue() + ">")
                .toList();
    }

    static byte[] bytes(GraphAttachment attachment) throws IOException {
        try (InputStream in = attachment.open()) {
            return in.readAllBytes();
        }
    }

    static byte[] bytes(Delivery delivery) throws IOException {
        try (InputStream in = delivery.eml().open()) {
            return in.readAllBytes();
        }
    }

    static List<String> names(GraphMessage message) {
        return message.attachments().stream().map(GraphAttachment::name).toList();
    }
}
