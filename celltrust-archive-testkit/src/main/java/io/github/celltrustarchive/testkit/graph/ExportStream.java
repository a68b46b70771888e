// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The stream of an exported item. The real one is undocumented; this one is invented, but has in it what is known of the real
 * one: the tag of the message flags, {@code 03 00 07 0E}, with four bytes of flags, and that of the time of delivery, {@code 40
 * 00 06 0E}, with eight bytes of FILETIME, both little-endian. Whoever changes these bytes changes the item that is imported.
 */
final class ExportStream {

    private static final byte[] MAGIC = "SIMULATED-FTS-1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int FLAGS = 0x0E070003;
    private static final int DELIVERY = 0x0E060040;
    private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");
    private static final long TICKS = 10_000_000; // in a second
    private static final int HEAD = MAGIC.length + 4 + 4 + 4 + 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExportStream() {}

    static byte[] write(SimulatedMessage message) {
        ObjectNode json = GraphJson.object();
        json.set("json", message.json());
        message.properties().forEach(json.putObject("properties")::put);
        message.headers().forEach(json.putObject("headers")::put);
        json.put("mime", message.mime());
        for (SimulatedAttachment attachment : message.attachments()) {
            json.withArray("attachments")
                    .addObject()
                    .put("name", attachment.name())
                    .put("contentType", attachment.contentType())
                    .put("inline", attachment.inline())
                    .put("contentId", attachment.contentId())
                    .put("bytes", message.content(attachment.id()));
        }
        byte[] tail = json.toString().getBytes(StandardCharsets.UTF_8);
        int flags = (message.draft() ? MessageRules.UNSENT : 0) | (message.read() ? MessageRules.READ : 0);
        return ByteBuffer.allocate(HEAD + tail.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(FLAGS)
                .putInt(flags)
                .putInt(DELIVERY)
                .putLong(filetime(message.received()))
                .put(tail)
                .array();
    }

    /** Makes a message anew from a stream. */
    static SimulatedMessage read(
            byte[] stream, SimulatedMailbox mailbox, String folderId, ContentStore store, Instant now) throws Refusal {
        boolean known = stream.length > HEAD && Arrays.equals(Arrays.copyOf(stream, MAGIC.length), MAGIC);
        ByteBuffer head = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        if (!known || head.getInt(MAGIC.length) != FLAGS || head.getInt(MAGIC.length + 8) != DELIVERY) {
            throw corrupt();
        }
        int flags = head.getInt(MAGIC.length + 4);
        Instant received = instant(head.getLong(MAGIC.length + 12));
        try {
            JsonNode json = JSON.readTree(Arrays.copyOfRange(stream, HEAD, stream.length));
            Map<String, String> properties = texts(json.path("properties"));
            properties.keySet().removeIf(id -> PropertyIds.canonical(id).equals(MessageRules.FLAGS));
            properties.keySet().removeIf(id -> PropertyIds.canonical(id).equals("SystemTime 0xe06"));
            properties.put("Integer 0x0E07", Integer.toString(flags));
            properties.put("SystemTime 0x0E06", received.toString());
            SimulatedMessage message = new SimulatedMessage(
                    mailbox.nextNumber(),
                    folderId,
                    now,
                    new SimulatedMessage.Parts(
                            (ObjectNode) json.path("json"),
                            properties,
                            texts(json.path("headers")),
                            (flags & MessageRules.UNSENT) != 0,
                            (flags & MessageRules.READ) != 0,
                            store.keep(json.path("mime").binaryValue())));
            for (JsonNode attachment : json.path("attachments")) {
                attach(message, attachment, mailbox, store, now);
            }
            mailbox.define(properties.keySet(), Set.of());
            mailbox.add(message);
            return message;
        } catch (IOException | ClassCastException e) {
            throw corrupt();
        }
    }

    private static void attach(
            SimulatedMessage message, JsonNode json, SimulatedMailbox mailbox, ContentStore store, Instant now) {
        ContentStore.Content content =
                store.keep(Base64.getDecoder().decode(json.path("bytes").asText()));
        SimulatedAttachment attachment = new SimulatedAttachment(
                "att-" + mailbox.nextNumber(),
                json.path("name").asText(),
                json.path("contentType").asText(),
                content.size(),
                content.sha256(),
                json.path("inline").asBoolean(),
                json.path("contentId").isTextual() ? json.path("contentId").asText() : null);
        message.attach(attachment, content, now);
    }

    private static long filetime(Instant instant) {
        return (instant.getEpochSecond() - FILETIME_EPOCH.getEpochSecond()) * TICKS + instant.getNano() / 100;
    }

    private static Instant instant(long filetime) {
        return FILETIME_EPOCH.plusSeconds(filetime / TICKS).plusNanos(filetime % TICKS * 100);
    }

    private static Map<String, String> texts(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts;
    }

    private static Refusal corrupt() {
        return Refusal.badRequest("ErrorCorruptData", "The stream is corrupt.");
    }
}
