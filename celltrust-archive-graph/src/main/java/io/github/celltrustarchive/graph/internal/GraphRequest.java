// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to Microsoft Graph.
 *
 * @param method the HTTP method
 * @param pathAndQuery what follows the version, percent-encoded, such as {@code /users/…}; or an absolute link that Graph
 *     gave for the next page
 * @param body the JSON, or null
 * @param headers beside those that every request carries
 * @param mailbox whose budget it is taken from, or null for the directory
 */
record GraphRequest(
        String method,
        String pathAndQuery,
        @Nullable String body,
        Map<String, String> headers,
        @Nullable String mailbox) {

    static GraphRequest get(String pathAndQuery, @Nullable String mailbox) {
        return new GraphRequest("GET", pathAndQuery, null, Map.of(), mailbox);
    }

    static GraphRequest post(String pathAndQuery, String json, @Nullable String mailbox) {
        return new GraphRequest("POST", pathAndQuery, json, Map.of(), mailbox);
    }

    static GraphRequest patch(String pathAndQuery, String json, @Nullable String mailbox) {
        return new GraphRequest("PATCH", pathAndQuery, json, Map.of(), mailbox);
    }

    GraphRequest withHeader(String name, String value) {
        return new GraphRequest(method, pathAndQuery, body, Map.of(name, value), mailbox);
    }

    /** A value for a path segment or a query, percent-encoded (RFC 3986). */
    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A text as OData spells it: in quotes, with quotes inside doubled. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public String toString() {
        return "GraphRequest[" + method + "]";
    }
}
