// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Blob storage in a few lines, for what Azurite can't do: retention, legal hold, customer-provided keys, and faults of one
 * request. A fault is scripted for the next request of an operation.
 */
final class StubBlobService implements AutoCloseable {

    static final String CONTAINER = "stage";
    static final Instant CREATED = Instant.parse("2026-11-20T10:00:00Z");

    /** What goes wrong with a request. */
    record Fault(int status, String code, boolean done, int cutAt, boolean damage) {
        static Fault refused(int status, String code) {
            return new Fault(status, code, false, -1, false);
        }

        /** The work is done and the answer lost. */
        static Fault lost() {
            return new Fault(0, "", true, -1, false);
        }

        /** The connection breaks before the work is done. */
        static Fault broken() {
            return new Fault(0, "", false, -1, false);
        }

        /** The body of the answer ends after so many bytes. */
        static Fault cut(int at) {
            return new Fault(200, "", true, at, false);
        }

        /** One bit of the body flips. */
        static Fault damaged() {
            return new Fault(200, "", true, -1, true);
        }
    }

    /** A request as it came. */
    record Seen(
            String operation,
            String blob,
            Headers headers,
            @Nullable String query) {
        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<String, StubBlobs.Blob> blobs = new ConcurrentHashMap<>();
    volatile boolean ignoresProtection;
    volatile boolean ignoresMarker;
    volatile boolean versionLevelImmutability = true;
    volatile int pageSize = 1000;
    private final StubBlobs work = new StubBlobs(this);
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final boolean tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    StubBlobService(@Nullable LoopbackTls loopback) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        tls = loopback != null;
        if (loopback == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(loopback.context()));
            server = https;
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        int port = server.getAddress().getPort();
        return URI.create(tls ? "https://localhost:" + port + "/account" : "http://127.0.0.1:" + port + "/account");
    }

    /** Scripts faults for the next requests of an operation, such as {@code PutBlob}. */
    void next(String operation, Fault... scripted) {
        faults.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(Arrays.asList(scripted));
    }

    void forgetFaults() {
        faults.clear();
    }

    List<Seen> seen(String operation) {
        return seen.stream().filter(s -> s.operation().equals(operation)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        StubBlobs.Request request = StubBlobs.Request.of(exchange, body);
        seen.add(new Seen(
                request.operation(),
                request.blob(),
                exchange.getRequestHeaders(),
                exchange.getRequestURI().getRawQuery()));
        Fault fault = fault(request.operation());
        if (fault != null && fault.status() == 0) {
            if (fault.done()) {
                work.answer(request);
            }
            exchange.close();
            return;
        }
        StubBlobs.Answer answer = fault != null && !fault.done()
                ? StubBlobs.Answer.refused(fault.status(), fault.code())
                : work.answer(request);
        send(exchange, answer, fault);
    }

    private @Nullable Fault fault(String operation) {
        Deque<Fault> scripted = faults.get(operation);
        if (scripted == null) {
            return null;
        }
        synchronized (scripted) {
            return scripted.poll();
        }
    }

    private void send(HttpExchange exchange, StubBlobs.Answer answer, @Nullable Fault fault) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        new TreeMap<>(answer.headers()).forEach(headers::set);
        headers.set("x-ms-request-id", "00000000-0000-0000-0000-000000000001");
        headers.set("x-ms-version", "2025-11-05");
        byte[] bytes = answer.body().clone();
        if (fault != null && fault.damage()) {
            bytes[bytes.length / 2] ^= 1;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(bytes, 0, fault != null && fault.cutAt() >= 0 ? fault.cutAt() : bytes.length);
            out.flush();
        }
        exchange.close();
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
