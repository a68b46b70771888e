// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.merge1.internal.SiteAddresses;
import io.github.celltrustarchive.merge1.internal.SiteCalls;
import io.github.celltrustarchive.merge1.internal.SiteExchanges;
import io.github.celltrustarchive.merge1.internal.SiteTokens;
import io.github.celltrustarchive.model.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the options of an {@link HttpsMerge1Site}. Not thread-safe. */
public final class HttpsMerge1SiteBuilder {

    private final URI base;
    private SiteTokens.@Nullable Credentials credentials;
    private Duration deadline = Duration.ofSeconds(60);
    private int maxListBytes = 16 << 20;
    private int rangeBytes = 4 << 20;
    private @Nullable HttpClient client;
    private Clock clock = Clock.systemUTC();

    HttpsMerge1SiteBuilder(URI base) {
        this.base = Objects.requireNonNull(base, "base");
    }

    /** Signs in with the user and password of the Merge1 account (RFC 6749 section 4.3). */
    public HttpsMerge1SiteBuilder user(String name, Secret password) {
        credentials = new SiteTokens.Credentials("password", "username", name, "password", password);
        return this;
    }

    /** Signs in as a registered client (RFC 6749 section 4.4). This or {@link #user} is needed; the last one counts. */
    public HttpsMerge1SiteBuilder client(String id, Secret secret) {
        credentials = new SiteTokens.Credentials("client_credentials", "client_id", id, "client_secret", secret);
        return this;
    }

    /**
     * How long one exchange may take, from the request to the last byte of its answer. Default 60 seconds; a millisecond to
     * an hour. A range of an item is one exchange.
     */
    public HttpsMerge1SiteBuilder deadline(Duration value) {
        deadline = Objects.requireNonNull(value, "value");
        return this;
    }

    /** The most that a list or token answer may hold, in bytes, also unpacked. Default 16,777,216 (16 MiB); at least 1,024. */
    public HttpsMerge1SiteBuilder maxListBytes(int value) {
        maxListBytes = value;
        return this;
    }

    /**
     * How much of an item is read in one exchange, in bytes, and held in memory. Default 4,194,304 (4 MiB); 1 to 67,108,864.
     */
    public HttpsMerge1SiteBuilder rangeBytes(int value) {
        rangeBytes = value;
        return this;
    }

    /** For a proxy or a trust store of the firm's; must not follow redirects. Default: a client of its own. */
    public HttpsMerge1SiteBuilder httpClient(HttpClient value) {
        client = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Tells when a token expires and when to try again. Default the system's. */
    public HttpsMerge1SiteBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The client. Asks nothing yet.
     *
     * @throws IllegalStateException naming every option that is missing or out of its bounds
     */
    public HttpsMerge1Site build() {
        List<String> problems = new ArrayList<>(SiteAddresses.problems(base));
        if (credentials == null) {
            problems.add("user(...) or client(...) is needed");
        }
        if (deadline.compareTo(Duration.ofMillis(1)) < 0 || deadline.compareTo(Duration.ofHours(1)) > 0) {
            problems.add("deadline must be a millisecond to an hour");
        }
        if (maxListBytes < 1_024) {
            problems.add("maxListBytes must be at least 1,024");
        }
        if (rangeBytes < 1 || rangeBytes > 64 << 20) {
            problems.add("rangeBytes must be 1 to 67,108,864");
        }
        if (client != null && client.followRedirects() != HttpClient.Redirect.NEVER) {
            problems.add("the HTTP client must not follow redirects");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Merge1 site: " + String.join("; ", problems));
        }
        String text = base.toString();
        URI root = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        HttpClient http = client == null ? SiteExchanges.newClient() : client;
        SiteExchanges exchanges = new SiteExchanges(http, deadline);
        SiteTokens tokens = new SiteTokens(
                URI.create(root + "/oauth2/token"),
                Objects.requireNonNull(credentials, "checked above"),
                exchanges,
                maxListBytes,
                clock);
        SiteCalls calls = new SiteCalls(new SiteAddresses(root), exchanges, tokens, maxListBytes, clock);
        return new HttpsMerge1Site(root, calls, rangeBytes, clock);
    }
}
