// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
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

    private static final String FLAGS = "Integer 0x0E07";
    private static final int UNSENT = 8;
    private static final int READ = 1;
    private static final int MAX_HEADERS = 5;
    private static final int SINGLE_POST_LIMIT = 3 * 1024 * 1024;
    private static final Pattern PROPERTY_ID =
            Pattern.compile("(String|Integer|SystemTime|Boolean|Binary|CLSID|Long|Double)"
                    + " (0x[0-9A-Fa-f]{1,4}|\\{[0-9a-fA-F-]{36}\\} (Name .+|Id 0x[0-9A-Fa-f]{1,4}))");
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
            "webLink");

    private static final Set<String> KNOWN = Set.of(
            "subject",
            "body",
            "from",
            "sender",
            "toRecipients",
            "ccRecipients",
            "bccRecipients",
            "replyTo",
            "isRead",
            "importance",
            "categories",
            "internetMessageId",
            "internetMessageHeaders",
            "singleValueExtendedProperties",
            "attachments",
            "inferenceClassification",
            "flag",
            "isDeliveryReceiptRequested",
            "isReadReceiptRequested");

    private final List<String> problems;

    MessageRules(List<String> problems) {
        this.problems = problems;
    }

    SimulatedMessage create(SimulatedMailbox mailbox, String folderId, JsonNode json, Instant now) throws Refusal {
        if (!json.isObject()) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
        }
        checkNames(json);
        Map<String, String> properties = properties(json);
        Map<String, String> headers = headers(json);
        List<SimulatedAttachment> attachments = attachments(json, mailbox);
        checkDates(properties);
        Set<String> definitions = new TreeSet<>(properties.keySet());
        headers.keySet().forEach(name -> definitions.add("header " + name.toLowerCase(Locale.ROOT)));
        mailbox.define(definitions);
        ObjectNode kept = json.deepCopy();
        kept.remove(List.of("attachments", "singleValueExtendedProperties", "internetMessageHeaders"));
        kept.remove(IGNORED);
        int flags = Integer.parseInt(properties.getOrDefault(FLAGS, Integer.toString(UNSENT)));
        boolean read = properties.containsKey(FLAGS)
                ? (flags & READ) != 0
                : json.path("isRead").asBoolean(true);
        SimulatedMessage message = new SimulatedMessage(
                mailbox.nextNumber(), folderId, kept, properties, headers, now, (flags & UNSENT) != 0, read);
        attachments.forEach(message::attach);
        return message;
    }

    /** Extended properties of a message or folder. */
    Map<String, String> properties(JsonNode json) throws Refusal {
        Map<String, String> properties = new LinkedHashMap<>();
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            String id = property.path("id").asText();
            if (!PROPERTY_ID.matcher(id).matches() || !property.path("value").isTextual()) {
                throw Refusal.badRequest("ErrorInvalidExtendedProperty", "The extended property is invalid.");
            }
            String value = property.path("value").asText();
            if (id.startsWith("Integer ") && !value.matches("-?\\d{1,9}")) {
                throw Refusal.badRequest("ErrorInvalidExtendedPropertyValue", "The value is invalid.");
            }
            if (properties.put(id, value) != null) {
                throw Refusal.badRequest("ErrorInvalidPropertySet", "The property is set twice.");
            }
        }
        return properties;
    }

    SimulatedAttachment attachment(JsonNode json, SimulatedMailbox mailbox) throws Refusal {
        if (!"#microsoft.graph.fileAttachment".equals(json.path("@odata.type").asText())) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "The attachment has no type.");
        }
        checkNames(json, Set.of("@odata.type", "name", "contentType", "contentBytes", "isInline", "contentId"));
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(json.path("contentBytes").asText());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "The attachment is not base64.");
        }
        if (bytes.length >= SINGLE_POST_LIMIT) {
            throw new Refusal(413, "ErrorDataSizeLimitExceeded", "The attachment is too large for one request.");
        }
        return new SimulatedAttachment(
                "att-" + mailbox.nextNumber(),
                json.path("name").asText(),
                json.path("contentType").asText(),
                bytes.length,
                Hashes.sha256(bytes),
                json.path("isInline").asBoolean());
    }

    private void checkNames(JsonNode json) {
        Set<String> all = new TreeSet<>(KNOWN);
        all.addAll(IGNORED);
        checkNames(json, all);
        for (String sender : List.of("from", "sender")) {
            json.path(sender).fieldNames().forEachRemaining(name -> known(sender, name, Set.of("emailAddress")));
        }
        json.path("body").fieldNames().forEachRemaining(name -> known("body", name, Set.of("contentType", "content")));
        for (String list : List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo")) {
            for (JsonNode recipient : json.path(list)) {
                recipient.fieldNames().forEachRemaining(name -> known(list, name, Set.of("emailAddress")));
                recipient
                        .path("emailAddress")
                        .fieldNames()
                        .forEachRemaining(name -> known(list, name, Set.of("name", "address")));
            }
        }
    }

    private void checkNames(JsonNode json, Set<String> names) {
        Iterator<String> fields = json.fieldNames();
        while (fields.hasNext()) {
            String name = fields.next();
            if (!name.startsWith("@odata.")) {
                known("the request", name, names);
            }
        }
    }

    private void known(String where, String name, Set<String> names) {
        if (!names.contains(name)) {
            problems.add("unknown property '" + name + "' in " + where);
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
        for (JsonNode header : list) {
            String name = header.path("name").asText();
            String value = header.path("value").asText();
            if (!name.toLowerCase(Locale.ROOT).startsWith("x-") || value.length() > 995 || value.contains("\n")) {
                throw Refusal.badRequest(
                        "InvalidInternetMessageHeader", "The internet message header should start with 'x-' or 'X-'.");
            }
            headers.put(name, value);
        }
        return headers;
    }

    private List<SimulatedAttachment> attachments(JsonNode json, SimulatedMailbox mailbox) throws Refusal {
        List<SimulatedAttachment> attachments = new ArrayList<>();
        for (JsonNode attachment : json.path("attachments")) {
            attachments.add(attachment(attachment, mailbox));
        }
        return attachments;
    }

    private static void checkDates(Map<String, String> properties) throws Refusal {
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (property.getKey().startsWith("SystemTime ")) {
                try {
                    Instant.parse(property.getValue());
                } catch (DateTimeException e) {
                    throw Refusal.badRequest("ErrorInvalidExtendedPropertyValue", "The time is invalid.");
                }
            }
        }
    }
}
