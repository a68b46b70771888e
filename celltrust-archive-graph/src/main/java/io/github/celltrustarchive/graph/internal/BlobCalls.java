// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Requests to blob storage: started on the caller's thread, waited for with a deadline, their failures told without
 * addresses and headers. A request that is refused with 401 is sent once more if there is another token.
 */
final class BlobCalls {

    private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final String WORD = "[A-Za-z0-9-]{1,80}";
    private static final int DEPTH = 20;

    /** Reactor's key for what to do with failures that come after nobody waits any more; by default it logs an error. */
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    private final BlobCredential credential;
    private final Duration deadline;

    BlobCalls(BlobCredential credential, Duration deadline) {
        this.credential = credential;
        this.deadline = deadline;
    }

    /** Sends a request and waits for its answer. */
    <T> T call(String what, Supplier<Mono<T>> request) throws IOException, InterruptedException {
        return start(what, request).await();
    }

    /** The same for callers who can't be interrupted otherwise. */
    <T> T callIo(String what, Supplier<Mono<T>> request) throws IOException {
        try {
            return call(what, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for blob storage");
        }
    }

    /** Sends a request. */
    <T> Pending<T> start(String what, Supplier<Mono<T>> request) throws IOException, InterruptedException {
        Pending<T> pending = new Pending<>(what, request);
        pending.send();
        return pending;
    }

    /** A request under way. Used by one thread. */
    final class Pending<T> {
        private final String what;
        private final Supplier<Mono<T>> request;
        private @Nullable CompletableFuture<T> answer;
        private @Nullable AccessToken token;

        private Pending(String what, Supplier<Mono<T>> request) {
            this.what = what;
            this.request = request;
        }

        private void send() throws IOException, InterruptedException {
            token = credential.refresh();
            try {
                answer = request.get()
                        .contextWrite(context -> context.put(ON_ERROR_DROPPED, (Consumer<Throwable>) BlobCalls::ignore))
                        .toFuture();
            } catch (RuntimeException e) {
                throw failure(what, e);
            }
        }

        /**
         * Waits for the answer.
         *
         * @throws BlobException if it is a refusal, or there is none within the deadline
         */
        T await() throws IOException, InterruptedException {
            try {
                return get();
            } catch (BlobException e) {
                if (!e.unauthenticated() || !credential.renewed(token)) {
                    throw e;
                }
            }
            send();
            return get();
        }

        private T get() throws IOException, InterruptedException {
            CompletableFuture<T> sent = answer;
            if (sent == null) {
                throw new IllegalStateException("not sent");
            }
            try {
                return sent.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw BlobException.unanswered(what, "none within " + deadline);
            } catch (ExecutionException | CancellationException e) {
                throw failure(what, e);
            } finally {
                sent.cancel(true); // of no effect on one that is complete
            }
        }

        /** Gives up waiting. */
        void cancel() {
            if (answer != null) {
                answer.cancel(true);
            }
        }
    }

    /** Nobody waits for it any more. */
    private static void ignore(Throwable late) {}

    private static BlobException failure(String what, Throwable thrown) {
        Throwable root = thrown;
        SSLException tls = null;
        for (int i = 0; i < DEPTH && root != null; i++) {
            if (root instanceof Error error) {
                throw error;
            }
            if (root instanceof ArchiveException known) {
                throw known;
            }
            if (root instanceof HttpResponseException refusal && refusal.getResponse() != null) {
                HttpResponse response = refusal.getResponse();
                return BlobException.refused(
                        what, response.getStatusCode(), word(response, ERROR_CODE), word(response, REQUEST_ID));
            }
            if (root instanceof SSLException secure) {
                tls = secure;
            }
            if (root.getCause() == null) {
                break;
            }
            root = root.getCause();
        }
        return BlobException.unanswered(what, reason(tls == null ? root : tls));
    }

    /** The kind of failure; its text only where that can't be an address with a query. */
    private static String reason(@Nullable Throwable root) {
        if (root == null) {
            return "unknown";
        }
        boolean harmless = root instanceof SSLException || root instanceof UnknownHostException;
        return root.getClass().getSimpleName() + (harmless ? ": " + root.getMessage() : "");
    }

    private static String word(HttpResponse response, HttpHeaderName name) {
        String value = response.getHeaderValue(name);
        return value != null && value.matches(WORD) ? value : "";
    }
}
