// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Messages: made from JSON or MIME, found, read, changed, moved, deleted. */
final class MessageRoutes {

    private static final String ONE = "$select $expand";
    private static final String MANY = "$filter $select $expand $top $skip $count $orderby";
    private static final Set<String> ONLY_OF_DRAFTS = Set.of(
            "subject",
            "body",
            "from",
            "sender",
            "toRecipients",
            "ccRecipients",
            "bccRecipients",
            "replyTo",
            "internetMessageId");
    private static final Set<String> ALWAYS = Set.of(
            "isRead",
            "categories",
            "flag",
            "importance",
            "inferenceClassification",
            "isDeliveryReceiptRequested",
            "isReadReceiptRequested");
    private static final Set<String> DEAD_AFTER_CREATION =
            Set.of("Integer 0xe07", "SystemTime 0xe06", "SystemTime 0x39");

    private final Simulation simulation;
    private final MessageRules rules;
    private final MimeRules mime;

    MessageRoutes(Simulation simulation, MessageRules rules, MimeRules mime) {
        this.simulation = simulation;
        this.rules = rules;
        this.mime = mime;
    }

    void addTo(RouteTable routes) {
        routes.on("GET users/*/messages", MANY, call -> messages(call, message -> true));
        routes.on("POST users/*/messages", "", call -> create(call, "drafts"));
        routes.on("GET users/*/mailFolders/*/messages", MANY, this::messagesOfFolder);
        routes.on(
                "POST users/*/mailFolders/*/messages",
                "",
                call -> create(call, simulation.folder(call).id()));
        routes.on("POST users/*/mailFolders/*/importMime", "", this::importMime);
        routes.on("GET users/*/messages/*", ONE, call -> answer(call, 200, simulation.message(call)));
        routes.on("GET users/*/messages/*/$value", "", this::mime);
        routes.on("PATCH users/*/messages/*", "", this::change);
        routes.on("DELETE users/*/messages/*", "", this::delete);
        routes.on("POST users/*/messages/*/permanentDelete", "", this::delete);
        routes.on("POST users/*/messages/*/move", "", this::move);
    }

    private Reply answer(Call call, int status, SimulatedMessage message) throws Refusal {
        Shape shape = Shape.of(call, "message", simulation.journal());
        return Reply.of(status, GraphJson.message(message, shape, call.immutableIds()));
    }

    private Reply messagesOfFolder(Call call) throws Refusal {
        String folderId = simulation.folder(call).id();
        return messages(call, message -> message.folderId().equals(folderId));
    }

    private Reply messages(Call call, Predicate<SimulatedMessage> where) throws Refusal {
        String filter = call.query("$filter", "");
        Predicate<SimulatedMessage> wanted = filter.isEmpty() ? message -> true : ODataFilter.messages(filter);
        Shape shape = Shape.of(call, "message", simulation.journal());
        List<SimulatedMessage> found = new ArrayList<>(simulation.mailbox(call).allMessages());
        found.removeIf(where.and(wanted).negate());
        String orderBy = call.query("$orderby", "");
        if (!orderBy.isEmpty()) {
            found.sort(order(orderBy, filter));
        }
        return simulation.page(call, found, message -> GraphJson.message(message, shape, call.immutableIds()));
    }

    private static Comparator<SimulatedMessage> order(String orderBy, String filter) throws Refusal {
        String[] parts = orderBy.split(" ", -1);
        if (!filter.isEmpty() && !filter.startsWith(parts[0])) {
            throw Refusal.badRequest("InefficientFilter", "The restriction or sort order is too complex.");
        }
        Comparator<SimulatedMessage> order = switch (parts[0]) {
            case "receivedDateTime" -> Comparator.comparing(SimulatedMessage::received);
            case "sentDateTime" -> Comparator.comparing(SimulatedMessage::sent);
            case "createdDateTime" -> Comparator.comparing(SimulatedMessage::created);
            default -> throw Refusal.badRequest("ErrorInvalidUrlQueryOrderBy", "Not in this order.");
        };
        return parts.length > 1 && parts[1].equals("desc") ? order.reversed() : order;
    }

    private Reply create(Call call, String folderId) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        String id = mailbox.folder(folderId).id();
        if (call.mediaType().equals("text/plain")) {
            if (mime.refusesSilently(call.body())) {
                return Reply.of(200, null);
            }
            return answer(call, 201, mime.create(mailbox, id, call.body(), true));
        }
        return answer(call, 201, rules.create(mailbox, id, call.json()));
    }

    /** Beta only: what it makes is no draft. */
    private Reply importMime(Call call) throws Refusal {
        if (!call.version().equals("beta")) {
            throw simulation.unknown(call);
        }
        if (!call.mediaType().equals("text/plain")) {
            throw new Refusal(415, "UnsupportedMediaType", "MIME content comes as text/plain.");
        }
        SimulatedMailbox mailbox = simulation.mailbox(call);
        return answer(call, 201, mime.create(mailbox, simulation.folder(call).id(), call.body(), false));
    }

    private Reply mime(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        return Reply.content("text/plain", ContentStore.Content.of(MimeRules.mimeOf(message)));
    }

    /** What made the message what it is stays, though the answer is 200. */
    private Reply change(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        JsonNode json = call.json();
        simulation.vocabulary().check("message", json);
        checkUnchanged(call, message);
        boolean dead = json.has("internetMessageHeaders") || json.has("attachments");
        if (dead || (!message.draft() && ONLY_OF_DRAFTS.stream().anyMatch(json::has))) {
            throw Refusal.badRequest("ErrorInvalidPropertySet", "It can't be changed any more.");
        }
        Map<String, String> properties = rules.properties(json);
        simulation.mailbox(call).define(properties.keySet(), Set.of());
        properties.keySet().removeIf(id -> DEAD_AFTER_CREATION.contains(PropertyIds.canonical(id)));
        ObjectNode fields = GraphJson.object();
        json.properties().forEach(field -> {
            if (ALWAYS.contains(field.getKey()) || ONLY_OF_DRAFTS.contains(field.getKey())) {
                fields.set(field.getKey(), field.getValue());
            }
        });
        message.set(properties, fields, simulation.now());
        return answer(call, 200, message);
    }

    private static void checkUnchanged(Call call, SimulatedMessage message) throws Refusal {
        String tag = call.header("if-match");
        if (tag != null && !tag.equals("*") && !tag.equals("W/\"" + message.changeKey() + "\"")) {
            throw new Refusal(412, "ErrorIrresolvableConflict", "The message was changed meanwhile.");
        }
    }

    private Reply delete(Call call) throws Refusal {
        simulation.mailbox(call).remove(simulation.message(call));
        return Reply.of(204, null);
    }

    private Reply move(Call call) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        SimulatedMessage message = simulation.message(call);
        JsonNode json = call.json();
        simulation.vocabulary().check("move", json);
        SimulatedFolder destination =
                mailbox.folder(Vocabulary.parameter(json, "destinationId").asText());
        mailbox.moveMessage(message, destination.id(), simulation.now());
        return answer(call, 201, message);
    }
}
