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

/**
 * Asks Microsoft Graph: token, headers, budget, deadline, and what a refusal means, in one place. Nothing is repeated here
 * but a request whose token was refused, which Graph did not do.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/best-practices-concept">best practices</a>, <a
 * href="https://learn.microsoft.com/graph/outlook-immutable-id">immutable identifiers</a>.
 */
public final class GraphCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "/v1.0";
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
        return new GraphCalls(
                cloud,
                tokens,
                new HttpExchanges(client, DEADLINE, MAX_RESPONSE),
                new MailboxBudgets(MailboxBudgets.Limits.DEFAULTS, clock),
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
     * Sends a request.
     *
     * @throws GraphException if Graph refused it
     * @throws ArchiveException with remedy {@code RETRY} if the mailbox's budget is used up, {@code STOP} if the token is
     *     refused twice; then nothing was done
     * @throws IOException if there was no whole answer: whether it was done isn't known
     */
    Answer call(GraphRequest request) throws IOException, InterruptedException {
        spend(request);
        AccessToken token = tokens.token(cloud.graphScope(), null);
        HttpResponse<byte[]> response = exchanges.send(http(request, token));
        if (response.statusCode() == UNAUTHORIZED) {
            AccessToken renewed = tokens.token(cloud.graphScope(), token);
            response = exchanges.send(http(request, renewed));
        }
        return read(request, response);
    }

    private void spend(GraphRequest request) {
        String mailbox = request.mailbox();
        if (mailbox == null) {
            return;
        }
        String body = request.body();
        Optional<Instant> wait = budgets.take(mailbox, body == null ? 0 : body.length());
        if (wait.isPresent()) {
            throw ArchiveException.retryNotBefore(
                    wait.get(), "the mailbox has had as many requests as Microsoft Graph allows for now", null);
        }
    }

    private HttpRequest http(GraphRequest request, AccessToken token) throws IOException {
        String body = request.body();
        HttpRequest.Builder http = HttpRequest.newBuilder(address(request.pathAndQuery()))
                .method(
                        request.method(),
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
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
    private URI address(String pathAndQuery) throws IOException {
        String root = cloud.graph() + VERSION + "/";
        String address = pathAndQuery.startsWith("/") ? cloud.graph() + VERSION + pathAndQuery : pathAndQuery;
        if (!address.startsWith(root)) {
            throw new IOException("a link leads away from Microsoft Graph");
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw new IOException("a link that is none"); // the cause would quote it
        }
    }

    private Answer read(GraphRequest request, HttpResponse<byte[]> response) throws IOException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Answer(status, response.body().length == 0 ? MissingNode.getInstance() : json(response.body()));
        }
        GraphError error = GraphError.read(status, response.headers(), response.body(), clock.instant());
        String mailbox = request.mailbox();
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
