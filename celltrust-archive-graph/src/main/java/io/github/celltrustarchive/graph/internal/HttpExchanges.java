// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * One request and its whole response, within a deadline. {@link HttpRequest#timeout()} ends with the response's headers, so
 * a body that dribbles would never end; here the deadline goes around everything.
 *
 * <p>Exceptions say what happened and nothing of the address, whose query may hold a secret.
 */
public final class HttpExchanges {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration deadline;
    private final int maxResponseBytes;

    /**
     * Exchanges over a client of the host's.
     *
     * @param client must not follow redirects, which would carry the bearer token to another host
     */
    public HttpExchanges(HttpClient client, Duration deadline, int maxResponseBytes) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.client = client;
        this.deadline = deadline;
        this.maxResponseBytes = maxResponseBytes;
    }

    /** A client that follows no redirects and waits 10 seconds for a connection. */
    public static HttpClient newClient() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /**
     * Sends a request and reads the response.
     *
     * @throws NotSentException if there was no connection: refused, no such host, no TLS session
     * @throws IOException if there is no whole response within the deadline; whether the service did what was asked is
     *     not known
     */
    public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, LimitedBody.handler(maxResponseBytes));
        try {
            return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole response within " + deadline, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error error) {
                throw error;
            }
            String what = cause == null ? "" : ": " + cause.getClass().getSimpleName();
            if (cause != null && isBeforeSending(cause)) {
                throw new NotSentException("no connection" + what, cause);
            }
            throw new IOException("no whole response" + what, cause);
        } finally {
            exchange.cancel(true); // of no effect on one that is complete
        }
    }

    private static boolean isBeforeSending(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
    }
}
