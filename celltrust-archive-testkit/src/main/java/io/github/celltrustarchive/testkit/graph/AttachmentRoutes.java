// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Attachments and upload sessions. */
final class AttachmentRoutes {

    private final Simulation simulation;
    private final MessageRules rules;
    private final UploadSessions uploads;

    AttachmentRoutes(Simulation simulation, MessageRules rules, UploadSessions uploads) {
        this.simulation = simulation;
        this.rules = rules;
        this.uploads = uploads;
    }

    void addTo(RouteTable routes) {
        routes.on("GET users/*/messages/*/attachments", "$select $top $skip $count", this::attachments);
        routes.on("POST users/*/messages/*/attachments", "", this::attach);
        routes.on("GET users/*/messages/*/attachments/*", "$select", this::attachment);
        routes.on("GET users/*/messages/*/attachments/*/$value", "", this::content);
        routes.on("DELETE users/*/messages/*/attachments/*", "", this::detach);
        routes.on("POST users/*/messages/*/attachments/createUploadSession", "", this::openSession);
        routes.on("PUT upload/*", "authtoken", this::upload);
        routes.on("GET upload/*", "authtoken", call -> Reply.of(200, uploads.state(call.after("upload"))));
        routes.on("DELETE upload/*", "authtoken", this::cancel);
    }

    private Reply attachments(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        Shape shape = Shape.of(call, "fileAttachment", simulation.journal());
        return simulation.page(
                call, message.attachments(), one -> GraphJson.attachment(message, one, shape, call.immutableIds()));
    }

    private Reply attach(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        JsonNode json = call.json();
        simulation.vocabulary().check("fileAttachment", json);
        SimulatedAttachment attachment = rules.attach(message, json, simulation.mailbox(call));
        return Reply.of(201, GraphJson.attachment(message, attachment, Shape.USUAL, call.immutableIds()));
    }

    private Reply attachment(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        Shape shape = Shape.of(call, "fileAttachment", simulation.journal());
        return Reply.of(200, GraphJson.attachment(message, find(call, message), shape, call.immutableIds()));
    }

    private Reply content(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        SimulatedAttachment attachment = find(call, message);
        return Reply.content(attachment.contentType(), message.stored(attachment.id()));
    }

    private Reply detach(Call call) throws Refusal {
        SimulatedMessage message = simulation.message(call);
        message.detach(find(call, message).id(), simulation.now());
        return Reply.of(204, null);
    }

    private static SimulatedAttachment find(Call call, SimulatedMessage message) throws Refusal {
        String id = call.after("attachments");
        return message.attachments().stream()
                .filter(one -> GraphJson.attachmentId(one, call.immutableIds()).equals(id))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private Reply openSession(Call call) throws Refusal {
        JsonNode json = call.json();
        simulation.vocabulary().check("createUploadSession", json);
        String secret = uploads.open(
                simulation.mailbox(call), simulation.message(call), json.path("AttachmentItem"), call.immutableIds());
        ObjectNode state = uploads.state(secret);
        state.put("uploadUrl", simulation.root() + "/upload/" + secret + "?authtoken=canary-upload-" + secret);
        return Reply.of(201, state);
    }

    private Reply upload(Call call) throws Refusal {
        String secret = call.after("upload");
        UploadSessions.Progress progress = uploads.put(secret, call.header("content-range"), call.body());
        return progress.attachmentId().isEmpty()
                ? Reply.of(200, progress.state())
                : Reply.location(simulation.root() + "/api/v2.0/Users('u')/Messages('m')/Attachments('"
                        + progress.attachmentId() + "')");
    }

    private Reply cancel(Call call) throws Refusal {
        uploads.cancel(call.after("upload"));
        return Reply.of(204, null);
    }
}
