// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.merge1;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.Direction;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A simulated site with one connector, and clients of it, in a world whose time only moves when a test moves it. */
final class SiteWorld implements AutoCloseable {

    static final String CONNECTOR = "CellTrust daily";

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T02:00:00Z"));
    final LoopbackTls tls;
    final Merge1Simulator simulator;
    final SimulatedConnector connector;
    private final Path folder;
    private final List<AutoCloseable> opened = new ArrayList<>();

    SiteWorld(LoopbackTls tls, Path folder) throws IOException {
        this.tls = tls;
        this.folder = folder;
        simulator = Merge1Simulator.start(tls);
        connector = simulator.connector(CONNECTOR);
    }

    HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(tls.context())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpsMerge1SiteBuilder siteBuilder() {
        return HttpsMerge1Site.builder(simulator.root())
                .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .httpClient(client())
                .clock(clock);
    }

    HttpsMerge1Site site() {
        HttpsMerge1Site site = siteBuilder().build();
        opened.add(site);
        return site;
    }

    Path downloads() {
        return folder.resolve("downloads");
    }

    Merge1SiteSourceBuilder sourceBuilder(Merge1Site site) {
        return Merge1SiteSource.builder(site, CONNECTOR, downloads(), new SubjectParser())
                .clock(clock);
    }

    Merge1SiteSource source() {
        return keep(sourceBuilder(site()).build());
    }

    Merge1SiteSource keep(Merge1SiteSource source) {
        opened.add(source);
        return source;
    }

    /** Items stored a second apart, the first ones first. */
    void items(int from, int to) throws IOException {
        for (int i = from; i <= to; i++) {
            connector.add("item " + i, eml("item " + i), clock.instant());
            clock.advance(Duration.ofSeconds(1));
        }
    }

    static Content eml(String id) {
        return Content.ofUtf8(
                "Subject: " + id + "\r\nX-Padding: " + "x".repeat(300) + "\r\n\r\nbody of " + id + "\r\n");
    }

    /** The next request that matches goes wrong, and no other. */
    void once(Merge1Fault fault, Predicate<String> target) {
        times(1, fault, target);
    }

    void times(int times, Merge1Fault fault, Predicate<String> target) {
        AtomicInteger left = new AtomicInteger(times);
        simulator.faults(
                (method, path, range) -> target.test(path) && left.getAndDecrement() > 0 ? fault : Merge1Fault.NONE);
    }

    /** Reads on to the end, as the engine does, and gives the subjects of all records, or what is wrong with them. */
    Reading read(Merge1SiteSource source, Checkpoint from, int max) throws Exception {
        List<String> subjects = new ArrayList<>();
        Checkpoint after = from;
        boolean more = true;
        while (more) {
            try (SourcePage page = source.read(after, max)) {
                for (RawRecord record : page.records()) {
                    subjects.add(subject(source, record));
                }
                more = page.more();
                after = page.next();
            }
        }
        return new Reading(subjects, after);
    }

    record Reading(List<String> subjects, Checkpoint reached) {}

    private static String subject(Merge1SiteSource source, RawRecord record) throws IOException {
        try {
            return source.parse(record).sourceId();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
        simulator.close();
    }

    /** The subject is the id; all else is the same. */
    private static final class SubjectParser implements RecordParser {
        @Override
        public SourceItem parse(RawRecord record) throws IOException {
            try (InputStream in = record.bytes().open()) {
                String eml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                String id = eml.substring("Subject: ".length(), eml.indexOf("\r\n"));
                return SourceItem.builder(id, "SMS", Instant.EPOCH)
                        .sender(Participant.ofPhone(ParticipantRole.FROM, "+12025550100"))
                        .direction(Direction.INBOUND)
                        .property("eml", eml)
                        .build();
            }
        }
    }
}
