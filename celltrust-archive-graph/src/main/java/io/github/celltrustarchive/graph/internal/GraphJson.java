// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Bodies of requests, and what stands in answers. */
final class GraphJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GraphJson() {}

    static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("a tree that can't be written");
        }
    }

    /** An object that sets these extended properties. */
    static ObjectNode withProperties(Map<String, String> properties) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        properties.forEach((id, value) -> json.withArray("singleValueExtendedProperties")
                .addObject()
                .put("id", id)
                .put("value", value));
        return json;
    }

    /** The value of an extended property that was asked for with {@link #expand}. */
    static Optional<String> property(JsonNode json, String id) {
        for (JsonNode property : json.path("singleValueExtendedProperties")) {
            if (id.equalsIgnoreCase(property.path("id").asText())) {
                return Optional.of(property.path("value").asText());
            }
        }
        return Optional.empty();
    }

    /** A query that brings these extended properties along. */
    static String expand(String... ids) {
        StringBuilder filter = new StringBuilder();
        for (String id : ids) {
            filter.append(filter.length() == 0 ? "" : " or ").append("id eq ").append(GraphRequest.literal(id));
        }
        return "$expand=singleValueExtendedProperties($filter=" + GraphRequest.encode(filter.toString()) + ")";
    }

    /** A query for what has this value in an extended property. */
    static String filter(String id, String value) {
        String filter = "singleValueExtendedProperties/Any(ep: ep/id eq " + GraphRequest.literal(id)
                + " and ep/value eq " + GraphRequest.literal(value) + ")";
        return "$filter=" + GraphRequest.encode(filter);
    }
}
