// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the site: token, address, redirects, deadline, and what a refusal means, in one place. Nothing is repeated here but
 * a request whose token was refused. Thread-safe.
 */
public final class SiteCalls {

    static final String USER_AGENT = "celltrust-archive";
    static final String REDIRECT_REFUSED = "redirect_refused";

    private static final int MAX_REDIRECTS = 3;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> BUSY = Set.of(429, 503);
    private static final int SERVER_ERROR = 500;

    private final SiteAddresses addresses;
    private final SiteExchanges exchanges;
    private final SiteTokens tokens;
    private final int maxBytes;
    private final Clock clock;

    /** Calls of one site. */
    public SiteCalls(SiteAddresses addresses, SiteExchanges exchanges, SiteTokens tokens, int maxBytes, Clock clock) {
        this.addresses = addresses;
        this.exchanges = exchanges;
        this.tokens = tokens;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** Which addresses belong to the site. */
    public SiteAddresses addresses() {
        return addresses;
    }

    /** Asks for JSON. */
    public SiteAnswer get(URI address) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(address).setHeader("Accept", "application/json").setHeader("Accept-Encoding", "gzip");
        return SiteGzip.unpack(follow(request, address, SiteBody.handler(maxBytes)), maxBytes);
    }

    /** Asks for bytes as they are; also a 200 and a 206 are for the caller to tell apart. */
    SiteAnswer get(URI address, Map<String, String> headers, BodyHandler<byte[]> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(address).setHeader("Accept", "message/rfc822, application/json");
        headers.forEach(request::setHeader);
        return follow(request, address, body);
    }

    /** Sends JSON; redirects aren't followed. */
    public void post(URI address, byte[] json) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(address)
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
        requireSuccess(authorized(request, SiteBody.handler(maxBytes)), clock);
    }

    /** Signs in, whatever token there is. */
    public SiteAnswer signInAnew() throws IOException, InterruptedException {
        return tokens.signIn();
    }

    /** Ends what is under way. */
    public void close() {
        exchanges.close();
    }

    private SiteAnswer follow(HttpRequest.Builder request, URI first, BodyHandler<byte[]> body)
            throws IOException, InterruptedException {
        URI address = first;
        for (int hops = 0; ; hops++) {
            SiteAnswer answer = authorized(request.uri(address), body);
            if (!REDIRECTS.contains(answer.status())) {
                requireSuccess(answer, clock);
                return answer;
            }
            String location = answer.header("Location");
            address = addresses.resolve(address, location);
            if (hops == MAX_REDIRECTS || location.isEmpty() || !addresses.leadToSite(address)) {
                throw new SiteRefusedException(answer.status(), REDIRECT_REFUSED);
            }
        }
    }

    private SiteAnswer authorized(HttpRequest.Builder request, BodyHandler<byte[]> body)
            throws IOException, InterruptedException {
        String token = tokens.token(null);
        SiteAnswer answer = exchanges.send(bearing(request, token), body);
        if (answer.status() == UNAUTHORIZED) {
            answer = exchanges.send(bearing(request, tokens.token(token)), body);
        }
        return answer;
    }

    private HttpRequest bearing(HttpRequest.Builder request, String token) throws IOException {
        HttpRequest bearing =
                request.setHeader("Authorization", "Bearer " + token).build();
        if (!addresses.leadToSite(bearing.uri())) { // whoever calls has checked; a token that leaks can't be taken back
            throw new IOException("a request would have left the site");
        }
        return bearing;
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).setHeader("User-Agent", USER_AGENT);
    }

    static void requireSuccess(SiteAnswer answer, Clock clock) throws IOException {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw ArchiveException.stop(
                    "the Merge1 site refuses the account (" + status
                            + "): check whether it may read this connector's items",
                    null);
        }
        if (BUSY.contains(status)) {
            Instant now = clock.instant();
            Optional<Duration> wait = SiteRetryAfter.read(answer.header("Retry-After"), now);
            if (wait.isPresent()) {
                throw ArchiveException.retryNotBefore(
                        now.plus(wait.get()), "the Merge1 site is busy (" + status + ") and asks to wait", null);
            }
        }
        if (BUSY.contains(status) || status >= SERVER_ERROR) {
            throw new IOException("the Merge1 site is in trouble (" + status + ")");
        }
        throw new SiteRefusedException(status, SiteJson.errorCode(answer));
    }
}
