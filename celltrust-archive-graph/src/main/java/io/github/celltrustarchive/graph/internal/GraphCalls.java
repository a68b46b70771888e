// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.graph.TokenSource;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks Microsoft Graph: token, headers, budget, deadline, and what a refusal means, in one place. Nothing is repeated here
 * but a request whose token was refused, which Graph did not do.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/best-practices-concept">best practices</a>, <a
 * href="https://learn.microsoft.com/graph/outlook-immutable-id">immutable identifiers</a>.
 */
public final class GraphCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAUTHORIZED = 401;
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(100);
    private static final int MAX_RESPONSE = 16 << 20;
    private static final String USER_AGENT = "celltrust-archive";

    private final MicrosoftCloud cloud;
    private final TokenSource tokens;
    private final HttpExchanges exchanges;
    private final MailboxBudgets budgets;
    private final Clock clock;
    private final RandomGenerator random;

    /** Calls with Microsoft's limits, a deadline of 100 seconds and answers of at most 16 MiB. */
    public static GraphCalls create(
            MicrosoftCloud cloud, TokenSource tokens, HttpClient client, Clock clock, RandomGenerator random) {
        return create(cloud, tokens, client, MailboxBudgets.Limits.DEFAULTS, DEADLINE, clock, random);
    }

    /** Calls with these limits and this deadline, and answers of at most 16 MiB. */
    public static GraphCalls create(
            MicrosoftCloud cloud,
            TokenSource tokens,
            HttpClient client,
            MailboxBudgets.Limits limits,
            Duration deadline,
            Clock clock,
            RandomGenerator random) {
        return new GraphCalls(
                cloud,
                tokens,
                new HttpExchanges(client, deadline, MAX_RESPONSE),
                new MailboxBudgets(limits, clock),
                clock,
                random);
    }

    GraphCalls(
            MicrosoftCloud cloud,
            TokenSource tokens,
            HttpExchanges exchanges,
            MailboxBudgets budgets,
            Clock clock,
            RandomGenerator random) {
        this.cloud = cloud;
        this.tokens = tokens;
        this.exchanges = exchanges;
        this.budgets = budgets;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What Graph answered.
     *
     * @param status 200 to 299
     * @param body the JSON; missing if there was none
     */
    record Answer(int status, JsonNode body) {
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /**
     * What came back, whatever it was.
     *
     * @param refusal if it was one
     * @param at when, by our clock
     * @param serverTime when, by the server's clock, if it told
     */
    record Seen(Optional<GraphError> refusal, Instant at, Optional<Instant> serverTime) {}

    /**
     * Sends a request.
     *
     * @throws GraphException if Graph refused it
     * @throws ArchiveException with remedy {@code RETRY} if the mailbox's budget is used up, there is no token now or no
     *     connection, {@code STOP} if the credentials are refused; then nothing was done
     * @throws IOException if there was no whole answer: whether it was done isn't known
     */
    Answer call(GraphRequest request) throws IOException, InterruptedException {
        return read(request.mailbox(), exchange(request));
    }

    /**
     * Sends a request and tells what came back, refusals too.
     *
     * @throws ArchiveException as {@link #call}
     * @throws IOException if there was no whole answer
     */
    Seen look(GraphRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = exchange(request);
        Instant now = clock.instant();
        Optional<Instant> date = response.headers().firstValue("Date").flatMap(RetryAfter::date);
        boolean refused = response.statusCode() < 200 || response.statusCode() >= 300;
        return new Seen(
                refused
                        ? Optional.of(GraphError.read(response.statusCode(), response.headers(), response.body(), now))
                        : Optional.empty(),
                now,
                date);
    }

    /**
     * Sends bytes to, or asks for the state of, an upload's address, which is a secret and its own credential: no token goes
     * with it.
     *
     * @param mailbox whose budget it is taken from
     * @throws GraphException if it was refused
     * @throws ArchiveException with remedy {@code RETRY} if the mailbox's budget is used up or there is no connection
     * @throws IOException if there was no whole answer: whether it was done isn't known
     */
    Answer upload(String mailbox, HttpRequest request) throws IOException, InterruptedException {
        spend(
                mailbox,
                request.bodyPublisher()
                        .map(HttpRequest.BodyPublisher::contentLength)
                        .orElse(0L));
        return read(mailbox, send(request));
    }

    private HttpResponse<byte[]> exchange(GraphRequest request) throws IOException, InterruptedException {
        String mailbox = request.mailbox();
        if (mailbox != null) {
            spend(mailbox, request.size());
        }
        AccessToken token = token(null);
        HttpResponse<byte[]> response = send(http(request, token));
        return response.statusCode() == UNAUTHORIZED ? send(http(request, token(token))) : response;
    }

    /** Also after a refused token nothing was done. */
    private AccessToken token(@Nullable AccessToken refused) throws InterruptedException {
        try {
            return tokens.token(cloud.graphScope(), refused);
        } catch (IOException e) {
            throw ArchiveException.retry(
                    "there is no token for Microsoft Graph now: " + e.getClass().getSimpleName(), e);
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return exchanges.send(request);
        } catch (NotSentException e) {
            throw ArchiveException.retry("Microsoft Graph can't be reached now: " + e.getMessage(), e);
        }
    }

    private void spend(String mailbox, long bytes) {
        Optional<Instant> wait = budgets.take(mailbox, bytes);
        if (wait.isPresent()) {
            throw ArchiveException.retryNotBefore(
                    wait.get(), "the mailbox has had as many requests as Microsoft Graph allows for now", null);
        }
    }

    private HttpRequest http(GraphRequest request, AccessToken token) throws IOException {
        HttpRequest.BodyPublisher body = request.body();
        HttpRequest.Builder http = HttpRequest.newBuilder(address(request))
                .method(request.method(), body == null ? HttpRequest.BodyPublishers.noBody() : body)
                .setHeader("Authorization", "Bearer " + token.text())
                .setHeader("Accept", "application/json")
                .setHeader("Prefer", "IdType=\"ImmutableId\"")
                .setHeader("User-Agent", USER_AGENT)
                .setHeader("client-request-id", new UUID(random.nextLong(), random.nextLong()).toString());
        if (body != null) {
            http.setHeader("Content-Type", "application/json");
        }
        request.headers().forEach(http::setHeader);
        return http.build();
    }

    /** The token goes to Graph and nowhere else, wherever a link for the next page points. */
    private URI address(GraphRequest request) throws IOException {
        String root = cloud.graph() + "/" + request.version() + "/";
        String path = request.pathAndQuery();
        String address = path.startsWith("/") ? root + path.substring(1) : path;
        if (!address.startsWith(root)) {
            throw new IOException("a link leads away from Microsoft Graph");
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("a link that is none"); // the cause would quote it
        }
    }

    private Answer read(@Nullable String mailbox, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer(status, response.body().length == 0 ? MissingNode.getInstance() : json(response.body()));
        }
        GraphError error = GraphError.read(status, response.headers(), response.body(), clock.instant());
        if (mailbox != null
                && (error.meaning() == GraphError.Meaning.THROTTLED
                        || error.retryAfter().isPresent())) {
            budgets.pause(mailbox, clock.instant().plus(error.retryAfter().orElse(DEFAULT_PAUSE)));
        }
        throw new GraphException(error);
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new IOException(
                    "Microsoft Graph answered with something that is not JSON"); // the cause would quote it
        }
    }
}
