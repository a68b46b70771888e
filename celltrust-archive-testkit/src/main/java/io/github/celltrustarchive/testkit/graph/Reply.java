// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param body the JSON, or null for none
 * @param content what is answered instead of JSON, or null
 * @param headers beside the usual ones
 */
record Reply(int status, @Nullable JsonNode body, ContentStore.@Nullable Content content, Map<String, String> headers) {

    static Reply of(int status, @Nullable JsonNode body) {
        return new Reply(status, body, null, Map.of());
    }

    static Reply of(Refusal refusal) {
        return new Reply(
                refusal.status(),
                GraphJson.error(refusal.code(), String.valueOf(refusal.getMessage())),
                null,
                refusal.headers());
    }

    static Reply location(String location) {
        return new Reply(201, null, null, Map.of("Location", location));
    }

    static Reply content(String type, ContentStore.Content content) {
        return new Reply(200, null, content, Map.of("Content-Type", type));
    }
}
