// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.graph.internal.GraphMailboxes;
import io.github.celltrustarchive.graph.internal.HttpExchanges;
import io.github.celltrustarchive.graph.internal.MailboxBudgets;
import io.github.celltrustarchive.graph.internal.MailboxProbe;
import io.github.celltrustarchive.graph.internal.SinkSettings;
import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.io.SystemSleeper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.SinkTraits;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link GraphMailboxSink}. Not thread-safe. */
public final class GraphMailboxSinkBuilder {

    private static final long MEBIBYTE = 1L << 20;
    private static final long LARGEST_MESSAGE = 200 * MEBIBYTE; // an attachment of 150 MB in base64 is 205 MB
    private static final int MOST_IN_FLIGHT = 4;
    private static final Duration LONGEST_SETTLE_TIME = Duration.ofMinutes(10);
    private static final Duration LONGEST_DEADLINE =
            Duration.ofMinutes(2); // after three minutes of a call, within five
    private static final int FEWEST_REQUESTS = 20; // what the first message into a deep folder needs
    private static final int MOST_REQUESTS = 10_000;
    private static final long MOST_BYTES = 150_000_000;
    private static final long FEWEST_BYTES = 5_000_000; // the largest request

    private final MicrosoftCloud cloud;
    private final TokenSource tokens;
    private final ConnectorProfile profile;
    private boolean markRead = true;
    private boolean attachOriginal;
    private boolean noteClass;
    private boolean reducedFidelity;
    private boolean mimeImport;
    private long maxMessageBytes = 35 * MEBIBYTE;
    private int inFlightPerMailbox = 2;
    private Duration settleTime = Duration.ofSeconds(60);
    private Path temporaryFolder = Path.of(System.getProperty("java.io.tmpdir", "."));
    private @Nullable String checkedMailbox;
    private int requests = MailboxBudgets.Limits.DEFAULTS.requests();
    private long bytes = MailboxBudgets.Limits.DEFAULTS.bytes();
    private Duration deadline = Duration.ofSeconds(100);
    private @Nullable HttpClient client;
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = new SystemSleeper();
    private RandomGenerator random = new SecureRandom();

    GraphMailboxSinkBuilder(MicrosoftCloud cloud, TokenSource tokens, ConnectorProfile profile) {
        this.cloud = Objects.requireNonNull(cloud, "cloud");
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        this.profile = Objects.requireNonNull(profile, "profile");
    }

    /** Whether messages arrive as already read, so that they don't raise unread counters. Default true. */
    public GraphMailboxSinkBuilder markRead(boolean value) {
        markRead = value;
        return this;
    }

    /**
     * Whether every message gets the email from which it was made as an attachment, byte for byte. Default false: only a
     * message of whose email JSON can't say everything gets it.
     */
    public GraphMailboxSinkBuilder attachOriginal(boolean value) {
        attachOriginal = value;
        return this;
    }

    /**
     * Whether the message class is {@code IPM.Note.…} instead of the profile's {@code IPM.ExternalData.…}; for tenants whose
     * tools or Outlook forms don't cope with the latter. Default false.
     */
    public GraphMailboxSinkBuilder noteMessageClass(boolean value) {
        noteClass = value;
        return this;
    }

    /**
     * Whether a message that Graph refuses as malformed is written without sender fields, reply-to, {@code X-} headers and
     * Message-ID rather than held. Each is named in the log with its item's key, and marked in its state property. Default
     * false.
     */
    public GraphMailboxSinkBuilder reducedFidelity(boolean value) {
        reducedFidelity = value;
        return this;
    }

    /**
     * Whether messages are created by <a
     * href="https://learn.microsoft.com/graph/api/mailfolder-importmime?view=graph-rest-beta">mailFolder: importMime</a> from
     * the email itself, which keeps every header and part. Beta: Microsoft doesn't support it in production and may change it.
     * Needs {@code Mail-Advanced.ReadWrite.All}. Messages over 2.9 MB and those without Message-ID are created from JSON all
     * the same. Default false.
     */
    public GraphMailboxSinkBuilder importMime(boolean value) {
        mimeImport = value;
        return this;
    }

    /**
     * The largest email, in bytes, that the mailboxes take; larger ones are held. It is the email that is measured, in which
     * base64 makes attachments 37 % larger. 1 to 209,715,200 (200 MB, for one attachment of 150 MB, the most that Graph
     * takes, where the mailboxes are set to take that). Default 36,700,160 (35 MB, which is Exchange Online's own default for
     * what a mailbox receives and sends).
     *
     * @see <a href="https://learn.microsoft.com/graph/outlook-large-attachments">Attach large files</a>
     */
    public GraphMailboxSinkBuilder maxMessageBytes(long value) {
        maxMessageBytes = value;
        return this;
    }

    /**
     * How many deliveries to one mailbox may be under way at once, 1 to 4. Default 2. Graph refuses more than four requests of
     * an application to one mailbox (<a
     * href="https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits">limits</a>).
     */
    public GraphMailboxSinkBuilder inFlightPerMailbox(int value) {
        inFlightPerMailbox = value;
        return this;
    }

    /**
     * How long a request whose answer was lost may still take effect, 0 to 10 minutes. Default 60 seconds. Too short means
     * that a message may be there twice after a failure.
     */
    public GraphMailboxSinkBuilder settleTime(Duration value) {
        settleTime = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * An existing folder in which large emails lie while they are written, readable by their owner alone. Default: the
     * system's ({@code java.io.tmpdir}).
     */
    public GraphMailboxSinkBuilder temporaryFolder(Path value) {
        temporaryFolder = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Object id or address of a mailbox that {@link GraphMailboxSink#preflight} tries to read. Default none. */
    public GraphMailboxSinkBuilder checkedMailbox(String value) {
        checkedMailbox = Objects.requireNonNull(value, "value");
        return this;
    }

    /** How many requests a mailbox gets in ten minutes, 20 to 10,000 (Graph's limit). Default 9,600. */
    public GraphMailboxSinkBuilder requestsPerTenMinutes(int value) {
        requests = value;
        return this;
    }

    /**
     * How many bytes are sent to a mailbox in five minutes, 5,000,000 to 150,000,000 (Graph's limit). Default 120,000,000.
     */
    public GraphMailboxSinkBuilder bytesPerFiveMinutes(long value) {
        bytes = value;
        return this;
    }

    /** How long one request and its answer may take. Positive, at most 2 minutes. Default 100 seconds. */
    public GraphMailboxSinkBuilder requestDeadline(Duration value) {
        deadline = Objects.requireNonNull(value, "value");
        return this;
    }

    /** For a proxy or a trust store of the firm's; must not follow redirects. Default: a client of its own. */
    public GraphMailboxSinkBuilder httpClient(HttpClient value) {
        client = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Tells limits, retry times and when a folder is looked at again. Default the system's. */
    public GraphMailboxSinkBuilder clock(Clock value) {
        clock = Objects.requireNonNull(value, "value");
        return this;
    }

    /** Lets time pass within a call. Default {@link SystemSleeper}. */
    public GraphMailboxSinkBuilder sleeper(Sleeper value) {
        sleeper = Objects.requireNonNull(value, "value");
        return this;
    }

    /** For the request ids that Microsoft's support asks for; used by several threads at once. Default a {@link SecureRandom}. */
    public GraphMailboxSinkBuilder random(RandomGenerator value) {
        random = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * The sink. Asks nothing yet.
     *
     * @throws IllegalStateException naming every option that is out of its bounds
     */
    public GraphMailboxSink build() {
        requireBounds();
        SinkTraits traits = new SinkTraits(maxMessageBytes, settleTime, inFlightPerMailbox, 1);
        return new GraphMailboxSink(new GraphMailboxes(settings()), traits);
    }

    /**
     * A probe that writes as this sink would. Asks nothing yet.
     *
     * @throws IllegalStateException naming every option that is out of its bounds
     */
    public GraphMailboxProbe buildProbe() {
        requireBounds();
        return new GraphMailboxProbe(new MailboxProbe(settings()));
    }

    private void requireBounds() {
        List<String> problems = new ArrayList<>(profile.problems());
        check(
                problems,
                maxMessageBytes >= 1 && maxMessageBytes <= LARGEST_MESSAGE,
                "maxMessageBytes must be 1 to " + LARGEST_MESSAGE);
        check(
                problems,
                inFlightPerMailbox >= 1 && inFlightPerMailbox <= MOST_IN_FLIGHT,
                "inFlightPerMailbox must be 1 to " + MOST_IN_FLIGHT);
        check(
                problems,
                !settleTime.isNegative() && settleTime.compareTo(LONGEST_SETTLE_TIME) <= 0,
                "settleTime must be 0 to 10 minutes");
        check(
                problems,
                requests >= FEWEST_REQUESTS && requests <= MOST_REQUESTS,
                "requestsPerTenMinutes must be " + FEWEST_REQUESTS + " to " + MOST_REQUESTS);
        check(
                problems,
                bytes >= FEWEST_BYTES && bytes <= MOST_BYTES,
                "bytesPerFiveMinutes must be " + FEWEST_BYTES + " to " + MOST_BYTES);
        check(
                problems,
                !deadline.isNegative() && !deadline.isZero() && deadline.compareTo(LONGEST_DEADLINE) <= 0,
                "requestDeadline must be positive and at most 2 minutes");
        boolean staysAtHome = client == null || client.followRedirects() == HttpClient.Redirect.NEVER;
        check(problems, staysAtHome, "the HTTP client must not follow redirects");
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Graph mailbox sink: " + String.join("; ", problems));
        }
    }

    private SinkSettings settings() {
        MailboxBudgets.Limits usual = MailboxBudgets.Limits.DEFAULTS;
        return new SinkSettings(
                cloud,
                tokens,
                profile,
                markRead,
                attachOriginal,
                noteClass,
                reducedFidelity,
                mimeImport,
                temporaryFolder,
                settleTime,
                checkedMailbox,
                new MailboxBudgets.Limits(requests, usual.requestWindow(), bytes, usual.byteWindow()),
                deadline,
                client == null ? HttpExchanges.newClient() : client,
                clock,
                sleeper,
                random);
    }

    private static void check(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
