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
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An Entra token endpoint over TLS: gives out token-1, token-2, … unless a test scripts another answer. */
final class TokenEndpoint implements AutoCloseable {

    private final LoopbackTls tls;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    final List<String> paths = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String body = "";
    volatile int expiresIn = 3600;

    TokenEndpoint(LoopbackTls tls) throws IOException {
        this.tls = tls;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    MicrosoftCloud cloud() {
        return MicrosoftCloud.GLOBAL.withLogin(
                URI.create("https://localhost:" + server.getAddress().getPort()));
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            paths.add(exchange.getRequestURI().getPath());
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> fields = new TreeMap<>();
            for (String pair : form.split("&", -1)) {
                int at = pair.indexOf('=');
                fields.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
            forms.add(fields);
            String text = body.isEmpty()
                    ? "{\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + ",\"access_token\":\"token-"
                            + forms.size() + "\"}"
                    : body;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
