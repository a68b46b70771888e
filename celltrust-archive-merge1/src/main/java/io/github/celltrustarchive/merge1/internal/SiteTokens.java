// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs in, keeps the token, and renews it: one sign-in at a time, however many wait for it. Thread-safe. */
public final class SiteTokens {

    private static final Set<Integer> REFUSED = Set.of(400, 401, 403);
    private static final int MAX_TOKEN = 16_384;
    private static final long MAX_SECONDS = 86_400;
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final URI endpoint;
    private final Credentials credentials;
    private final SiteExchanges exchanges;
    private final int maxBytes;
    private final Clock clock;
    private @Nullable String token;
    private Instant renewAt = Instant.MIN;

    /**
     * What to sign in with, as the form of the token endpoint names it.
     *
     * @param grantType {@code password} or {@code client_credentials}
     */
    public record Credentials(String grantType, String nameField, String name, String secretField, Secret secret) {

        /** Shows the way of signing in only. */
        @Override
        public String toString() {
            return "Credentials[" + grantType + "]";
        }

        String form() throws IOException {
            return "grant_type=" + grantType + "&" + nameField + "=" + encode(name) + "&" + secretField + "="
                    + encode(secret.reveal());
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    /** Tokens from this endpoint. */
    public SiteTokens(URI endpoint, Credentials credentials, SiteExchanges exchanges, int maxBytes, Clock clock) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.exchanges = exchanges;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * A token to go on with.
     *
     * @param refused one that the site has just refused, or null
     */
    synchronized String token(@Nullable String refused) throws IOException, InterruptedException {
        String current = token;
        if (current != null && !current.equals(refused) && clock.instant().isBefore(renewAt)) {
            return current;
        }
        return accept(ask());
    }

    /** Signs in, whatever token there is. */
    synchronized SiteAnswer signIn() throws IOException, InterruptedException {
        SiteAnswer answer = ask();
        accept(answer);
        return answer;
    }

    private SiteAnswer ask() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setHeader("Accept", "application/json")
                .setHeader("User-Agent", SiteCalls.USER_AGENT)
                .POST(HttpRequest.BodyPublishers.ofString(credentials.form()))
                .build();
        SiteAnswer answer = SiteGzip.unpack(exchanges.send(request, SiteBody.handler(maxBytes)), maxBytes);
        if (REFUSED.contains(answer.status())) {
            throw ArchiveException.stop(
                    "the Merge1 site refuses the sign-in (" + answer.status()
                            + "): check the account's name and secret, and whether the account is enabled",
                    null);
        }
        SiteCalls.requireSuccess(answer, clock);
        return answer;
    }

    private String accept(SiteAnswer answer) throws IOException {
        JsonNode json = answer.json();
        String text = SiteJson.text(json, "access_token", MAX_TOKEN);
        long seconds = json.path("expires_in").asLong(0);
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~') || seconds < 1) { // would break out of its header
            throw new IOException("the site's token can't be used");
        }
        Duration lifetime = Duration.ofSeconds(Math.min(seconds, MAX_SECONDS));
        Duration tenth = lifetime.dividedBy(10);
        renewAt = clock.instant().plus(lifetime).minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN);
        token = text;
        return text;
    }
}
