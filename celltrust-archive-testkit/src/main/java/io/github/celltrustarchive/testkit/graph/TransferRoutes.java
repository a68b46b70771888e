// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Export and import of items in full fidelity. */
final class TransferRoutes {

    private static final int MAX_ITEMS = 20;
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Simulation simulation;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, ImportSession> sessions = new ConcurrentHashMap<>();

    private record ImportSession(SimulatedMailbox mailbox, boolean immutableIds, Instant expires) {}

    TransferRoutes(Simulation simulation) {
        this.simulation = simulation;
    }

    void addTo(RouteTable routes) {
        routes.on("POST admin/exchange/mailboxes/*/exportItems", "", this::export);
        routes.on("POST admin/exchange/mailboxes/*/createImportSession", "", this::openSession);
        routes.on("POST import/*", "authtoken", this::importItem);
    }

    Optional<SimulatedMailbox> mailboxOf(String secret) {
        return Optional.ofNullable(sessions.get(secret)).map(ImportSession::mailbox);
    }

    private SimulatedMailbox mailbox(Call call) throws Refusal {
        return simulation.tenant().mailboxByExchangeId(call.after("mailboxes"));
    }

    private Reply export(Call call) throws Refusal {
        SimulatedMailbox mailbox = mailbox(call);
        JsonNode json = call.json();
        simulation.vocabulary().check("exportItems", json);
        JsonNode ids = Vocabulary.parameter(json, "itemIds");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MAX_ITEMS) {
            throw Refusal.badRequest("ErrorInvalidRequest", "From 1 to 20 items can be exported at once.");
        }
        ObjectNode answer = GraphJson.object();
        ArrayNode value = answer.putArray("value");
        for (JsonNode id : ids) {
            ObjectNode item = value.addObject().put("itemId", id.asText());
            try {
                SimulatedMessage message = mailbox.message(id.asText(), call.immutableIds());
                item.put("changeKey", message.changeKey()).put("data", ExportStream.write(message));
            } catch (Refusal e) {
                item.putObject("error").put("code", e.code()).put("message", e.getMessage());
            }
        }
        return Reply.of(200, answer);
    }

    private Reply openSession(Call call) throws Refusal {
        String secret = "import-" + numbers.incrementAndGet();
        Instant expires = simulation.now().plus(LIFETIME);
        sessions.put(secret, new ImportSession(mailbox(call), call.immutableIds(), expires));
        ObjectNode json = GraphJson.object();
        json.put("importUrl", simulation.root() + "/import/" + secret + "?authtoken=canary-import-" + secret);
        json.put("expirationDateTime", expires.toString());
        return Reply.of(200, json);
    }

    private Reply importItem(Call call) throws Refusal {
        ImportSession session = sessions.get(call.after("import"));
        if (session == null || !simulation.now().isBefore(session.expires())) {
            throw Refusal.notFound();
        }
        JsonNode json = call.json();
        simulation.vocabulary().check("importItem", json);
        SimulatedMailbox mailbox = session.mailbox();
        String folderId = mailbox.folder(json.path("FolderId").asText()).id();
        byte[] stream;
        try {
            stream = Base64.getDecoder().decode(json.path("Data").asText());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("ErrorCorruptData", "The stream is not base64.");
        }
        String mode = json.path("Mode").asText();
        if (mode.equals("update")) {
            mailbox.remove(mailbox.message(json.path("ItemId").asText(), session.immutableIds()));
        } else if (!mode.equals("create")) {
            throw Refusal.badRequest("ErrorInvalidRequest", "The mode is create or update.");
        }
        SimulatedMessage message = ExportStream.read(stream, mailbox, folderId, simulation.store(), simulation.now());
        ObjectNode answer = GraphJson.object();
        answer.put("itemId", session.immutableIds() ? message.immutableId() : message.defaultId());
        answer.put("changeKey", message.changeKey());
        return Reply.of(200, answer);
    }
}
