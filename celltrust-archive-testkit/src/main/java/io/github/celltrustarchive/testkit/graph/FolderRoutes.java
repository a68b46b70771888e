// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** Folders. */
final class FolderRoutes {

    private static final String ONE = "$select $expand";
    private static final String MANY = "$filter $select $expand $top $skip $count includeHiddenFolders";

    private final Simulation simulation;
    private final MessageRules rules;

    FolderRoutes(Simulation simulation, MessageRules rules) {
        this.simulation = simulation;
        this.rules = rules;
    }

    void addTo(RouteTable routes) {
        routes.on("GET users/*/mailFolders", MANY, call -> children(call, "msgfolderroot"));
        routes.on("POST users/*/mailFolders", "", call -> create(call, "msgfolderroot"));
        routes.on("GET users/*/mailFolders/*", ONE, this::folder);
        routes.on("PATCH users/*/mailFolders/*", "", this::change);
        routes.on("DELETE users/*/mailFolders/*", "", this::delete);
        routes.on("POST users/*/mailFolders/*/move", "", this::move);
        routes.on("POST users/*/mailFolders/*/permanentDelete", "", this::delete);
        routes.on(
                "GET users/*/mailFolders/*/childFolders",
                MANY,
                call -> children(call, simulation.folder(call).id()));
        routes.on(
                "POST users/*/mailFolders/*/childFolders",
                "",
                call -> create(call, simulation.folder(call).id()));
    }

    private Reply folder(Call call) throws Refusal {
        return answer(call, 200, simulation.folder(call).id());
    }

    private Reply answer(Call call, int status, String folderId) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        Shape shape = Shape.of(call, "mailFolder", simulation.journal());
        return Reply.of(status, GraphJson.folder(mailbox, mailbox.folder(folderId), shape));
    }

    private Reply change(Call call) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        String id = simulation.folder(call).id();
        JsonNode json = call.json();
        simulation.vocabulary().check("mailFolder", json);
        mailbox.setFolderProperties(id, rules.properties(json));
        if (json.has("displayName")) {
            refuseWellKnown(mailbox, id);
            mailbox.renameFolder(id, json.path("displayName").asText());
        }
        return answer(call, 200, id);
    }

    private Reply move(Call call) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        String id = simulation.folder(call).id();
        refuseWellKnown(mailbox, id);
        mailbox.moveFolder(id, destination(call).id());
        return answer(call, 201, id);
    }

    /** The folder that the body of a move names. */
    private SimulatedFolder destination(Call call) throws Refusal {
        JsonNode json = call.json();
        simulation.vocabulary().check("move", json);
        return simulation
                .mailbox(call)
                .folder(Vocabulary.parameter(json, "destinationId").asText());
    }

    private Reply delete(Call call) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        String id = simulation.folder(call).id();
        refuseWellKnown(mailbox, id);
        mailbox.delete(id);
        return Reply.of(204, null);
    }

    private static void refuseWellKnown(SimulatedMailbox mailbox, String id) throws Refusal {
        if (mailbox.wellKnown(id)) {
            throw new Refusal(403, "ErrorDeleteDistinguishedFolder", "Distinguished folders stay as they are.");
        }
    }

    private Reply children(Call call, String parentId) throws Refusal {
        SimulatedMailbox mailbox = simulation.mailbox(call);
        String filter = call.query("$filter", "");
        Predicate<SimulatedFolder> wanted = filter.isEmpty() ? folder -> true : ODataFilter.folders(mailbox, filter);
        Shape shape = Shape.of(call, "mailFolder", simulation.journal());
        List<SimulatedFolder> found = mailbox.children(mailbox.folder(parentId).id()).stream()
                .filter(wanted)
                .toList();
        return simulation.page(call, found, folder -> GraphJson.folder(mailbox, folder, shape));
    }

    private Reply create(Call call, String parentId) throws Refusal {
        JsonNode json = call.json();
        simulation.vocabulary().check("mailFolder", json);
        String name = json.path("displayName").asText("");
        if (name.isEmpty()) {
            throw Refusal.badRequest("ErrorInvalidParameter", "A folder needs a name.");
        }
        SimulatedMailbox mailbox = simulation.mailbox(call);
        SimulatedFolder folder = mailbox.createFolder(mailbox.folder(parentId).id(), name, rules.properties(json));
        return answer(call, 201, folder.id());
    }
}
