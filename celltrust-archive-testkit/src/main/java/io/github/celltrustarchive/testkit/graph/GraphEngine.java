// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in or refuses them, lets faults happen, and does what is asked. Thread-safe. */
final class GraphEngine implements AutoCloseable {

    private final Simulation simulation;
    private final GraphRoutes routes;
    private final SimulatedLogin login;
    private final LateEffects late;
    private final Pause pause;
    private volatile GraphFaults faults = GraphFaults.none();

    /** Lets a client wait for its answer. */
    @FunctionalInterface
    interface Pause {
        void hold(Duration time) throws InterruptedException;
    }

    /**
     * What becomes of a request.
     *
     * @param reply the answer, or null if the connection is closed without one
     */
    record Outcome(@Nullable Reply reply) {}

    GraphEngine(Simulation simulation, GraphRoutes routes, SimulatedLogin login, Pause pause, LateEffects late) {
        this.simulation = simulation;
        this.routes = routes;
        this.login = login;
        this.pause = pause;
        this.late = late;
        new BatchRoutes(simulation, this::part).addTo(routes.table());
    }

    void faults(GraphFaults newFaults) {
        faults = newFaults;
    }

    /** Answers a request, with all limits and faults. */
    Outcome answer(Call call) {
        late.applyDue();
        Optional<SimulatedMailbox> entered = Optional.empty();
        try {
            checkToken(call);
            entered = routes.mailboxOf(call);
            if (entered.isPresent()) {
                entered.get().throttle().enter(call.uploadBytes());
                entered.get().checkRefusal();
            }
            GraphFault fault = faults.next(call.seen());
            simulation.journal().fault(fault.kind());
            return suffer(fault, call);
        } catch (Refusal e) {
            return new Outcome(dated(Reply.of(e)));
        } finally {
            entered.ifPresent(mailbox -> mailbox.throttle().leave());
        }
    }

    private Reply part(Call call) {
        Reply reply = answer(call).reply();
        return reply == null ? dated(Reply.of(new Refusal(504, "UnknownError", "Gateway timeout."))) : reply;
    }

    private Outcome suffer(GraphFault fault, Call call) throws Refusal {
        return switch (fault.kind()) {
            case NONE -> new Outcome(perform(call));
            case DELAYED -> {
                Reply reply = perform(call);
                hold(fault.lateBy());
                yield new Outcome(reply);
            }
            case DONE_THEN_504 -> {
                perform(call);
                throw new Refusal(504, "UnknownError", "Gateway timeout.");
            }
            case DONE_THEN_CLOSED -> {
                perform(call);
                yield new Outcome(null);
            }
            case CLOSED -> new Outcome(null);
            case APPLIED_LATE -> {
                late.add(call, fault.lateBy());
                yield new Outcome(null);
            }
            case UNAVAILABLE ->
                throw new Refusal(
                        503, "ErrorServerBusy", "The server cannot service this request right now.", retryAfter(fault));
            case THROTTLED ->
                throw new Refusal(
                        429,
                        "ApplicationThrottled",
                        "Application is over its MailboxConcurrency limit.",
                        retryAfter(fault));
            case NOT_FOUND_YET -> throw Refusal.notFound();
            case EMPTY_SUCCESS -> new Outcome(Reply.of(200, null));
            case TOKEN_REFUSED -> throw tokenRefused();
        };
    }

    /** Does what is asked, without limits and faults. */
    Reply perform(Call call) {
        try {
            Reply reply = routes.answer(call);
            if (reply.body() instanceof ObjectNode json && !call.version().isEmpty() && !json.has("responses")) {
                json.put("@odata.context", simulation.root() + "/" + call.version() + "/$metadata#simulated");
            }
            return reply;
        } catch (Refusal e) {
            return dated(Reply.of(e));
        }
    }

    private void hold(Duration time) {
        try {
            pause.hold(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, String> retryAfter(GraphFault fault) {
        String value = fault.retryAfter();
        if (value.matches("\\+\\d{1,9}")) {
            value = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    simulation.now().plusSeconds(Long.parseLong(value)).atOffset(ZoneOffset.UTC));
        }
        return value.isEmpty() ? Map.of() : Map.of("Retry-After", value);
    }

    /** Errors tell when they happened, on the simulator's clock. */
    private Reply dated(Reply reply) {
        if (reply.body() != null && reply.body().path("error") instanceof ObjectNode error) {
            String now = simulation.now().toString();
            error.putObject("innerError").put("date", now.substring(0, 19)).put("request-id", "request");
        }
        return reply;
    }

    /** An upload's address is its own credential, and a token on it is an error. */
    private void checkToken(Call call) throws Refusal {
        String authorization = call.header("authorization");
        if (GraphRoutes.preauthenticated(call)) {
            if (authorization != null) {
                simulation.journal().unexpected("a bearer token was sent to an upload address");
                throw tokenRefused();
            }
        } else if (!login.accepts(authorization)) {
            throw tokenRefused();
        }
    }

    private static Refusal tokenRefused() {
        return new Refusal(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
    }

    @Override
    public void close() {
        late.close();
    }
}
