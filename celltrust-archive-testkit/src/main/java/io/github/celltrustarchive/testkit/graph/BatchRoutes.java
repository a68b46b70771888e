// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Several requests in one: at most 20, each with its own status, answered in no useful order. */
final class BatchRoutes {

    private static final int MAX_PARTS = 20;

    private final Simulation simulation;
    private final Function<Call, Reply> parts;

    /**
     * A batch.
     *
     * @param parts answers one part, with all limits and faults of a request
     */
    BatchRoutes(Simulation simulation, Function<Call, Reply> parts) {
        this.simulation = simulation;
        this.parts = parts;
    }

    void addTo(RouteTable routes) {
        routes.on("POST $batch", "", this::batch);
    }

    private Reply batch(Call call) throws Refusal {
        JsonNode json = call.json();
        JsonNode requests = json.path("requests");
        checkParts(json, requests);
        Map<String, Integer> statuses = new HashMap<>();
        List<ObjectNode> responses = new ArrayList<>();
        for (JsonNode request : requests) {
            Reply reply = failedBefore(request, statuses)
                    ? Reply.of(new Refusal(424, "FailedDependency", "A request that this one depends on failed."))
                    : parts.apply(part(call, request));
            statuses.put(request.path("id").asText(), reply.status());
            responses.add(0, response(request.path("id").asText(), reply));
        }
        ObjectNode answer = GraphJson.object();
        answer.set("responses", GraphJson.list(responses));
        return Reply.of(200, answer);
    }

    private void checkParts(JsonNode json, JsonNode requests) throws Refusal {
        for (JsonNode request : requests) {
            ObjectNode outer = request.deepCopy();
            outer.remove(List.of("body", "headers"));
            simulation.vocabulary().check("batchRequest", outer);
        }
        ObjectNode outer = json.deepCopy();
        outer.remove("requests");
        simulation.vocabulary().check("nothing", outer);
        if (requests.isEmpty() || requests.size() > MAX_PARTS) {
            throw Refusal.badRequest("BadRequest", "A batch has from 1 to 20 requests.");
        }
        Set<String> ids = new HashSet<>();
        requests.forEach(request -> ids.add(request.path("id").asText()));
        if (requests.size() != ids.size()) {
            throw Refusal.badRequest("BadRequest", "The ids of a batch's requests are unique.");
        }
    }

    private static boolean failedBefore(JsonNode request, Map<String, Integer> statuses) throws Refusal {
        boolean failed = false;
        for (JsonNode dependency : request.path("dependsOn")) {
            Integer status = statuses.get(dependency.asText());
            if (status == null) {
                throw Refusal.badRequest("BadRequest", "A request depends on one that doesn't come before it.");
            }
            failed |= status >= 400;
        }
        return failed;
    }

    private static Call part(Call call, JsonNode request) throws Refusal {
        Map<String, String> headers = new LinkedHashMap<>();
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode body = request.path("body");
        boolean json = body.isObject();
        if (!body.isMissingNode() && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            throw Refusal.badRequest("BadRequest", "A request with a body needs a Content-Type header.");
        }
        byte[] bytes = json
                ? body.toString().getBytes(StandardCharsets.UTF_8)
                : body.isTextual() ? Base64.getUrlDecoder().decode(body.asText()) : new byte[0];
        String url = request.path("url").asText();
        URI address = URI.create("/" + call.version() + (url.startsWith("/") ? "" : "/") + url.replace(" ", "%20"));
        return call.part(request.path("method").asText(), address, headers, bytes);
    }

    private static ObjectNode response(String id, Reply reply) {
        ObjectNode response = GraphJson.object().put("id", id).put("status", reply.status());
        ObjectNode headers = response.putObject("headers");
        reply.headers().forEach(headers::put);
        if (reply.body() != null) {
            headers.put("Content-Type", "application/json");
            response.set("body", reply.body());
        }
        return response;
    }
}
