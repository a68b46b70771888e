// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.graph;

import io.github.celltrustarchive.io.Sleeper;
import io.github.celltrustarchive.testkit.LoopbackTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Graph as far as an archive needs it, over TLS on loopback: users, groups, folders, messages, attachments, upload
 * sessions, import of MIME, export and import of items, batches, and the token endpoint. It does what Graph documents or is
 * known to do where that differs from what one would expect: a message is a draft unless its flags say otherwise at creation,
 * its dates come from two MAPI properties only, headers are at most five, named properties run out, ids come in two spaces, and
 * requests can be lost either way. The page {@code docs/graph-simulator.md} has it row by row.
 *
 * <p>An address, query option, header or JSON property that it doesn't know is answered 400 and kept in {@link #unexpected()},
 * which a test asserts to be empty at its end.
 *
 * <p><strong>Time.</strong> Everything that is timed goes by one clock: dates of messages, ends of sessions and tokens, windows
 * of throttling, and what is {@linkplain GraphFault#appliedLate applied late}. That is done as soon as the clock has passed its
 * time, which is looked at before every request and before everything that tests look at; with a clock that runs it is done
 * without either. Answers that are {@linkplain GraphFault#delayed delayed} wait with the {@linkplain Builder#sleeper sleeper}.
 * The {@code Date} header alone is of the system's clock.
 *
 * <p>It shares no code with any client, and needs no test framework. What it can't tell is what only a real mailbox tells:
 * whether Exchange honours a property, the true limits of size, the exact status of some errors.
 *
 * <p>Thread-safe. Close it to free its port, threads and temporary files.
 */
public final class GraphSimulator implements AutoCloseable {

    private final GraphServer server;
    private final GraphEngine engine;
    private final SimulatedTenant tenant;
    private final SimulatedLogin login;
    private final LateEffects late;
    private final Journal journal;
    private final ContentStore store = new ContentStore();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SSLContext tls;

    private GraphSimulator(Builder builder) throws IOException {
        Clock clock = builder.clock;
        tls = builder.tls.context();
        server = new GraphServer(tls, builder.port);
        journal = new Journal(builder.keptCharacters);
        login = new SimulatedLogin(clock, builder.tokenLifetime);
        tenant = new SimulatedTenant(user -> new SimulatedMailbox(
                user.id(), builder.maxNamedProperties, new Throttle(builder.throttling, clock), this::applyDue));
        Simulation simulation = new Simulation(tenant, journal, new Vocabulary(journal), clock, server.root(), store);
        GraphRoutes routes = new GraphRoutes(simulation, builder.messageLimit, builder.silentMimeLimit);
        late = new LateEffects(clock, this::performLate);
        Sleeper sleeper = builder.sleeper;
        engine = new GraphEngine(simulation, routes, login, sleeper == null ? this::hold : sleeper::sleep, late);
        server.start(engine, login, journal);
    }

    private void performLate(Call call) {
        try {
            engine.perform(call); // nobody is there any more to be told
        } catch (RuntimeException e) {
            journal.unexpected("the simulator failed at " + call.route() + ": " + e);
        }
    }

    private void hold(Duration time) throws InterruptedException {
        boolean ended = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            throw new InterruptedException();
        }
    }

    /** Starts one on a free port, on the system's clock, with all of Microsoft's limits. */
    public static GraphSimulator start(LoopbackTls tls) throws IOException {
        return builder(tls).start();
    }

    /**
     * Starts one on a free port.
     *
     * @param clock tells the time of everything that is timed
     * @param maxNamedProperties how many named properties a mailbox can define
     */
    public static GraphSimulator start(LoopbackTls tls, Clock clock, int maxNamedProperties) throws IOException {
        return builder(tls).clock(clock).maxNamedProperties(maxNamedProperties).start();
    }

    /**
     * Starts one for a person to try a program against: on a free port, with one user and mailbox for each address.
     *
     * @param folder exists; the certificate is made there, unless it is there already
     * @param addresses of the users
     * @throws InterruptedException if the calling thread was interrupted while the certificate was made
     */
    public static GraphSimulator start(Path folder, List<String> addresses) throws IOException, InterruptedException {
        GraphSimulator simulator = start(LoopbackTls.create(folder));
        for (String address : addresses) {
            simulator.add(SimulatedUser.of("id-" + address, address));
        }
        return simulator;
    }

    /** How one is started otherwise. */
    public static Builder builder(LoopbackTls tls) {
        return new Builder(tls);
    }

    /** Where Graph is, without version, and the authority that gives tokens too. */
    public URI root() {
        return server.root();
    }

    /** Trusts the simulator, and nothing else. */
    public SSLContext sslContext() {
        return tls;
    }

    /** A client that trusts the simulator, and nothing else. */
    public HttpClient httpClient() {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A token that is accepted, for clients that don't ask for one. */
    public String newToken() {
        return login.newToken();
    }

    /** No token given out so far is accepted any more. */
    public void expireTokens() {
        login.expireTokens();
    }

    /** From now on only registered applications get tokens, this one with this secret. */
    public void register(String clientId, String secret) {
        login.register(clientId, secret);
    }

    /** From now on only registered applications get tokens, this one with an assertion signed by this certificate's key. */
    public void register(String clientId, X509Certificate certificate) {
        login.register(clientId, certificate);
    }

    /** From now on whoever asks for a token is refused, registered or not. */
    public void refuseTokens(int status, String error, String description) {
        login.refuse(status, error, description);
    }

    /** From now on tokens are given again to whom they are due. */
    public void giveTokens() {
        login.refuseNothing();
    }

    /** What was sent to the token endpoint: the fields of each form, secrets among them. */
    public List<Map<String, String>> tokenRequests() {
        return login.forms();
    }

    /** Adds a user, with a mailbox if the user has an address. */
    public SimulatedMailbox add(SimulatedUser user) {
        return tenant.add(user);
    }

    /** Adds or replaces a group. */
    public void group(String id, List<String> userIds) {
        tenant.group(id, userIds);
    }

    /** What goes wrong from now on. */
    public void faults(GraphFaults newFaults) {
        engine.faults(Objects.requireNonNull(newFaults, "newFaults"));
    }

    /** How many faults of each kind have happened; kinds that haven't are not in it. */
    public Map<GraphFault.Kind, Long> faultCounts() {
        return journal.faults();
    }

    /**
     * What Graph doesn't know: addresses, query options, headers, JSON properties, and tokens where none belongs. A test that
     * ends with one has found a bug.
     */
    public List<String> unexpected() {
        return journal.unexpected();
    }

    /** All requests but those for tokens, in the order in which they came. */
    public List<GraphRequestSeen> requests() {
        return journal.requests();
    }

    /** All requests but those for tokens with their answers, in the order in which these were given. */
    public List<RecordedCall> calls() {
        return journal.calls();
    }

    /** How many requests were refused with 429 because there were too many or too much of them, faults not counted. */
    public long throttled() {
        return tenant.mailboxes().stream()
                .mapToLong(SimulatedMailbox::throttled)
                .sum();
    }

    /** Does everything late that is due by now. Each request and each look at a mailbox does so first, too. */
    public void applyDue() {
        late.applyDue();
    }

    /** Whether something late is still to come. */
    public boolean hasLate() {
        applyDue();
        return late.count() > 0;
    }

    /** The mailboxes and their folders as a table for people: messages, drafts, attachments, bytes, requests. */
    public String summary() {
        applyDue();
        return Summary.of(tenant, journal);
    }

    /** Ends everything, also what is late. A second call does nothing. */
    @Override
    public void close() {
        closed.countDown();
        server.close();
        engine.close();
        store.close();
    }

    /** Options. Every one has the value of the real service unless it says otherwise. */
    public static final class Builder {

        private final LoopbackTls tls;
        private int port;
        private Clock clock = Clock.systemUTC();
        private @Nullable Sleeper sleeper;
        private int maxNamedProperties = 16_384;
        private GraphThrottling throttling = GraphThrottling.ofDefaults();
        private Duration tokenLifetime = Duration.ofSeconds(3_599);
        private long messageLimit = 150_000_000;
        private int silentMimeLimit = Integer.MAX_VALUE;
        private int keptCharacters = 16 * 1024 * 1024;

        private Builder(LoopbackTls tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
        }

        /** The port on the loopback address; 0, the default, for a free one. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** Tells the time of everything that is timed; by default the system's clock. */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Holds answers back; by default real time passes. In virtual time, one that moves the clock. */
        public Builder sleeper(Sleeper newSleeper) {
            sleeper = Objects.requireNonNull(newSleeper, "newSleeper");
            return this;
        }

        /** How many named properties a mailbox can define; 16,384 by default. */
        public Builder maxNamedProperties(int number) {
            maxNamedProperties = number;
            return this;
        }

        /** What a mailbox takes; {@link GraphThrottling#ofDefaults()} by default. */
        public Builder throttling(GraphThrottling newThrottling) {
            throttling = Objects.requireNonNull(newThrottling, "newThrottling");
            return this;
        }

        /** How long tokens are accepted; 3,599 seconds by default. */
        public Builder tokenLifetime(Duration time) {
            tokenLifetime = Objects.requireNonNull(time, "time");
            return this;
        }

        /** The largest message with all its attachments, in bytes; 150,000,000 by default, where a tenant's default is 35 MB. */
        public Builder messageLimit(long bytes) {
            messageLimit = bytes;
            return this;
        }

        /**
         * Messages created from MIME whose base64 is longer are answered 200 without a body and not created, as was seen in
         * 2021; by default none are.
         */
        public Builder silentMimeLimit(int bytes) {
            silentMimeLimit = bytes;
            return this;
        }

        /** How many characters of bodies are kept for {@link GraphSimulator#calls()}; 16 Mi by default. */
        public Builder keptCharacters(int number) {
            keptCharacters = number;
            return this;
        }

        /** Starts it. */
        public GraphSimulator start() throws IOException {
            return new GraphSimulator(this);
        }
    }
}
