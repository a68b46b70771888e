// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.celltrustarchive.graph.AccessToken;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.graph.MicrosoftCloud;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.contract.MailboxSinkContract;
import io.github.celltrustarchive.testkit.contract.StoredFolder;
import io.github.celltrustarchive.testkit.contract.StoredMessage;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A simulated tenant with a mailbox for each person, and sinks for it. */
abstract class GraphSinkContract extends MailboxSinkContract {

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private final ManualClock clock = new ManualClock(Instant.now(Clock.systemUTC()));
    private final Map<String, SimulatedMailbox> mailboxes = new HashMap<>();
    private GraphSimulator graph;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @AfterEach
    void stop() {
        if (graph != null) {
            graph.close();
            if (!graph.unexpected().isEmpty()) {
                throw new AssertionError(graph.unexpected());
            }
        }
    }

    /** The options that differ. */
    abstract GraphMailboxSinkBuilder with(GraphMailboxSinkBuilder builder);

    @Override
    protected MailboxSink open() throws Exception {
        GraphMailboxSinkBuilder builder = GraphMailboxSink.builder(
                        MicrosoftCloud.GLOBAL.withGraph(graph().root()),
                        (scope, refused) -> new AccessToken(graph.newToken(), clock.instant()),
                        profile())
                .httpClient(graph().httpClient())
                .clock(clock)
                .sleeper(new ManualSleeper(clock))
                .temporaryFolder(folder);
        return with(builder).build();
    }

    /** As a directory gives them: the id says nothing of the person. */
    @Override
    protected List<Mailbox> mailboxes() throws Exception {
        List<Mailbox> people = new ArrayList<>();
        for (Mailbox person : super.mailboxes()) {
            people.add(new Mailbox("00000000-0000-0000-0000-00000000000" + people.size(), person.primaryAddress()));
        }
        return people;
    }

    @Override
    protected boolean keepsBytes() {
        return false;
    }

    @Override
    protected List<StoredFolder> stored(Mailbox mailbox) throws Exception {
        graph();
        SimulatedMailbox simulated = mailboxes.get(mailbox.id());
        List<StoredFolder> folders = new ArrayList<>();
        for (SimulatedFolder each : simulated == null ? List.<SimulatedFolder>of() : simulated.folders()) {
            List<StoredMessage> messages = new ArrayList<>();
            for (SimulatedMessage message : simulated.messages()) {
                if (message.folderId().equals(each.id())) {
                    messages.add(stored(message));
                }
            }
            folders.add(new StoredFolder(path(simulated, each), messages));
        }
        return folders;
    }

    private static StoredMessage stored(SimulatedMessage message) throws IOException {
        List<Content> attachments = message.attachments().stream()
                .map(attachment -> Content.of(message.content(attachment.id())))
                .toList();
        return StoredMessage.ofParts(
                message.json().path("subject").asText(),
                message.json().path("body").path("content").asText(),
                attachments);
    }

    private static String path(SimulatedMailbox mailbox, SimulatedFolder folder) {
        String parentId = folder.parentId();
        if (parentId == null) {
            return "";
        }
        if (folder.id().equals("f-inbox")) {
            return "Inbox";
        }
        SimulatedFolder parent = mailbox.folders().stream()
                .filter(each -> each.id().equals(parentId))
                .findFirst()
                .orElseThrow();
        String above = path(mailbox, parent);
        return above.isEmpty() ? folder.displayName() : above + "/" + folder.displayName();
    }

    @Override
    protected void letTimePass(Duration time) {
        clock.advance(time);
    }

    @Override
    protected boolean moveByOwner(Delivery delivery, String name) throws Exception {
        String user = "/v1.0/users/" + delivery.mailbox().id();
        String made = ask(user + "/mailFolders", "{\"displayName\":\"" + name + "\"}");
        String target = new ObjectMapper().readTree(made).path("id").asText();
        SimulatedMessage message = mailboxes.get(delivery.mailbox().id()).messages().stream()
                .filter(m -> delivery.envelope().messageId().equals(m.internetMessageId()))
                .findFirst()
                .orElseThrow();
        ask(user + "/messages/" + message.immutableId() + "/move", "{\"destinationId\":\"" + target + "\"}");
        return true;
    }

    private String ask(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(graph.root() + path))
                .header("Authorization", "Bearer " + graph.newToken())
                .header("Content-Type", "application/json")
                .header("Prefer", "IdType=\"ImmutableId\"")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = graph.httpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("status " + response.statusCode());
        }
        return response.body();
    }

    /** Graph knows no create-if-absent. */
    @Override
    protected boolean addCopy(Delivery delivery) throws Exception {
        open().deliver(delivery);
        return true;
    }

    /** No token is good enough to write. */
    @Override
    protected boolean refuseWrites() {
        graph.faults(request ->
                request.method().equals("GET") ? GraphFault.NONE : GraphFault.of(GraphFault.Kind.TOKEN_REFUSED));
        return true;
    }

    @Override
    protected boolean loseAnswer() {
        return failOnce(
                request -> request.method().equals("POST") && request.path().matches(".*/(messages|importMime)"),
                GraphFault.appliedLate(Duration.ofSeconds(45)));
    }

    final boolean failOnce(Predicate<GraphRequestSeen> which, GraphFault fault) {
        AtomicBoolean done = new AtomicBoolean();
        graph.faults(request -> which.test(request) && !done.getAndSet(true) ? fault : GraphFault.NONE);
        return true;
    }

    @Override
    protected boolean makeUnreachable() {
        graph.close();
        return true;
    }

    @Override
    protected Optional<Mailbox> missingMailbox() {
        return Optional.of(new Mailbox("nobody@contract.example", "nobody@contract.example"));
    }

    private GraphSimulator graph() throws Exception {
        if (graph == null) {
            graph = GraphSimulator.builder(tls).clock(clock).start();
            for (Mailbox mailbox : mailboxes()) {
                mailboxes.put(mailbox.id(), graph.add(SimulatedUser.of(mailbox.id(), mailbox.primaryAddress())));
            }
        }
        return graph;
    }
}
