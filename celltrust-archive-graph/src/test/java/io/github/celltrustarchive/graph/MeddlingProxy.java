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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Stands between a client and a simulated Graph, and answers some requests itself or changes what is answered. */
final class MeddlingProxy implements AutoCloseable {

    private static final List<String> NOT_FORWARDED = List.of("Host", "Connection", "Content-length", "Upgrade");

    private final HttpsServer server;
    private final URI target;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    private record Answer(String method, String path, int status, String type, String body) {}

    private record Change(String method, String path, UnaryOperator<String> change) {}

    MeddlingProxy(LoopbackTls tls, URI target) throws IOException {
        this.target = target;
        client = HttpClient.newBuilder().sslContext(tls.context()).build();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    MicrosoftCloud cloud() {
        return MicrosoftCloud.GLOBAL.withGraph(root());
    }

    URI root() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /** The next such request is answered so and goes no further. */
    void answerOnce(String method, String path, int status, String type, String body) {
        answers.add(new Answer(method, path, status, type, body));
    }

    /** What is answered to such requests is changed. */
    void change(String method, String path, UnaryOperator<String> change) {
        changes.add(new Change(method, path, change));
    }

    void changeNothing() {
        changes.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            for (Answer answer : List.copyOf(answers)) {
                if (answer.method().equals(method) && path.matches(answer.path()) && answers.remove(answer)) {
                    exchange.getResponseHeaders().set("Content-Type", answer.type());
                    send(exchange, answer.status(), answer.body());
                    return;
                }
            }
            forward(exchange, method, path, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (NOT_FORWARDED.stream().noneMatch(name::equalsIgnoreCase) && !name.equalsIgnoreCase("http2-settings")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        String text = new String(response.body(), StandardCharsets.UTF_8).replace(target.toString(), root().toString());
        for (Change change : changes) {
            if (change.method().equals(method) && path.matches(change.path())) {
                text = change.change().apply(text);
            }
        }
        response.headers()
                .firstValue("Content-Type")
                .ifPresent(t -> exchange.getResponseHeaders().set("Content-Type", t));
        send(exchange, response.statusCode(), text);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
