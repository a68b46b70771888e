// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Graph as far as an archive needs it, over TLS on loopback: users, groups, folders, messages, attachments, upload
 * sessions, and the token endpoint. It does what Graph documents or is known to do where that differs from what one would
 * expect: a message is a draft unless its flags say otherwise at creation, its dates come from two MAPI properties only,
 * headers are at most five, named properties run out, ids come in two spaces, and requests can be lost either way.
 *
 * <p>A route or JSON property that it doesn't know is a problem that the test must look at: see {@link #problems()}.
 *
 * <p>It shares no code with any client. What it can't tell is what only a real mailbox tells: whether Exchange honours a
 * property, the true limits of size, the exact status of some errors.
 *
 * <p>Thread-safe. Close it to free its port.
 */
public final class GraphSimulator implements AutoCloseable {

    private static final int MAX_BODY = 5 * 1024 * 1024;
    private static final int MAX_IN_FLIGHT = 4;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SimulatedTenant tenant;
    private final GraphRoutes routes;
    private final Clock clock;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<GraphRequestSeen> requests = new CopyOnWriteArrayList<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tokenNumbers = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final PriorityQueue<Late> late = new PriorityQueue<>();
    private volatile GraphFaults faults = GraphFaults.none();

    private record Late(Instant due, long order, Call call) implements Comparable<Late> {
        @Override
        public int compareTo(Late other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private GraphSimulator(HttpsServer server, Clock clock, int maxNamedProperties) {
        this.server = server;
        this.clock = clock;
        this.tenant = new SimulatedTenant(maxNamedProperties);
        this.routes = new GraphRoutes(tenant, new UploadSessions(clock), problems, clock, root());
    }

    /** Starts one on a free port, on the system's clock, with Microsoft's quota of named properties. */
    public static GraphSimulator start(LoopbackTls tls) throws IOException {
        return start(tls, Clock.systemUTC(), 16_384);
    }

    /**
     * Starts one on a free port.
     *
     * @param clock tells when something late is due, when sessions end and when messages were created
     * @param maxNamedProperties how many named properties a mailbox can define
     */
    public static GraphSimulator start(LoopbackTls tls, Clock clock, int maxNamedProperties) throws IOException {
        Objects.requireNonNull(clock, "clock");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        GraphSimulator simulator = new GraphSimulator(server, clock, maxNamedProperties);
        server.createContext("/", simulator::handle);
        server.setExecutor(simulator.threads);
        server.start();
        return simulator;
    }

    /** Where Graph is, and the authority for tokens too. */
    public URI root() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /** A token that is accepted, for clients that don't ask for one. */
    public String newToken() {
        String token = "canary-token-" + tokenNumbers.incrementAndGet();
        tokens.add(token);
        return token;
    }

    /** No token given out so far is accepted any more. */
    public void expireTokens() {
        tokens.clear();
    }

    /** Adds a user, with a mailbox if the user has an address. */
    public SimulatedMailbox add(SimulatedUser user) {
        return tenant.add(user);
    }

    /** Adds or replaces a group. */
    public void group(String id, List<String> userIds) {
        tenant.group(id, userIds);
    }

    /** What goes wrong from now on. */
    public void faults(GraphFaults newFaults) {
        faults = Objects.requireNonNull(newFaults, "newFaults");
    }

    /** Requests for routes or with properties that Graph doesn't know; a test that ends with one has found a bug. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** All requests but those for tokens, in the order in which they came. */
    public List<GraphRequestSeen> requests() {
        return List.copyOf(requests);
    }

    /** How many requests were refused because too many were in flight. */
    public long refusedForConcurrency() {
        return refused.get();
    }

    /** Does everything late that is due by now; each request does so first, too. */
    public void applyDue() {
        for (Late next = nextDue(); next != null; next = nextDue()) {
            try {
                routes.answer(next.call());
            } catch (Refusal e) {
                // nobody is there any more to be told
            }
        }
    }

    /** Whether something late is still to come. */
    public boolean hasLate() {
        synchronized (late) {
            return !late.isEmpty();
        }
    }

    private @Nullable Late nextDue() {
        synchronized (late) {
            Late first = late.peek();
            return first == null || first.due().isAfter(clock.instant()) ? null : late.poll();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = Call.read(exchange, MAX_BODY);
            if (call.path().get(call.path().size() - 1).equals("token")) {
                giveToken(exchange, call);
                return;
            }
            applyDue();
            requests.add(call.seen());
            respond(exchange, call, faults.next(call.seen()));
        }
    }

    private void respond(HttpExchange exchange, Call call, GraphFault fault) throws IOException {
        switch (fault.kind()) {
            case NONE -> send(exchange, outcome(call));
            case DONE_THEN_504 -> {
                outcome(call);
                send(exchange, refusal(new Refusal(504, "UnknownError", "Gateway timeout.")));
            }
            case DONE_THEN_CLOSED -> outcome(call);
            case APPLIED_LATE -> {
                synchronized (late) {
                    late.add(new Late(clock.instant().plus(fault.lateBy()), requests.size(), call));
                }
            }
            case UNAVAILABLE -> send(exchange, refusal(new Refusal(503, "ErrorServerBusy", "Busy.")));
            case THROTTLED -> send(exchange, refusal(throttled(fault.retryAfter())));
            case NOT_FOUND_YET -> send(exchange, refusal(Refusal.notFound()));
            case EMPTY_SUCCESS -> send(exchange, Reply.of(200, null));
            case TOKEN_REFUSED -> send(exchange, refusal(tokenRefused()));
        }
    }

    private Reply outcome(Call call) {
        @Nullable SimulatedMailbox mailbox = null;
        try {
            checkToken(call);
            if (call.path().size() > 3 && "users".equals(call.path().get(1))) {
                mailbox = tenant.mailboxOf(call.path().get(2));
                if (mailbox.enter() > MAX_IN_FLIGHT) {
                    refused.incrementAndGet();
                    throw throttled("1");
                }
                mailbox.checkRefusal();
            }
            return routes.answer(call);
        } catch (Refusal e) {
            return refusal(e);
        } finally {
            if (mailbox != null) {
                mailbox.leave();
            }
        }
    }

    /** An upload's address is its own credential, and a token on it is an error. */
    private void checkToken(Call call) throws Refusal {
        String authorization = call.header("authorization");
        if ("upload".equals(call.path().get(0))) {
            if (authorization != null) {
                problems.add("a bearer token was sent to an upload address");
                throw tokenRefused();
            }
        } else if (authorization == null
                || !authorization.startsWith("Bearer ")
                || !tokens.contains(authorization.substring("Bearer ".length()))) {
            throw tokenRefused();
        }
    }

    private void giveToken(HttpExchange exchange, Call call) throws IOException {
        if (!new String(call.body(), StandardCharsets.UTF_8).contains("grant_type=client_credentials")) {
            send(exchange, Reply.of(400, GraphJson.object().put("error", "unsupported_grant_type")));
            return;
        }
        ObjectNode json = GraphJson.object();
        json.put("token_type", "Bearer").put("expires_in", 3_599).put("access_token", newToken());
        send(exchange, Reply.of(200, json));
    }

    private static Refusal tokenRefused() {
        return new Refusal(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
    }

    private static Refusal throttled(String retryAfter) {
        return new Refusal(
                429,
                "ApplicationThrottled",
                "Application is over its MailboxConcurrency limit.",
                retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfter));
    }

    private static Reply refusal(Refusal refusal) {
        return new Reply(
                refusal.status(),
                GraphJson.error(refusal.code(), String.valueOf(refusal.getMessage())),
                refusal.headers());
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes =
                reply.body() == null ? new byte[0] : reply.body().toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("request-id", "request-" + requests.size());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Frees the port. A second call does nothing. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
