// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers scripted queries of the directory over TLS; anything else has no results. */
final class StubDirectory implements AutoCloseable {

    private final LoopbackTls tls;
    private final HttpsServer server;
    private final Map<String, List<String>> usersByFilter = new ConcurrentHashMap<>();
    final Map<String, String> answersByPath = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    volatile String refusedToken = "";
    volatile int status = 200;
    volatile String error = "";

    StubDirectory(LoopbackTls tls) throws IOException {
        this.tls = tls;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/v1.0", this::answer);
        server.start();
    }

    MicrosoftCloud cloud() {
        return MicrosoftCloud.GLOBAL.withGraph(
                URI.create("https://localhost:" + server.getAddress().getPort()));
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    void user(String filter, String json) {
        usersByFilter.computeIfAbsent(filter, f -> new ArrayList<>()).add(json);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String path = exchange.getRequestURI().getPath();
            asked.add(path + "?" + query);
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            tokens.add(token);
            if (token.equals("Bearer " + refusedToken)) {
                send(exchange, 401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");
            } else if (status != 200) {
                send(exchange, status, error);
            } else if (answersByPath.containsKey(path + "?" + query)) {
                send(exchange, 200, answersByPath.get(path + "?" + query));
            } else {
                String filter = query.substring(query.indexOf('=') + 1, query.indexOf("&$select"));
                List<String> users = usersByFilter.getOrDefault(filter, List.of());
                send(exchange, 200, "{\"value\":[" + String.join(",", users) + "]}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
