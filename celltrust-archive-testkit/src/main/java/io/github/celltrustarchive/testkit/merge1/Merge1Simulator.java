// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.merge1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A Merge1 site that speaks the protocol of {@code docs/merge1-site.yaml} over TLS on loopback. The protocol is ours, so what
 * it can't tell is how a real Merge1 site behaves.
 *
 * <p>Everything that went over the wire can be looked at, and all that can go wrong can be made to. A route or parameter that
 * it doesn't know is a problem that the test must look at: see {@link #problems()}. It shares no code with any client.
 *
 * <p>Thread-safe. Close it to free its port.
 */
public final class Merge1Simulator implements AutoCloseable {

    /** The account's user, and the id of the registered client. */
    public static final String NAME = "archive-account";

    /** The password, and the client's secret: a canary that must be seen nowhere. It needs encoding in a form. */
    public static final String SECRET = "canary secret+&=%";

    private static final int LIFETIME_SECONDS = 3_600;
    private static final int KEPT = 1 << 20;
    private static final int WORTH_PACKING = 512;
    private static final int BOMB = 64 << 20;
    private static final long DRIBBLE_MILLIS = 20;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, SimulatedConnector> connectors = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<Merge1Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokenNumbers = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Merge1Routes routes;
    private volatile Merge1Faults faults = Merge1Faults.none();

    private Merge1Simulator(HttpsServer server) {
        this.server = server;
        this.routes = new Merge1Routes(connectors, problems, root());
    }

    /** Starts one on a free port. Its {@code Date} header shows the system's time. */
    public static Merge1Simulator start(LoopbackTls tls) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        Merge1Simulator simulator = new Merge1Simulator(server);
        server.createContext("/", simulator::handle);
        server.setExecutor(simulator.threads);
        server.start();
        return simulator;
    }

    /** Where the site is. */
    public URI root() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /** Adds a connector. */
    public SimulatedConnector connector(String name) {
        SimulatedConnector connector = new SimulatedConnector("connector-" + (connectors.size() + 1), name);
        connectors.put(connector.id(), connector);
        return connector;
    }

    /** No token given out so far is accepted any more. */
    public void expireTokens() {
        tokens.clear();
    }

    /** What goes wrong from now on, token requests excepted. */
    public void faults(Merge1Faults newFaults) {
        faults = Objects.requireNonNull(newFaults, "newFaults");
    }

    /** Requests that the protocol doesn't know; a test that ends with one has found a bug. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** All requests and answers, in the order in which they ended. */
    public List<Merge1Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** How often somebody has signed in. */
    public int signIns() {
        return tokenNumbers.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Merge1Request request = Merge1Request.read(exchange);
            if (request.route().equals("POST oauth2/token")) {
                send(request, token(request), Merge1Fault.NONE);
                return;
            }
            Merge1Fault fault =
                    faults.next(request.method(), exchange.getRequestURI().toString(), request.header("Range"));
            send(request, outcome(request, fault), fault);
        }
    }

    private Merge1Reply outcome(Merge1Request request, Merge1Fault fault) throws IOException {
        String authorization = request.header("Authorization");
        boolean known =
                authorization.startsWith("Bearer ") && tokens.contains(authorization.substring("Bearer ".length()));
        if (!known || fault.kind() == Kind.TOKEN_REFUSED) {
            return Merge1Reply.error(401, "unauthorized");
        }
        return switch (fault.kind()) {
            case UNAVAILABLE -> busy(503, "unavailable", fault.text());
            case THROTTLED -> busy(429, "throttled", fault.text());
            case HTML -> Merge1Reply.html(200);
            case HTML_NOT_FOUND -> Merge1Reply.html(404);
            case REDIRECTED -> new Merge1Reply(307, Map.of("Location", fault.text()), new byte[0]);
            case GZIP_BOMB ->
                new Merge1Reply(200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), bomb());
            default -> routes.answer(request, fault);
        };
    }

    private static Merge1Reply busy(int status, String code, String retryAfter) {
        Merge1Reply reply = Merge1Reply.error(status, code);
        return retryAfter.isEmpty() ? reply : reply.with("Retry-After", retryAfter);
    }

    private Merge1Reply token(Merge1Request request) {
        Map<String, String> form = Merge1Request.parameters(new String(request.body(), StandardCharsets.UTF_8));
        boolean known = switch (form.getOrDefault("grant_type", "")) {
            case "password" -> NAME.equals(form.get("username")) && SECRET.equals(form.get("password"));
            case "client_credentials" -> NAME.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
            default -> false;
        };
        if (!known) {
            return Merge1Reply.error(400, "unauthorized");
        }
        String token = "canary-token-" + tokenNumbers.incrementAndGet();
        tokens.add(token);
        return Merge1Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("expires_in", LIFETIME_SECONDS));
    }

    private void send(Merge1Request request, Merge1Reply reply, Merge1Fault fault) throws IOException {
        HttpExchange exchange = request.exchange();
        if (fault.kind() == Kind.DROPPED) {
            record(request, new Merge1Reply(0, Map.of(), new byte[0]), fault);
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = packed(request, reply);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        record(request, reply, fault);
        if (body.length == 0) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        switch (fault.kind()) {
            case TRUNCATED -> {
                out.write(body, 0, body.length / 2);
                out.flush();
            }
            case DRIBBLED -> dribble(out, body);
            default -> {
                out.write(body);
                out.close();
            }
        }
    }

    /** Compressed as servers do: if the client takes it, and it is worth the while. */
    private static byte[] packed(Merge1Request request, Merge1Reply reply) throws IOException {
        boolean worth = reply.body().length > WORTH_PACKING
                && "application/json".equals(reply.headers().get("Content-Type"))
                && !reply.headers().containsKey("Content-Encoding");
        if (!worth || !request.header("Accept-Encoding").contains("gzip")) {
            return reply.body();
        }
        request.exchange().getResponseHeaders().set("Content-Encoding", "gzip");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(reply.body());
        }
        return bytes.toByteArray();
    }

    /** Until the client has lost its patience, or the simulator is closed. */
    private void dribble(OutputStream out, byte[] body) throws IOException {
        try {
            for (int i = 0; i < body.length - 1; i++) {
                out.write(body[i]);
                out.flush();
                if (closed.await(DRIBBLE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Merge1Request request, Merge1Reply reply, Merge1Fault fault) {
        HttpExchange exchange = request.exchange();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        exchange.getResponseHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        byte[] body = reply.body();
        exchanges.add(new Merge1Exchange(
                request.method(),
                Merge1Request.rawPath(exchange),
                Merge1Request.rawQuery(exchange),
                Map.copyOf(exchange.getRequestHeaders()),
                Content.of(request.body()),
                reply.status(),
                headers,
                Content.of(body.length > KEPT ? Arrays.copyOf(body, KEPT) : body),
                fault.kind()));
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] spaces = new byte[1 << 16];
            Arrays.fill(spaces, (byte) ' ');
            for (int written = 0; written < BOMB; written += spaces.length) {
                gzip.write(spaces);
            }
        }
        return bytes.toByteArray();
    }

    /** Frees the port. A second call does nothing. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
