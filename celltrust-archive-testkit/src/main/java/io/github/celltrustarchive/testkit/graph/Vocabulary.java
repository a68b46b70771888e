// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which properties Graph's types have, as in Microsoft's reference of each type, and of which type these are in turn. */
final class Vocabulary {

    private static final String NONE = "";
    private static final Map<String, Map<String, String>> TYPES = types();

    private final Journal journal;

    Vocabulary(Journal journal) {
        this.journal = journal;
    }

    private static Map<String, Map<String, String>> types() {
        Map<String, Map<String, String>> types = new HashMap<>();
        types.put("emailAddress", names("name address"));
        types.put("recipient", Map.of("emailAddress", "emailAddress"));
        types.put("itemBody", names("contentType content"));
        types.put("internetMessageHeader", names("name value"));
        types.put("singleValueLegacyExtendedProperty", names("id value"));
        types.put("dateTimeTimeZone", names("dateTime timeZone"));
        Map<String, String> flag = names("flagStatus");
        Set.of("completedDateTime", "dueDateTime", "startDateTime").forEach(n -> flag.put(n, "dateTimeTimeZone"));
        types.put("followupFlag", flag);
        Map<String, String> message =
                names("id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime"
                        + " sentDateTime hasAttachments internetMessageId subject bodyPreview importance parentFolderId"
                        + " conversationId conversationIndex isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink"
                        + " inferenceClassification");
        message.put("body", "itemBody");
        message.put("uniqueBody", "itemBody");
        message.put("flag", "followupFlag");
        message.put("internetMessageHeaders", "internetMessageHeader");
        message.put("singleValueExtendedProperties", "singleValueLegacyExtendedProperty");
        message.put("attachments", "fileAttachment");
        Set.of("from", "sender", "toRecipients", "ccRecipients", "bccRecipients", "replyTo")
                .forEach(name -> message.put(name, "recipient"));
        types.put("message", message);
        types.put(
                "fileAttachment",
                names("id name contentType contentBytes contentId contentLocation isInline size lastModifiedDateTime"));
        types.put("attachmentItem", names("attachmentType name size contentType isInline contentId"));
        types.put("createUploadSession", Map.of("AttachmentItem", "attachmentItem"));
        Map<String, String> folder =
                names("id displayName parentFolderId childFolderCount unreadItemCount totalItemCount isHidden");
        folder.put("singleValueExtendedProperties", "singleValueLegacyExtendedProperty");
        types.put("mailFolder", folder);
        types.put("move", names("destinationId DestinationId"));
        types.put(
                "user",
                names("id displayName givenName surname jobTitle mail mobilePhone officeLocation preferredLanguage"
                        + " userPrincipalName businessPhones proxyAddresses otherMails userType accountEnabled"));
        types.put("exportItems", names("itemIds ItemIds"));
        types.put("importItem", names("FolderId Mode Data ItemId ChangeKey"));
        types.put("batchRequest", names("id method url headers body dependsOn"));
        types.put("batch", Map.of("requests", "batchRequest"));
        types.put("nothing", Map.of());
        return types;
    }

    private static Map<String, String> names(String names) {
        Map<String, String> all = new HashMap<>();
        for (String name : names.split(" ", -1)) {
            all.put(name, NONE);
        }
        return all;
    }

    static Set<String> namesOf(String type) {
        return new TreeSet<>(TYPES.getOrDefault(type, Map.of()).keySet());
    }

    /** A parameter of an action, which the reference spells with a small first letter and the metadata with a capital one. */
    static JsonNode parameter(JsonNode json, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return json.has(name) ? json.path(name) : json.path(capital);
    }

    /** Refuses a body with properties that its type doesn't have, and says which. */
    void check(String type, JsonNode json) throws Refusal {
        if (!json.isObject()) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
        }
        Set<String> unknown = new TreeSet<>();
        walk(type, json, unknown);
        unknown.forEach(what -> journal.unexpected("unknown property " + what));
        if (!unknown.isEmpty()) {
            throw Refusal.badRequest("RequestBodyRead", "The property " + unknown + " does not exist on its type.");
        }
    }

    private void walk(String type, JsonNode json, Set<String> unknown) {
        Map<String, String> names = TYPES.getOrDefault(type, Map.of());
        json.properties().forEach(property -> {
            String name = property.getKey();
            String nested = names.get(name);
            if (nested == null) {
                if (!name.contains("@odata.")) {
                    unknown.add("'" + name + "' in " + type);
                }
            } else if (!nested.isEmpty() && property.getValue().isArray()) {
                property.getValue().forEach(element -> walk(nested, element, unknown));
            } else if (!nested.isEmpty()) {
                walk(nested, property.getValue(), unknown);
            }
        });
    }
}
