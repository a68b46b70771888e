// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its whole answer, within a deadline. {@link HttpRequest#timeout()} ends with the answer's head, so a body
 * that dribbles would never end; here the deadline goes around everything.
 *
 * <p>Exceptions say what happened and nothing of the address, whose query may hold a secret. Thread-safe.
 */
public final class SiteExchanges {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration deadline;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Exchanges over a client that follows no redirects. */
    public SiteExchanges(HttpClient client, Duration deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    /** A client that follows no redirects and waits 10 seconds for a connection. */
    public static HttpClient newClient() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @SuppressWarnings("CollectionUndefinedEquality") // each is equal to itself alone, which is what is meant
    SiteAnswer send(HttpRequest request, BodyHandler<byte[]> handler) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, handler);
        open.add(exchange);
        try {
            if (closed) {
                throw new IOException("the connection to the site has been closed");
            }
            HttpResponse<byte[]> response = exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new SiteAnswer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer of the site within " + deadline, e);
        } catch (CancellationException e) {
            throw new IOException("the connection to the site has been closed", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (closed) {
                throw new IOException("the connection to the site has been closed", cause);
            }
            if (cause instanceof Error error) {
                throw error;
            }
            String what = cause == null ? "" : ": " + describe(cause);
            throw new IOException("no whole answer of the site" + what, cause);
        } finally {
            open.remove(exchange);
            exchange.cancel(true); // of no effect on one that is complete
        }
    }

    /** Other exceptions' messages may quote the address. */
    private static String describe(Throwable cause) {
        return cause instanceof SiteBody.TooLongException
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName();
    }

    /** Ends what is under way. */
    void close() {
        closed = true;
        open.forEach(exchange -> exchange.cancel(true));
    }
}
