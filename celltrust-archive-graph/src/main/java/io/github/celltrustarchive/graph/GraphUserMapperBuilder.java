// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.Directory;
import io.github.celltrustarchive.graph.internal.DirectoryCache;
import io.github.celltrustarchive.graph.internal.GraphCalls;
import io.github.celltrustarchive.graph.internal.HttpExchanges;
import io.github.celltrustarchive.model.AddrSpec;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link GraphUserMapper}. Not thread-safe. */
public final class GraphUserMapperBuilder {

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

    private final MicrosoftCloud cloud;
    private final TokenSource tokens;
    private Set<String> ownedDomains = Set.of();
    private boolean phones;
    private @Nullable String group;
    private int cacheSize = 10_000;
    private Duration hitLifetime = Duration.ofHours(1);
    private Duration missLifetime = Duration.ofMinutes(5);
    private @Nullable HttpClient client;
    private Clock clock = Clock.systemUTC();

    GraphUserMapperBuilder(MicrosoftCloud cloud, TokenSource tokens) {
        this.cloud = Objects.requireNonNull(cloud, "cloud");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
    }

    /** The firm's domains; an address outside them is external and isn't looked up. Default: every address is looked up. */
    public GraphUserMapperBuilder ownedDomains(Collection<String> values) {
        ownedDomains = values.stream().map(d -> d.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        return this;
    }

    /**
     * Whether a participant without an address is looked for by number, in {@code mobilePhone} and
     * {@code businessPhones}. The directory compares texts: the number as the source spells it is asked for, and {@code +}
     * with its digits. Default false.
     */
    public GraphUserMapperBuilder phones(boolean value) {
        phones = value;
        return this;
    }

    /** The object id of a group whose members are archived, those of groups inside it too. Default: everybody. */
    public GraphUserMapperBuilder group(String objectId) {
        group = Objects.requireNonNull(objectId, "objectId");
        return this;
    }

    /** How many answers are kept, the longest unused going first; at least 1. Default 10,000. */
    public GraphUserMapperBuilder cacheSize(int value) {
        cacheSize = value;
        return this;
    }

    /** How long an answer that found a user is kept, 0 to 30 days. Default one hour. */
    public GraphUserMapperBuilder hitLifetime(Duration value) {
        hitLifetime = Objects.requireNonNull(value, "value");
        return this;
    }

    /** How long an answer that found nobody is kept, 0 to 30 days. Default five minutes. */
    public GraphUserMapperBuilder missLifetime(Duration value) {
        missLifetime = Objects.requireNonNull(value, "value");
        return this;
    }

    /** For a proxy or a trust store of the firm's; must not follow redirects. Default: a client of its own. */
    public GraphUserMapperBuilder httpClient(HttpClient value) {
        client = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Tells how old an answer is. Default the system's. */
    public GraphUserMapperBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The mapper. Asks nothing yet.
     *
     * @throws IllegalStateException naming every option that is out of its bounds
     */
    public GraphUserMapper build() {
        List<String> problems = new ArrayList<>();
        ownedDomains.stream().filter(d -> !AddrSpec.isDomain(d)).forEach(d -> problems.add("not a domain: " + d));
        if (cacheSize < 1) {
            problems.add("cacheSize must be at least 1");
        }
        if (group != null && group.isBlank()) {
            problems.add("group must be a group's object id");
        }
        checkLifetime(problems, hitLifetime, "hitLifetime");
        checkLifetime(problems, missLifetime, "missLifetime");
        if (client != null && client.followRedirects() != HttpClient.Redirect.NEVER) {
            problems.add("the HTTP client must not follow redirects");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("directory mapper: " + String.join("; ", problems));
        }
        HttpClient http = client == null ? HttpExchanges.newClient() : client;
        GraphCalls calls = GraphCalls.create(cloud, tokens, http, clock, new SecureRandom());
        DirectoryCache directory =
                new DirectoryCache(new Directory(calls, clock), cacheSize, hitLifetime, missLifetime, clock);
        return new GraphUserMapper(directory, ownedDomains, phones, group);
    }

    private static void checkLifetime(List<String> problems, Duration lifetime, String what) {
        if (lifetime.isNegative() || lifetime.compareTo(LONGEST_LIFETIME) > 0) {
            problems.add(what + " must be 0 to 30 days");
        }
    }
}
