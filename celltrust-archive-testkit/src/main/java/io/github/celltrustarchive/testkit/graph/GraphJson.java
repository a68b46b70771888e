// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes folders, messages, attachments and users as Graph does. */
final class GraphJson {

    private static final int PREVIEW = 255;
    private static final String SIZE = "Integer 0xe08"; // PidTagMessageSize, which the store computes
    private static final int ATTACHMENT_OVERHEAD = 130; // what Exchange tells is a little larger than the bytes
    private static final Set<String> USUAL_OF_USER = Set.of(
            "id",
            "displayName",
            "givenName",
            "surname",
            "jobTitle",
            "mail",
            "mobilePhone",
            "officeLocation",
            "preferredLanguage",
            "userPrincipalName",
            "businessPhones");

    private GraphJson() {}

    static ObjectNode error(String code, String message) {
        ObjectNode json = object();
        ObjectNode error = json.putObject("error");
        error.put("code", code);
        error.put("message", message);
        return json;
    }

    static ObjectNode user(SimulatedUser user, Shape shape) {
        ObjectNode json = object();
        json.put("id", user.id());
        json.put("displayName", user.userPrincipalName().split("@", -1)[0]);
        json.putNull("givenName").putNull("surname").putNull("jobTitle").putNull("officeLocation");
        json.putNull("preferredLanguage");
        json.put("userPrincipalName", user.userPrincipalName());
        json.put("mail", user.mail());
        json.put("mobilePhone", user.mobilePhone());
        user.businessPhones().forEach(json.putArray("businessPhones")::add);
        user.proxyAddresses().forEach(json.putArray("proxyAddresses")::add);
        user.otherMails().forEach(json.putArray("otherMails")::add);
        json.put("userType", user.guest() ? "Guest" : "Member");
        json.put("accountEnabled", true);
        json.retain(shape.select().isEmpty() ? USUAL_OF_USER : shape.select());
        return json;
    }

    static ObjectNode folder(SimulatedMailbox mailbox, SimulatedFolder folder, Shape shape) {
        List<SimulatedMessage> inside = mailbox.allMessages().stream()
                .filter(message -> message.folderId().equals(folder.id()))
                .toList();
        ObjectNode json = object();
        json.put("id", folder.id());
        json.put("displayName", folder.displayName());
        json.put("parentFolderId", folder.parentId());
        json.put("childFolderCount", mailbox.children(folder.id()).size());
        json.put(
                "unreadItemCount",
                inside.stream().filter(message -> !message.read()).count());
        json.put("totalItemCount", inside.size());
        json.put("isHidden", false);
        select(json, shape);
        expand(mailbox.folderProperties(folder.id()), shape, json);
        return json;
    }

    static long size(SimulatedMessage message) {
        return message.json().toString().length()
                + message.attachments().stream()
                        .mapToLong(SimulatedAttachment::size)
                        .sum();
    }

    /** Headers and extended properties come only where they are asked for. */
    static ObjectNode message(SimulatedMessage message, Shape shape, boolean immutableIds) {
        ObjectNode json = object();
        json.put("@odata.etag", "W/\"" + message.changeKey() + "\"");
        json.put("id", immutableIds ? message.immutableId() : message.defaultId());
        json.put("createdDateTime", time(message.created()));
        json.put("lastModifiedDateTime", time(message.modified()));
        json.put("changeKey", message.changeKey());
        ObjectNode given = message.json();
        given.retain(Vocabulary.namesOf("message"));
        usual(json);
        json.setAll(given);
        json.put("receivedDateTime", time(message.received()));
        json.put("sentDateTime", time(message.sent()));
        json.put("hasAttachments", !message.attachments().isEmpty());
        json.put("internetMessageId", message.internetMessageId());
        json.put("isRead", message.read());
        json.put("isDraft", message.draft());
        json.put("parentFolderId", message.folderId());
        json.put("conversationId", "conversation-" + message.number());
        json.put("conversationIndex", "AQHc");
        json.put("webLink", "https://outlook.office365.com/owa/?ItemID=" + message.number());
        body(json, given.path("body"));
        select(json, shape);
        if (shape.select().contains("internetMessageHeaders")) {
            ArrayNode headers = json.putArray("internetMessageHeaders");
            message.headers()
                    .forEach((name, value) ->
                            headers.addObject().put("name", name).put("value", value));
        }
        Map<String, String> properties = new TreeMap<>(message.properties());
        properties.put(SIZE, Long.toString(size(message)));
        expand(properties, shape, json);
        if (shape.attachments()) {
            Shape each = new Shape(shape.attachmentSelect(), Set.of(), false, Set.of());
            json.set(
                    "attachments",
                    list(message.attachments().stream()
                            .map(one -> attachment(message, one, each, immutableIds))
                            .toList()));
        }
        return json;
    }

    private static void usual(ObjectNode json) {
        json.putArray("categories");
        json.put("subject", "").put("importance", "normal").put("inferenceClassification", "focused");
        json.put("isDeliveryReceiptRequested", false).put("isReadReceiptRequested", false);
        for (String list : List.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo")) {
            json.putArray(list);
        }
        json.putObject("flag").put("flagStatus", "notFlagged");
    }

    /** HTML comes back as a whole page, text with CRLF: whoever compares bytes is wrong. */
    private static void body(ObjectNode json, JsonNode given) {
        boolean html = "html".equals(given.path("contentType").asText().toLowerCase(Locale.ROOT));
        String content = given.path("content").asText("").replace("\r\n", "\n").replace("\n", "\r\n");
        String plain = html ? content.replaceAll("<[^>]*>", " ") : content;
        json.put("bodyPreview", plain.substring(0, Math.min(PREVIEW, plain.length())));
        json.putObject("body")
                .put("contentType", html ? "html" : "text")
                .put(
                        "content",
                        html
                                ? "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html;"
                                        + " charset=utf-8\"></head><body>" + content + "</body></html>"
                                : content);
    }

    /** Its bytes come along unless other properties are selected. */
    static ObjectNode attachment(
            SimulatedMessage message, SimulatedAttachment attachment, Shape shape, boolean immutableIds) {
        ObjectNode json = object();
        json.put("@odata.type", "#microsoft.graph.fileAttachment");
        json.put("@odata.mediaContentType", attachment.contentType());
        json.put("id", attachmentId(attachment, immutableIds));
        json.put("lastModifiedDateTime", time(message.modified()));
        json.put("name", attachment.name());
        json.put("contentType", attachment.contentType());
        json.put("size", attachment.size() + ATTACHMENT_OVERHEAD);
        json.put("isInline", attachment.inline());
        json.put("contentId", attachment.contentId());
        json.putNull("contentLocation");
        if (shape.wants("contentBytes")) {
            json.put("contentBytes", Base64.getEncoder().encodeToString(message.content(attachment.id())));
        }
        select(json, shape);
        return json;
    }

    static String attachmentId(SimulatedAttachment attachment, boolean immutableIds) {
        return (immutableIds ? "imm-" : "def-") + attachment.id();
    }

    static ArrayNode list(List<ObjectNode> nodes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        nodes.forEach(list::add);
        return list;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void select(ObjectNode json, Shape shape) {
        List<String> names = json.properties().stream().map(Map.Entry::getKey).toList();
        json.remove(names.stream().filter(name -> !shape.wants(name)).toList());
    }

    private static void expand(Map<String, String> properties, Shape shape, ObjectNode json) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        properties.forEach((id, value) -> {
            String canonical = PropertyIds.canonical(id);
            if (shape.extendedProperties().contains(canonical)) {
                list.addObject().put("id", canonical).put("value", value);
            }
        });
        if (!list.isEmpty()) {
            json.set("singleValueExtendedProperties", list);
        }
    }
}
