// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request, read whole. */
final class Call {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> VERSIONS = Set.of("v1.0", "beta");
    private static final Set<String> BEFORE_ID = Set.of(
            "users",
            "mailFolders",
            "messages",
            "attachments",
            "groups",
            "upload",
            "import",
            "mailboxes",
            "childFolders");

    private final String method;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    private Call(String method, URI address, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.headers = headers;
        this.body = body;
        path = Arrays.stream(address.getRawPath().substring(1).split("/", -1))
                .map(Call::decode)
                .toList();
        query = new TreeMap<>();
        String rawQuery = address.getRawQuery();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String pair : rawQuery.split("&", -1)) {
                int at = pair.indexOf('=');
                query.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
    }

    static Call read(HttpExchange exchange, int maxBody) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        byte[] body = exchange.getRequestBody().readNBytes(maxBody + 1);
        return new Call(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
    }

    /** A part of a batch: what it doesn't say itself it has from the whole. */
    Call part(String partMethod, URI address, Map<String, String> partHeaders, byte[] partBody) {
        Map<String, String> all = new TreeMap<>(headers);
        all.keySet().retainAll(Set.of("authorization"));
        partHeaders.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return new Call(partMethod, address, all, partBody);
    }

    /** The method and the path with ids and version left out, to route by. */
    String route() {
        StringBuilder route = new StringBuilder(method).append(' ');
        for (int i = versioned() ? 1 : 0; i < path.size(); i++) {
            boolean action =
                    path.get(i).equals("createUploadSession") || path.get(i).startsWith("$");
            boolean id = i > 0 && BEFORE_ID.contains(path.get(i - 1)) && !action;
            route.append(id ? "*" : path.get(i)).append(i == path.size() - 1 ? "" : "/");
        }
        return route.toString().replace("mailFolders/*/messages/*", "messages/*");
    }

    /** {@code v1.0}, {@code beta}, or empty. */
    String version() {
        return versioned() ? path.get(0) : "";
    }

    private boolean versioned() {
        return path.size() > 1 && VERSIONS.contains(path.get(0));
    }

    JsonNode json() throws Refusal {
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (IOException e) {
            // the answer is the same as for no body
        }
        throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
    }

    String method() {
        return method;
    }

    /** Decoded segments. */
    List<String> path() {
        return path;
    }

    /** The decoded segment after the last one with this name; empty if there is none. */
    String after(String name) {
        int at = path.lastIndexOf(name);
        return at < 0 || at + 1 == path.size() ? "" : path.get(at + 1);
    }

    /** Decoded parameters by name. */
    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** How many bytes count against the limit of uploads. */
    long uploadBytes() {
        return Set.of("POST", "PUT", "PATCH").contains(method) ? body.length : 0;
    }

    String query(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** The media type of the body without parameters, in lower case; empty if it isn't told. */
    String mediaType() {
        String type = headers.getOrDefault("content-type", "");
        return type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }

    boolean immutableIds() {
        return String.valueOf(header("prefer")).replace(" ", "").contains("IdType=\"ImmutableId\"");
    }

    GraphRequestSeen seen() {
        String text = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
        String plain = String.join("/", versioned() ? path.subList(1, path.size()) : path);
        return new GraphRequestSeen(method, "/" + plain, text, Arrays.hashCode(body));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
