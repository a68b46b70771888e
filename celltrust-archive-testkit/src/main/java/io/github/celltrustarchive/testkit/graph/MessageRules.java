// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What Graph does with the JSON of a new message: what makes it a draft, where its dates come from, what it refuses, what it
 * ignores.
 */
final class MessageRules {

    static final String FLAGS = "Integer 0xe07";
    static final int UNSENT = 8;
    static final int READ = 1;
    private static final int MAX_HEADERS = 5;
    private static final int MAX_HEADER_VALUE = 995;
    private static final int SINGLE_POST_LIMIT = 3 * 1024 * 1024;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");
    /** Accepted and ignored, as Graph does with what a client reads and posts back. */
    private static final Set<String> IGNORED = Set.of(
            "id",
            "isDraft",
            "receivedDateTime",
            "sentDateTime",
            "hasAttachments",
            "createdDateTime",
            "changeKey",
            "lastModifiedDateTime",
            "bodyPreview",
            "parentFolderId",
            "conversationId",
            "conversationIndex",
            "uniqueBody",
            "webLink");

    private final Simulation simulation;

    MessageRules(Simulation simulation) {
        this.simulation = simulation;
    }

    private record NewAttachment(SimulatedAttachment attachment, ContentStore.Content content) {}

    SimulatedMessage create(SimulatedMailbox mailbox, String folderId, JsonNode json) throws Refusal {
        simulation.vocabulary().check("message", json);
        Map<String, String> properties = properties(json);
        Map<String, String> headers = headers(json);
        checkPeople(json);
        checkWords(json);
        List<NewAttachment> attachments = new ArrayList<>();
        for (JsonNode attachment : json.path("attachments")) {
            attachments.add(attachment(attachment, mailbox));
        }
        mailbox.define(properties.keySet(), headers.keySet());
        ObjectNode kept = json.deepCopy();
        kept.remove(List.of("attachments", "singleValueExtendedProperties", "internetMessageHeaders"));
        kept.remove(IGNORED);
        int flags = UNSENT;
        boolean read = json.path("isRead").asBoolean(true);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (PropertyIds.canonical(property.getKey()).equals(FLAGS)) {
                flags = Integer.parseInt(property.getValue());
                read = (flags & READ) != 0;
            }
        }
        Instant now = simulation.now();
        SimulatedMessage message = new SimulatedMessage(
                mailbox.nextNumber(),
                folderId,
                now,
                new SimulatedMessage.Parts(
                        kept, properties, headers, (flags & UNSENT) != 0, read, ContentStore.Content.of(new byte[0])));
        attachments.forEach(one -> message.attach(one.attachment(), one.content(), now));
        mailbox.add(message);
        return message;
    }

    /** Extended properties of a message or folder, in a map that may be changed. */
    Map<String, String> properties(JsonNode json) throws Refusal {
        Map<String, String> properties = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            String id = property.path("id").asText();
            if (!PropertyIds.valid(id) || !property.path("value").isTextual()) {
                throw Refusal.badRequest("ErrorInvalidExtendedProperty", "The extended property is invalid.");
            }
            String value = property.path("value").asText();
            if (!fits(id, value)) {
                throw Refusal.badRequest("ErrorInvalidExtendedPropertyValue", "The value is invalid.");
            }
            if (!seen.add(PropertyIds.canonical(id))) {
                throw Refusal.badRequest("ErrorInvalidPropertySet", "The property is set twice.");
            }
            properties.put(id, value);
        }
        return properties;
    }

    private static boolean fits(String id, String value) {
        return switch (id.substring(0, id.indexOf(' '))) {
            case "Integer", "Short" -> value.matches("-?\\d{1,9}");
            case "Long" -> value.matches("-?\\d{1,18}");
            case "Boolean" -> value.matches("(?i)true|false");
            case "SystemTime" -> time(value);
            default -> true;
        };
    }

    private static boolean time(String value) {
        try {
            Instant.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    SimulatedAttachment attach(SimulatedMessage message, JsonNode json, SimulatedMailbox mailbox) throws Refusal {
        NewAttachment attachment = attachment(json, mailbox);
        message.attach(attachment.attachment(), attachment.content(), simulation.now());
        return attachment.attachment();
    }

    private NewAttachment attachment(JsonNode json, SimulatedMailbox mailbox) throws Refusal {
        if (!"#microsoft.graph.fileAttachment".equals(json.path("@odata.type").asText())) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "The attachment has no type.");
        }
        if (json.path("name").asText("").isEmpty()) {
            throw Refusal.badRequest("ErrorInvalidRequest", "The attachment has no name.");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(json.path("contentBytes").asText());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "The attachment is not base64.");
        }
        if (bytes.length >= SINGLE_POST_LIMIT) {
            throw new Refusal(413, "ErrorDataSizeLimitExceeded", "The attachment is too large for one request.");
        }
        ContentStore.Content content = simulation.store().keep(bytes);
        return new NewAttachment(
                new SimulatedAttachment(
                        "att-" + mailbox.nextNumber(),
                        json.path("name").asText(),
                        json.path("contentType").asText("application/octet-stream"),
                        bytes.length,
                        content.sha256(),
                        json.path("isInline").asBoolean(),
                        json.path("contentId").isTextual()
                                ? json.path("contentId").asText()
                                : null),
                content);
    }

    private static void checkPeople(JsonNode json) throws Refusal {
        List<JsonNode> people = new ArrayList<>();
        List.of("from", "sender").forEach(one -> {
            if (json.hasNonNull(one)) {
                people.add(json.path(one));
            }
        });
        for (String list : List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo")) {
            json.path(list).forEach(people::add);
        }
        for (JsonNode person : people) {
            String address = person.path("emailAddress").path("address").asText("");
            if (!ADDRESS.matcher(address).matches()) {
                throw Refusal.badRequest("ErrorInvalidRecipients", "At least one recipient isn't valid.");
            }
        }
    }

    private static void checkWords(JsonNode json) throws Refusal {
        String type = json.path("body").path("contentType").asText("text").toLowerCase(Locale.ROOT);
        String importance = json.path("importance").asText("normal").toLowerCase(Locale.ROOT);
        if (!Set.of("text", "html").contains(type)
                || !Set.of("low", "normal", "high").contains(importance)) {
            throw Refusal.badRequest("RequestBodyRead", "Cannot convert a literal to the expected type.");
        }
    }

    private static Map<String, String> headers(JsonNode json) throws Refusal {
        if (!json.has("internetMessageHeaders")) {
            return Map.of();
        }
        JsonNode list = json.path("internetMessageHeaders");
        if (list.isEmpty() || list.size() > MAX_HEADERS) {
            throw Refusal.badRequest("InvalidInternetMessageHeaderCollection", "At most 5, at least 1 header.");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode header : list) {
            String name = header.path("name").asText();
            String value = header.path("value").asText();
            boolean unfit = value.length() > MAX_HEADER_VALUE || value.contains("\n") || value.contains("\r");
            if (!name.toLowerCase(Locale.ROOT).startsWith("x-") || unfit || !names.add(name)) {
                throw Refusal.badRequest(
                        "InvalidInternetMessageHeader", "The internet message header should start with 'x-' or 'X-'.");
            }
            headers.put(name, value);
        }
        return headers;
    }
}
