// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reads requests from a loopback port over TLS, and writes answers. */
final class GraphServer implements AutoCloseable {

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int MAX_BODY = 5 * 1024 * 1024;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    GraphServer(SSLContext tls, int port) throws IOException {
        server = create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
    }

    /**
     * The JDK's server sends head and body of an answer apart, and without this setting, which it reads only once, each answer
     * waits 40 ms for the client to confirm the head.
     */
    private static HttpsServer create(InetSocketAddress address) throws IOException {
        if (System.getProperty(NO_DELAY) != null) {
            return HttpsServer.create(address, 0);
        }
        System.setProperty(NO_DELAY, "true");
        try {
            return HttpsServer.create(address, 0);
        } finally {
            System.clearProperty(NO_DELAY);
        }
    }

    URI root() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    void start(GraphEngine engine, SimulatedLogin login, Journal journal) {
        server.createContext("/", exchange -> handle(exchange, engine, login, journal));
        server.start();
    }

    private static void handle(HttpExchange exchange, GraphEngine engine, SimulatedLogin login, Journal journal)
            throws IOException {
        try (exchange) {
            Call call;
            try {
                call = Call.read(exchange, MAX_BODY);
            } catch (IllegalArgumentException e) {
                journal.unexpected("an address that can't be decoded");
                send(exchange, Reply.of(Refusal.badRequest("BadRequest", "The address is invalid.")), 0);
                return;
            }
            if (SimulatedLogin.asked(call)) {
                send(exchange, login.answer(call), 0);
                return;
            }
            int number = journal.request(call.seen());
            Reply reply = answer(engine, call, journal);
            journal.call(recorded(call, reply));
            if (reply != null) {
                send(exchange, reply, number);
            }
        }
    }

    /** A mistake of the simulator's own is no silence on the line, but something to be found. */
    private static @Nullable Reply answer(GraphEngine engine, Call call, Journal journal) {
        try {
            return engine.answer(call).reply();
        } catch (RuntimeException e) {
            journal.unexpected("the simulator failed at " + call.route() + ": " + e);
            return Reply.of(new Refusal(500, "ErrorInternalServerError", "The simulator failed: " + e));
        }
    }

    private static RecordedCall recorded(Call call, @Nullable Reply reply) {
        String type = call.mediaType();
        boolean text = type.equals("application/json") || type.equals("text/plain");
        return new RecordedCall(
                call.seen(),
                call.version(),
                type,
                text ? new String(call.body(), StandardCharsets.UTF_8) : "",
                reply == null ? 0 : reply.status(),
                reply == null || reply.body() == null ? "" : reply.body().toString());
    }

    private static void send(HttpExchange exchange, Reply reply, int number) throws IOException {
        ContentStore.Content content = reply.content();
        byte[] bytes = content != null
                ? content.read()
                : reply.body() == null ? new byte[0] : reply.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("request-id", "request-" + number);
        String client = exchange.getRequestHeaders().getFirst("client-request-id");
        if (client != null) {
            exchange.getResponseHeaders().set("client-request-id", client);
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
