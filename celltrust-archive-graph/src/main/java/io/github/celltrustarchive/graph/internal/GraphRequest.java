// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to Microsoft Graph.
 *
 * @param method the HTTP method
 * @param version of Graph, such as {@code v1.0}
 * @param pathAndQuery what follows the version, percent-encoded, such as {@code /users/…}; or an absolute link that Graph
 *     gave for the next page
 * @param body its bytes, which can be sent more than once; or null
 * @param headers beside those that every request carries, or instead of them
 * @param mailbox whose budget it is taken from, or null for the directory
 */
record GraphRequest(
        String method,
        String version,
        String pathAndQuery,
        @Nullable BodyPublisher body,
        Map<String, String> headers,
        @Nullable String mailbox) {

    private static final String V1 = "v1.0";
    private static final String BETA = "beta";

    static GraphRequest get(String pathAndQuery, @Nullable String mailbox) {
        return new GraphRequest("GET", V1, pathAndQuery, null, Map.of(), mailbox);
    }

    static GraphRequest post(String pathAndQuery, byte[] json, @Nullable String mailbox) {
        return new GraphRequest("POST", V1, pathAndQuery, BodyPublishers.ofByteArray(json), Map.of(), mailbox);
    }

    static GraphRequest patch(String pathAndQuery, byte[] json, @Nullable String mailbox) {
        return new GraphRequest("PATCH", V1, pathAndQuery, BodyPublishers.ofByteArray(json), Map.of(), mailbox);
    }

    GraphRequest withHeader(String name, String value) {
        return new GraphRequest(method, version, pathAndQuery, body, Map.of(name, value), mailbox);
    }

    /** The same in the version that Microsoft may change. */
    GraphRequest beta() {
        return new GraphRequest(method, BETA, pathAndQuery, body, headers, mailbox);
    }

    /** How many bytes it sends. */
    long size() {
        BodyPublisher bytes = body;
        return bytes == null ? 0 : bytes.contentLength();
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
