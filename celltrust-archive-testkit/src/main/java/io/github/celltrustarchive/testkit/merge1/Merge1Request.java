// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request, read whole.
 *
 * @param path decoded segments
 * @param query decoded parameters by name
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Merge1Request(String method, List<String> path, Map<String, String> query, HttpExchange exchange, byte[] body) {

    private static final int MAX_BODY = 64 * 1024;

    static Merge1Request read(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(rawPath(exchange).substring(1).split("/", -1))
                .map(Merge1Request::decode)
                .toList();
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
        return new Merge1Request(exchange.getRequestMethod(), path, parameters(rawQuery(exchange)), exchange, body);
    }

    static String rawPath(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath();
    }

    static String rawQuery(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
            int at = pair.indexOf('=');
            parameters.put(decode(at < 0 ? pair : pair.substring(0, at)), at < 0 ? "" : decode(pair.substring(at + 1)));
        }
        return parameters;
    }

    String header(String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /** Method and path with ids left out, to route by. */
    String route() {
        StringBuilder route = new StringBuilder(method);
        for (int i = 0; i < path.size(); i++) {
            boolean id = i > 0 && List.of("connectors", "items").contains(path.get(i - 1));
            route.append(i == 0 ? " " : "/").append(id ? "*" : path.get(i));
        }
        return route.toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
