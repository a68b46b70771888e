// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes folders, messages, attachments and users as Graph does. */
final class GraphJson {

    private static final Pattern WANTED = Pattern.compile("id eq '((?:[^']|'')*)'");

    private GraphJson() {}

    static ObjectNode error(String code, String message) {
        ObjectNode json = object();
        ObjectNode error = json.putObject("error");
        error.put("code", code);
        error.put("message", message);
        error.putObject("innerError").put("date", "2026-01-01T00:00:00");
        return json;
    }

    static ObjectNode user(SimulatedUser user) {
        ObjectNode json = object();
        json.put("id", user.id());
        json.put("userPrincipalName", user.userPrincipalName());
        json.put("mail", user.mail());
        json.put("userType", user.guest() ? "Guest" : "Member");
        return json;
    }

    static ObjectNode folder(SimulatedMailbox mailbox, SimulatedFolder folder) {
        ObjectNode json = object();
        json.put("id", folder.id());
        json.put("displayName", folder.displayName());
        json.put("parentFolderId", folder.parentId());
        json.put("childFolderCount", mailbox.children(folder.id()).size());
        json.put("isHidden", false);
        long messages = mailbox.messages().stream()
                .filter(m -> m.folderId().equals(folder.id()))
                .count();
        json.put("totalItemCount", messages);
        return json;
    }

    /** Headers and extended properties come only where they are asked for. */
    static ObjectNode message(SimulatedMessage message, Call call) {
        ObjectNode json = message.json();
        json.put("id", call.immutableIds() ? message.immutableId() : message.defaultId());
        json.put("isDraft", message.draft());
        json.put("isRead", message.read());
        json.put("hasAttachments", !message.attachments().isEmpty());
        json.put("parentFolderId", message.folderId());
        json.put(
                "createdDateTime",
                message.created().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put(
                "receivedDateTime",
                message.received().truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("sentDateTime", message.sent().truncatedTo(ChronoUnit.SECONDS).toString());
        if (call.query("$select", "").contains("internetMessageHeaders")) {
            ArrayNode headers = json.putArray("internetMessageHeaders");
            message.headers()
                    .forEach((name, value) ->
                            headers.addObject().put("name", name).put("value", value));
        }
        expand(message.properties(), call.query("$expand", ""), json);
        if (call.query("$expand", "").contains("attachments")) {
            json.set(
                    "attachments",
                    list(message.attachments().stream()
                            .map(GraphJson::attachment)
                            .toList()));
        }
        return json;
    }

    static ObjectNode attachment(SimulatedAttachment attachment) {
        ObjectNode json = object();
        json.put("@odata.type", "#microsoft.graph.fileAttachment");
        json.put("id", attachment.id());
        json.put("name", attachment.name());
        json.put("contentType", attachment.contentType());
        json.put("size", attachment.size() + 130); // what Exchange keeps is a little larger than the bytes
        json.put("isInline", attachment.inline());
        return json;
    }

    static ArrayNode list(List<ObjectNode> nodes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        nodes.forEach(list::add);
        return list;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void expand(Map<String, String> properties, String expand, ObjectNode json) {
        if (!expand.contains("singleValueExtendedProperties")) {
            return;
        }
        ArrayNode list = json.putArray("singleValueExtendedProperties");
        Matcher wanted = WANTED.matcher(expand);
        while (wanted.find()) {
            String id = wanted.group(1).replace("''", "'");
            properties.forEach((name, value) -> {
                if (name.toLowerCase(Locale.ROOT).equals(id.toLowerCase(Locale.ROOT))) {
                    list.addObject().put("id", name).put("value", value);
                }
            });
        }
        if (list.isEmpty()) {
            json.remove("singleValueExtendedProperties");
        }
    }
}
