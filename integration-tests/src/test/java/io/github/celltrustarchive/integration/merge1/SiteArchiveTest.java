// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.merge1.HttpsMerge1Site;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Secret;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import io.github.celltrustarchive.testkit.merge1.Merge1Exchange;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault;
import io.github.celltrustarchive.testkit.merge1.Merge1Fault.Kind;
import io.github.celltrustarchive.testkit.merge1.Merge1Faults;
import io.github.celltrustarchive.testkit.merge1.Merge1Simulator;
import io.github.celltrustarchive.testkit.merge1.SimulatedConnector;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a simulated site to mailboxes, whatever goes wrong on the way: what is archived is what a quiet site gives. */
class SiteArchiveTest {

    private static final ConnectorProfile PROFILE = ConnectorProfile.builder("site-test")
            .ownedDomains(List.of("example.com"))
            .build();
    private static final int MANY = 30;
    private static final int FEW = 2;

    @TempDir
    static Path certificates;

    private static LoopbackTls tls;

    @TempDir
    Path folder;

    private final List<String> shown = new ArrayList<>();

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(certificates);
    }

    @Test
    void aSiteThatStumblesIsArchivedAsAQuietOne() throws Exception {
        compareWithQuiet(LongStream.rangeClosed(1, FEW));
    }

    @Test
    @Tag("ci")
    void aSiteThatStumblesIn30WaysIsArchivedAsAQuietOne() throws Exception {
        Set<Kind> met = compareWithQuiet(LongStream.rangeClosed(1, MANY));

        Set<Kind> timeless = EnumSet.allOf(Kind.class);
        timeless.remove(Kind.DRIBBLED);
        assertThat(met).as("what went wrong over all seeds").containsAll(timeless);
    }

    @Test
    void credentialsGoToTheSiteAloneAndAreSeenNowhere() throws Exception {
        try (Merge1Simulator elsewhere = Merge1Simulator.start(tls)) {
            for (long seed = 100; seed < 100 + FEW; seed++) {
                archive("canary-" + seed, Merge1Faults.seeded(seed, 0.4, elsewhere.root() + "/connectors?name=x"));
            }
            assertThat(elsewhere.exchanges()).as("requests to another host").isEmpty();
            assertThat(elsewhere.signIns()).isZero();
        }
        assertThat(shown).isNotEmpty().noneMatch(text -> text.contains("canary"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("ledger and downloads: " + file.getFileName())
                        .doesNotContain("canary secret")
                        .doesNotContain("canary-token")
                        .doesNotContain("canary+secret");
            }
        }
        String log = System.getProperty("org.slf4j.simpleLogger.logFile");
        Assumptions.assumeTrue(log != null, "run by Maven, which has all logs written to a file");
        assertThat(Files.readString(Path.of(log)))
                .contains("merge1 site")
                .doesNotContain("canary secret")
                .doesNotContain("canary-token")
                .doesNotContain("canary+secret")
                .doesNotContain("ann.lee@example.com");
    }

    @Test
    void anItemThatVanishesIsHeldAndAccountedForAndAllOthersAreArchived() throws Exception {
        Archive archive = archive("vanishing", connector -> (method, target, range) -> {
            if (target.endsWith("/item%205/content")) {
                connector.remove("item 5");
            }
            return Merge1Fault.NONE;
        });

        assertThat(archive.emails()).hasSize(24);
        assertThat(archive.totals().listed()).isEqualTo(13);
        assertThat(archive.totals().held()).isEqualTo(1);
    }

    @Test
    void anItemThatChangesWhileItIsFetchedIsArchivedOnceAsItIsThen() throws Exception {
        Archive archive = archive("changing", connector -> (method, target, range) -> {
            if (target.endsWith("/item%205/content") && !range.startsWith("bytes=0-")) {
                change(connector);
            }
            return Merge1Fault.NONE;
        });

        assertThat(archive.emails()).hasSize(26);
        assertThat(archive.totals().listed()).isEqualTo(13);
        assertThat(archive.totals().held()).isZero();
    }

    private static void change(SimulatedConnector connector) {
        try {
            connector.change("item 5", Content.ofUtf8(SiteEmails.plain("id-5", "corrected ".repeat(60))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<Kind> compareWithQuiet(LongStream seeds) throws Exception {
        Archive quiet = archive("quiet", Merge1Faults.none());
        assertThat(quiet.emails()).hasSize(26); // 13 items for two people each
        Set<Kind> met = EnumSet.noneOf(Kind.class);
        for (long seed : seeds.toArray()) {
            Archive archive = archive("seed-" + seed, Merge1Faults.seeded(seed, 0.35, "https://127.0.0.9/items"));

            assertThat(archive.emails()).as("seed " + seed).isEqualTo(quiet.emails());
            assertThat(archive.totals().held()).as("seed " + seed).isZero();
            assertThat(archive.totals().listed()).as("seed " + seed).isEqualTo(13);
            assertThat(archive.acknowledged()).as("seed " + seed).isEqualTo(13);
            met.addAll(archive.met());
        }
        return met;
    }

    /** @param emails mailbox and digest of each message, sorted */
    private record Archive(List<String> emails, ItemTotals totals, Set<Kind> met, long acknowledged) {}

    /** Ten items on the first day; two more and a late one on the second. */
    private Archive archive(String name, Merge1Faults faults) throws Exception {
        return archive(name, connector -> faults);
    }

    private Archive archive(String name, Function<SimulatedConnector, Merge1Faults> ofConnector) throws Exception {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-23T02:00:00Z"));
        InMemorySink sink = new InMemorySink(clock);
        InMemoryStager stager = new InMemoryStager();
        Path home = Files.createDirectories(folder.resolve(name));
        try (Merge1Simulator simulator = Merge1Simulator.start(tls)) {
            SimulatedConnector connector = simulator.connector("CellTrust daily");
            Merge1Faults faults = ofConnector.apply(connector);
            add(connector, clock, IntStream.rangeClosed(1, 10));
            simulator.faults(faults);
            runUntilQuiet(simulator, home, clock, sink, stager);
            connector.addLate("item 13", email(13), clock.instant().minus(Duration.ofHours(6)));
            clock.advance(Duration.ofDays(1));
            add(connector, clock, IntStream.rangeClosed(11, 12));
            simulator.faults(faults);
            runUntilQuiet(simulator, home, clock, sink, stager);
            assertThat(simulator.problems()).as(name).isEmpty();
            Set<Kind> met = EnumSet.noneOf(Kind.class);
            simulator.exchanges().stream().map(Merge1Exchange::fault).forEach(met::add);
            try (JdbcLedger ledger = JdbcLedger.sqlite(home.resolve("ledger.db"), new DiskStorage(), clock)) {
                return new Archive(emails(sink), ledger.totals(PROFILE.name()), met, connector.acknowledgedItems());
            }
        }
    }

    /** Runs as often as a host would in two days, with a pause in between; the last run meets no fault. */
    private void runUntilQuiet(
            Merge1Simulator simulator, Path home, ManualClock clock, InMemorySink sink, InMemoryStager stager)
            throws Exception {
        for (int run = 0; run < 4; run++) {
            if (run == 3) {
                simulator.faults(Merge1Faults.none());
            }
            try (ArchivePipeline pipeline = pipeline(simulator, home, clock, sink, stager)) {
                RunReport report = pipeline.run();
                shown.add(report.toString());
                shown.addAll(report.problems());
            } catch (ArchiveException e) {
                shown.add(String.valueOf(e.getMessage()));
            }
            clock.advance(Duration.ofHours(2));
        }
    }

    private static ArchivePipeline pipeline(
            Merge1Simulator simulator, Path home, ManualClock clock, InMemorySink sink, InMemoryStager stager)
            throws IOException {
        HttpsMerge1Site site = HttpsMerge1Site.builder(simulator.root())
                .user(Merge1Simulator.NAME, Secret.of(Merge1Simulator.SECRET))
                .httpClient(HttpClient.newBuilder()
                        .sslContext(tls.context())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build())
                .rangeBytes(400)
                .clock(clock)
                .build();
        Merge1SiteSource source = Merge1SiteSource.builder(
                        site, "CellTrust daily", home.resolve("downloads"), Merge1EmlParser.of(PROFILE))
                .clock(clock)
                .build();
        return ArchivePipeline.builder(PROFILE)
                .source(source)
                .stager(stager)
                .sink(sink)
                .mapper(new EmailUserMapper(List.of("example.com")))
                .ledger(JdbcLedger.sqlite(home.resolve("ledger.db"), new DiskStorage(), clock))
                .worker("test")
                .pageSize(4)
                .clock(clock)
                .sleeper(new ManualSleeper(clock))
                .random(new SplittableRandom(1))
                .build();
    }

    private static void add(SimulatedConnector connector, ManualClock clock, IntStream numbers) throws IOException {
        for (int number : numbers.toArray()) {
            connector.add("item " + number, email(number), clock.instant());
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static Content email(int number) {
        return Content.ofUtf8(SiteEmails.plain("id-" + number, "text " + number + " of many ".repeat(30)));
    }

    private static List<String> emails(InMemorySink sink) {
        Set<String> emails = new TreeSet<>();
        int count = 0;
        for (String mailbox : sink.mailboxIds()) {
            for (InMemorySink.StoredMessage message : sink.messages(mailbox)) {
                count++;
                emails.add(mailbox + " " + message.sha256());
            }
        }
        assertThat(emails).as("nothing twice").hasSize(count);
        return List.copyOf(emails);
    }
}
