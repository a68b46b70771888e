// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request, read whole. */
final class Call {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String method;
    private final List<String> path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;

    private Call(
            String method, List<String> path, Map<String, String> query, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
    }

    static Call read(HttpExchange exchange, int maxBody) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String rawPath = exchange.getRequestURI().getRawPath();
        List<String> path = Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(Call::decode)
                .toList();
        Map<String, String> query = new TreeMap<>();
        String rawQuery = exchange.getRequestURI().getRawQuery();
        if (rawQuery != null) {
            for (String pair : rawQuery.split("&", -1)) {
                int at = pair.indexOf('=');
                query.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
        byte[] body = exchange.getRequestBody().readNBytes(maxBody + 1);
        return new Call(exchange.getRequestMethod(), path, query, headers, body);
    }

    /** The method and the path with ids left out, to route by. */
    String route() {
        StringBuilder route = new StringBuilder(method);
        for (int i = 0; i < path.size(); i++) {
            boolean id = i > 0
                    && List.of("users", "mailFolders", "messages", "groups", "upload")
                            .contains(path.get(i - 1));
            route.append(i == 0 ? " " : "/").append(id ? "*" : path.get(i));
        }
        return route.toString();
    }

    JsonNode json() throws Refusal {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw Refusal.badRequest("UnableToDeserializePostBody", "were unable to deserialize ");
        }
    }

    /** Decoded segments. */
    List<String> path() {
        return path;
    }

    /** Decoded parameters by name. */
    Map<String, String> query() {
        return query;
    }

    byte[] body() {
        return body;
    }

    String query(String name, String otherwise) {
        return query.getOrDefault(name, otherwise);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean immutableIds() {
        return String.valueOf(header("prefer")).contains("IdType=\"ImmutableId\"");
    }

    GraphRequestSeen seen() {
        String text = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
        String plain = String.join("/", path.subList(Math.min(1, path.size()), path.size()));
        return new GraphRequestSeen(method, "/" + plain, text, Arrays.hashCode(body));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
