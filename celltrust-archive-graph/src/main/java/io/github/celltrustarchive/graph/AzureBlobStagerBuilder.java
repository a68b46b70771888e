// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.BlobContainer;
import io.github.celltrustarchive.graph.internal.BlobCredential;
import io.github.celltrustarchive.graph.internal.BlobProtection;
import io.github.celltrustarchive.graph.internal.BlobSettings;
import io.github.celltrustarchive.graph.internal.HttpExchanges;
import io.github.celltrustarchive.model.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of an {@link AzureBlobStager}. One credential is needed: {@link #tokens}, {@link #sas} or
 * {@link #accountKey}; the last one named counts. Not thread-safe.
 */
public final class AzureBlobStagerBuilder {

    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?/)*");
    private static final int MAX_PREFIX = 200;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9 +./:=_-]*");
    private static final int MAX_TAGS = 10;
    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;
    private static final int MIN_BLOCK = 64 * 1024;
    private static final int MAX_BLOCK = 4 << 20;
    private static final int MAX_CONCURRENCY = 16;
    private static final int MAX_TRIES = 10;
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(146_000); // blob storage's own limit

    private final URI endpoint;
    private final String scope;
    private final String container;
    private @Nullable BlobCredential credential;
    private boolean token;
    private String prefix = "";
    private String serviceVersion = "2025-11-05";
    private int blockBytes = 2 << 20;
    private int concurrency = 2;
    private int tries = 3;
    private Duration timeout = Duration.ofSeconds(60);
    private Map<String, String> tags = Map.of();
    private @Nullable Duration retention;
    private boolean locked;
    private boolean legalHold;
    private boolean createContainer;
    private @Nullable Secret customerKey;
    private @Nullable HttpClient http;
    private Clock clock = Clock.systemUTC();

    AzureBlobStagerBuilder(URI endpoint, String scope, String container) {
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
        this.scope = scope;
        this.container = Objects.requireNonNull(container, "container");
    }

    /**
     * Bearer tokens from Microsoft Entra ID, HTTPS only. The application needs the role <i>Storage Blob Data Contributor</i>
     * on the container; one without the right to delete is enough where retention keeps everything.
     */
    public AzureBlobStagerBuilder tokens(TokenSource value) {
        credential = BlobCredential.token(Objects.requireNonNull(value, "value"), scope);
        token = true;
        return this;
    }

    /**
     * A shared access signature of the container, with or without its {@code ?}, with the permissions read, create, write and
     * list, and delete if staged objects may be deleted. Read before each request, so that one in a file can be renewed.
     */
    public AzureBlobStagerBuilder sas(Secret value) {
        credential = BlobCredential.sas(Objects.requireNonNull(value, "value"));
        token = false;
        return this;
    }

    /** The storage account's own key, which may do everything: for emulators and tests. */
    public AzureBlobStagerBuilder accountKey(String account, Secret key) {
        credential = BlobCredential.accountKey(
                Objects.requireNonNull(account, "account"), Objects.requireNonNull(key, "key"));
        token = false;
        return this;
    }

    /** What the names of all blobs start with, such as {@code celltrust/}; at most 200 characters. Default nothing. */
    public AzureBlobStagerBuilder prefix(String value) {
        prefix = Objects.requireNonNull(value, "value");
        return this;
    }

    /** The version of the service's interface, such as {@code 2025-11-05}, the default: what an emulator knows may be older. */
    public AzureBlobStagerBuilder serviceVersion(String value) {
        serviceVersion = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * How many bytes are sent and read at once: 64 KiB to 4 MiB, default 2 MiB. A blob has at most 50,000 blocks, so that an
     * object has at most 100 GB by default.
     */
    public AzureBlobStagerBuilder blockBytes(int value) {
        blockBytes = value;
        return this;
    }

    /** How many blocks of one object are sent at once: 1 to 16, default 2. */
    public AzureBlobStagerBuilder concurrency(int value) {
        concurrency = value;
        return this;
    }

    /**
     * How often a request is tried before its failure is told, the first try included: 1 to 10, default 3. Harmless, since
     * nothing is ever overwritten; waits 1 to 10 seconds, or as long as the service asks.
     */
    public AzureBlobStagerBuilder tries(int value) {
        tries = value;
        return this;
    }

    /** How long each try may take, one second to one hour. Default 60 seconds. */
    public AzureBlobStagerBuilder timeout(Duration value) {
        timeout = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Index tags of every blob, at most 10, for lifecycle rules and searches: keys of 1 to 128, values of up to 256 letters,
     * digits, blanks and {@code + - . / : = _}. Tags aren't encrypted with a customer-provided key: nothing personal belongs
     * there. Setting them needs a permission of its own, which <i>Storage Blob Data Owner</i> has. Default none. Facts: <a
     * href="https://learn.microsoft.com/azure/storage/blobs/storage-manage-find-blobs">blob index tags</a>.
     */
    public AzureBlobStagerBuilder tags(Map<String, String> values) {
        tags = Map.copyOf(values);
        return this;
    }

    /**
     * Keeps every object for at least this long, counted from its put; nobody can shorten it. One second to 146,000 days, which is
     * the service's limit; the account
     * must support version-level immutability. Default: no policy but what account and container give. Facts: <a
     * href="https://learn.microsoft.com/azure/storage/blobs/immutable-time-based-retention-policy-overview">time-based
     * retention policies</a>.
     */
    public AzureBlobStagerBuilder lockedRetention(Duration value) {
        retention = Objects.requireNonNull(value, "value");
        locked = true;
        return this;
    }

    /** Like {@link #lockedRetention}, but who has the right may shorten or remove it: for trying out. */
    public AzureBlobStagerBuilder unlockedRetention(Duration value) {
        retention = Objects.requireNonNull(value, "value");
        locked = false;
        return this;
    }

    /**
     * Puts every object under legal hold, until somebody lifts it. Default false. Facts: <a
     * href="https://learn.microsoft.com/azure/storage/blobs/immutable-legal-hold-overview">legal holds</a>.
     */
    public AzureBlobStagerBuilder legalHold(boolean value) {
        legalHold = value;
        return this;
    }

    /** Whether the container is made at the first use if it isn't there, private. Default false: it is the operator's. */
    public AzureBlobStagerBuilder createContainer(boolean value) {
        createContainer = value;
        return this;
    }

    /**
     * The firm's own key by which the service encrypts and decrypts every blob: 256 bits in base64, HTTPS only. The service
     * doesn't keep it; without it nothing can be read again. Facts: <a
     * href="https://learn.microsoft.com/azure/storage/blobs/encryption-customer-provided-keys">customer-provided keys</a>.
     */
    public AzureBlobStagerBuilder customerProvidedKey(Secret value) {
        customerKey = Objects.requireNonNull(value, "value");
        return this;
    }

    /** For a proxy or a trust store of the firm's; must not follow redirects. Default: a client of its own. */
    public AzureBlobStagerBuilder httpClient(HttpClient value) {
        http = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Tells from when retention counts. Default the system's. */
    public AzureBlobStagerBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The stage. Asks nothing yet and reads no secret.
     *
     * @throws IllegalStateException naming every option that is missing or out of its bounds
     */
    public AzureBlobStager build() {
        List<String> problems = new ArrayList<>();
        checkPlace(problems);
        checkLimits(problems);
        checkContent(problems);
        BlobCredential chosen = credential;
        if (chosen == null) {
            problems.add("a credential is missing: tokens, sas or accountKey");
        }
        if (chosen == null || !problems.isEmpty()) {
            throw new IllegalStateException("blob stage: " + String.join("; ", problems));
        }
        BlobProtection protection = retention == null && !legalHold
                ? BlobProtection.NONE
                : new BlobProtection(retention, locked, legalHold);
        BlobSettings settings = new BlobSettings(
                endpoint,
                container,
                prefix,
                serviceVersion,
                blockBytes,
                concurrency,
                tries,
                timeout,
                tags,
                protection,
                createContainer,
                http == null ? HttpExchanges.newClient() : http);
        return new AzureBlobStager(new BlobContainer(settings, chosen, customerKey, clock), new SecureRandom());
    }

    private void checkPlace(List<String> problems) {
        boolean plain = endpoint.getHost() != null
                && endpoint.getRawUserInfo() == null
                && endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && !endpoint.getRawPath().endsWith("/");
        boolean https = "https".equals(endpoint.getScheme());
        boolean emulator = plain && "http".equals(endpoint.getScheme()) && isLoopback(endpoint.getHost());
        if (!emulator && !(plain && https)) {
            problems.add(
                    "the endpoint must look like https://host or https://host/path, without a query; http only for an"
                            + " emulator on this machine");
        } else if (!https && (token || customerKey != null)) {
            problems.add("tokens and a customer-provided key need an https endpoint");
        }
        if (http != null && http.followRedirects() != HttpClient.Redirect.NEVER) {
            problems.add("the HTTP client must not follow redirects");
        }
        if (!CONTAINER.matcher(container).matches()) {
            problems.add("a container's name has 3 to 63 lower-case letters, digits and single hyphens");
        }
        if (prefix.length() > MAX_PREFIX || !PREFIX.matcher(prefix).matches()) {
            problems.add(
                    "prefix must be empty or like celltrust/, of letters, digits, - _ and ., at most 200 characters");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            boolean literal = host.matches("[0-9.]+") || host.startsWith("[") || host.equals("localhost");
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void checkLimits(List<String> problems) {
        try {
            BlobContainer.version(serviceVersion);
        } catch (IllegalArgumentException e) {
            problems.add("serviceVersion must be one that the Azure SDK knows, such as 2025-11-05");
        }
        if (blockBytes < MIN_BLOCK || blockBytes > MAX_BLOCK) {
            problems.add("blockBytes must be from 64 KiB to 4 MiB");
        }
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            problems.add("concurrency must be from 1 to 16");
        }
        if (tries < 1 || tries > MAX_TRIES) {
            problems.add("tries must be from 1 to 10");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            problems.add("timeout must be from a second to an hour");
        }
    }

    private void checkContent(List<String> problems) {
        boolean tooShort = retention != null && retention.compareTo(Duration.ofSeconds(1)) < 0;
        if (tooShort || (retention != null && retention.compareTo(LONGEST_RETENTION) > 0)) {
            problems.add("retention must be from a second to 146,000 days");
        }
        boolean tagsFit = tags.size() <= MAX_TAGS
                && tags.entrySet().stream()
                        .allMatch(t -> fits(t.getKey(), 1, MAX_TAG_KEY) && fits(t.getValue(), 0, MAX_TAG_VALUE));
        if (!tagsFit) {
            problems.add("at most 10 tags, with keys of 1 to 128 and values of up to 256 letters, digits, blanks and"
                    + " + - . / : = _");
        }
    }

    private static boolean fits(String text, int shortest, int longest) {
        return text.length() >= shortest
                && text.length() <= longest
                && TAG.matcher(text).matches();
    }
}
