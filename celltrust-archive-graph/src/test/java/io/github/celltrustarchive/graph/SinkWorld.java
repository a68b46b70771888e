// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.DeliveryKey;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.graph.GraphFault;
import io.github.celltrustarchive.testkit.graph.GraphRequestSeen;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.SimulatedFolder;
import io.github.celltrustarchive.testkit.graph.SimulatedMailbox;
import io.github.celltrustarchive.testkit.graph.SimulatedMessage;
import io.github.celltrustarchive.testkit.graph.SimulatedUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A tenant with one mailbox, a sink for it, and messages to deliver. */
final class SinkWorld implements AutoCloseable {

    static final ConnectorProfile PROFILE = ConnectorProfile.cellTrust("bank");
    static final String FOLDER = PROFILE.folder();
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    static final String ANN = "id-ann";

    final ManualClock clock = new ManualClock(START);
    final ManualSleeper sleeper = new ManualSleeper(clock);
    final GraphSimulator graph;
    final SimulatedMailbox mailbox;
    private final LoopbackTls tls;
    private final Path temporary;
    private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();

    private record Planned(Predicate<GraphRequestSeen> which, GraphFault fault) {}

    SinkWorld(LoopbackTls tls, Path temporary) throws IOException {
        this(tls, temporary, 16_384);
    }

    SinkWorld(LoopbackTls tls, Path temporary, int maxNamedProperties) throws IOException {
        this.tls = tls;
        this.temporary = temporary;
        graph = GraphSimulator.start(tls, clock, maxNamedProperties);
        mailbox = graph.add(SimulatedUser.of(ANN, "ann@bank.example"));
        graph.faults(this::next);
    }

    /** The first requests of this kind go wrong in these ways. */
    void fail(String method, String inPath, GraphFault... faults) {
        for (GraphFault fault : faults) {
            planned.add(new Planned(r -> r.method().equals(method) && r.path().matches(inPath), fault));
        }
    }

    void fail(String method, String inPath, GraphFault.Kind... kinds) {
        for (GraphFault.Kind kind : kinds) {
            fail(method, inPath, GraphFault.of(kind));
        }
    }

    private GraphFault next(GraphRequestSeen request) {
        for (Planned each : List.copyOf(planned)) {
            if (each.which().test(request)) {
                planned.remove(each);
                return each.fault();
            }
        }
        return GraphFault.NONE;
    }

    MicrosoftCloud cloud() {
        return MicrosoftCloud.GLOBAL.withGraph(graph.root());
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    TokenSource tokens() {
        AccessToken[] kept = new AccessToken[1];
        return (scope, refused) -> {
            synchronized (kept) {
                if (kept[0] == null || kept[0].equals(refused)) {
                    kept[0] = new AccessToken(graph.newToken(), START.plusSeconds(3_600));
                }
                return kept[0];
            }
        };
    }

    GraphMailboxSinkBuilder builder() {
        return builder(cloud());
    }

    GraphMailboxSinkBuilder builder(MicrosoftCloud cloud) {
        return GraphMailboxSink.builder(cloud, tokens(), PROFILE)
                .httpClient(client())
                .clock(clock)
                .sleeper(sleeper)
                .temporaryFolder(temporary)
                .random(new java.util.Random(1));
    }

    GraphMailboxSink sink() {
        return builder().build();
    }

    /** The only message in the archive's folder. */
    SimulatedMessage archived() {
        List<SimulatedMessage> all = mailbox.messages(FOLDER);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " messages in the folder");
        }
        return all.get(0);
    }

    SimulatedFolder folder(String displayName) {
        return mailbox.folders().stream()
                .filter(f -> f.displayName().equals(displayName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no folder " + displayName));
    }

    /** Requests so far whose method and path match. */
    List<GraphRequestSeen> seen(String method, String path) {
        return graph.requests().stream()
                .filter(r -> r.method().equals(method) && r.path().matches(path))
                .toList();
    }

    static Delivery delivery(String id, Attachment... attachments) throws IOException {
        return delivery(item(id, "Running late, start without me.", attachments));
    }

    static Delivery delivery(SourceItem item) throws IOException {
        RawRecord raw = new RawRecord("text/plain", Content.of("raw".getBytes(StandardCharsets.UTF_8)), "raw");
        ItemKey key = ItemKey.of(PROFILE.name(), item);
        ConvertedMessage converted = EmlMessageConverter.builder(PROFILE)
                .inlinePictures(false)
                .build()
                .convert(item, key, raw);
        ByteArrayOutputStream eml = new ByteArrayOutputStream();
        converted.eml().writeTo(eml);
        return new Delivery(
                DeliveryKey.of(key, ANN, FOLDER),
                new Mailbox(ANN, "ann@bank.example"),
                FOLDER,
                converted.envelope(),
                Content.of(eml.toByteArray()),
                1,
                null);
    }

    static Delivery resumed(Delivery delivery, String reference) {
        return new Delivery(
                delivery.key(),
                delivery.mailbox(),
                delivery.folder(),
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt() + 1,
                reference);
    }

    static Delivery inFolder(Delivery delivery, String path) {
        return new Delivery(
                DeliveryKey.of(delivery.envelope().key(), ANN, path),
                delivery.mailbox(),
                path,
                delivery.envelope(),
                delivery.eml(),
                delivery.attempt(),
                delivery.incompleteReference());
    }

    static SourceItem item(String id, String text, Attachment... attachments) {
        SourceItem.Builder item = SourceItem.builder(id, "SMS", Instant.parse("2026-03-01T12:34:56Z"))
                .sender(Participant.ofPhone(ParticipantRole.FROM, "+12025550123"))
                .recipient(Participant.ofEmail(ParticipantRole.TO, "ann@bank.example"))
                .text(text);
        for (Attachment attachment : attachments) {
            item.attachment(attachment);
        }
        return item.build();
    }

    static Attachment file(String name, int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(name.hashCode() * 31L + size).nextBytes(bytes);
        return new Attachment(name, "application/octet-stream", Content.of(bytes));
    }

    List<String> problems() {
        return new ArrayList<>(graph.unexpected());
    }

    @Override
    public void close() {
        graph.close();
    }
}
