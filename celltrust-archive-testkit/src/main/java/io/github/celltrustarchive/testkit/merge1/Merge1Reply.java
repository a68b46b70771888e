// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param headers beside the usual ones
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
record Merge1Reply(int status, Map<String, String> headers, byte[] body) {

    static Merge1Reply json(int status, JsonNode json) {
        return new Merge1Reply(
                status,
                Map.of("Content-Type", "application/json"),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Merge1Reply error(int status, String code) {
        return json(
                status,
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", "The site says no: " + code));
    }

    static Merge1Reply html(int status) {
        return new Merge1Reply(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                "<!DOCTYPE html><title>Sign in</title>".getBytes(StandardCharsets.UTF_8));
    }

    Merge1Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Merge1Reply(status, more, body);
    }

    Merge1Reply with(byte[] other) {
        return new Merge1Reply(status, headers, other);
    }
}
