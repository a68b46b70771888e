// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1Site;
import io.github.celltrustarchive.merge1.Merge1SiteSource;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.InMemoryStager;
import io.github.celltrustarchive.testkit.ManualClock;
import io.github.celltrustarchive.testkit.ManualSleeper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a day costs depends on what came in lately, and not on what was archived long ago: calls are counted. */
@Tag("ci")
class DailyCostTest {

    private static final ConnectorProfile PROFILE = ConnectorProfile.builder("daily")
            .ownedDomains(List.of("example.com"))
            .build();
    private static final int FEW = 10;
    private static final int MANY = 10_000;
    private static final int A_DAY = 5;
    private static final int DAYS = 4;

    @TempDir
    private Path scratch;

    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    /** A world in which a source gets emails and is read. */
    private interface Source {
        void add(int number, Instant at) throws Exception;

        SourceAdapter open(ManualClock clock, Merge1EmlParser parser) throws Exception;
    }

    @Test
    void aDayOfASiteCostsTheSameAfterTenItemsAndAfterTenThousand() throws Exception {
        Map<String, Integer> after10 = lastDay(FEW, this::site);

        assertThat(lastDay(MANY, this::site)).isEqualTo(after10);
        assertThat(after10).containsEntry("site.open", A_DAY).containsKey("ledger.sightings");
    }

    @Test
    void aDayOfADropFolderThatIsEmptiedCostsTheSameAfterTenEmailsAndAfterTenThousand() throws Exception {
        UnaryOperator<Merge1DropSource.Builder> emptied = Merge1DropSource.Builder::deleteArchived;
        Map<String, Integer> after10 = lastDay(FEW, folder -> drop(folder, emptied));

        assertThat(lastDay(MANY, folder -> drop(folder, emptied))).isEqualTo(after10);
        assertThat(after10).containsEntry("emails read", A_DAY);
    }

    /** As the docs say, it lists everything that is there; what was archived isn't read, and the ledger isn't asked for it. */
    @Test
    void aDayOfADropFolderThatKeepsItsEmailsReadsAndAsksTheLedgerForNewOnesAlone() throws Exception {
        UnaryOperator<Merge1DropSource.Builder> left = Merge1DropSource.Builder::leaveArchived;
        Map<String, Integer> after10 = lastDay(FEW, folder -> drop(folder, left));

        assertThat(lastDay(MANY, folder -> drop(folder, left))).isEqualTo(after10);
        assertThat(after10).containsEntry("emails read", A_DAY);
    }

    @FunctionalInterface
    private interface Sources {
        Source in(Path folder) throws Exception;
    }

    /** So many items once, a few on each of some days long after; returns the calls of the last day. */
    private Map<String, Integer> lastDay(int before, Sources sources) throws Exception {
        Path folder = Files.createDirectory(scratch.resolve(before + "-before"));
        ManualClock clock = new ManualClock(Instant.parse("2026-03-02T02:00:00Z"));
        InMemorySink sink = new InMemorySink(clock, SinkTraits.DEFAULTS.withBatchSize(200));
        InMemoryStager stager = new InMemoryStager();
        Source source = sources.in(folder);
        int number = 0;
        for (; number < before; number++) {
            source.add(number, clock.instant().minusSeconds(60).plusMillis(number));
        }
        clock.advance(Duration.ofMinutes(10));
        run(folder, source, clock, sink, stager);
        clock.advance(Duration.ofDays(30));
        for (int day = 1; day <= DAYS; day++) {
            clock.advance(Duration.ofDays(1));
            for (int i = 0; i < A_DAY; i++) {
                source.add(number++, clock.instant().minusSeconds(600 - i));
            }
            calls.clear();
            run(folder, source, clock, sink, stager);
        }
        assertThat(sink.messages("person@example.com")).hasSize(number);
        return new TreeMap<>(calls);
    }

    private void run(Path folder, Source source, ManualClock clock, InMemorySink sink, InMemoryStager stager)
            throws Exception {
        Merge1EmlParser parser = Merge1EmlParser.of(PROFILE);
        try (JdbcLedger ledger = JdbcLedger.sqlite(folder.resolve("ledger.db"), new DiskStorage(), clock);
                ArchivePipeline pipeline = ArchivePipeline.builder(PROFILE)
                        .source(source.open(clock, parser))
                        .stager(stager)
                        .sink(sink)
                        .mapper(new EmailUserMapper(PROFILE.ownedDomains()))
                        .ledger(counted("ledger", Ledger.class, ledger))
                        .worker("test")
                        .clock(clock)
                        .sleeper(new ManualSleeper(clock))
                        .random(new SplittableRandom(1))
                        .build()) {
            assertThat(pipeline.run().counts().addsUp()).isTrue();
            ItemTotals totals = ledger.totals(PROFILE.name());
            assertThat(totals.done()).isEqualTo(totals.listed());
        }
    }

    private Source site(Path folder) {
        StoredSite stored = new StoredSite();
        return new Source() {
            @Override
            public void add(int number, Instant at) {
                stored.add("item " + number, email(number).getBytes(StandardCharsets.UTF_8), at);
            }

            @Override
            public SourceAdapter open(ManualClock clock, Merge1EmlParser parser) {
                return Merge1SiteSource.builder(
                                counted("site", Merge1Site.class, stored), "any", folder.resolve("downloads"), parser)
                        .clock(clock)
                        .build();
            }
        };
    }

    private Source drop(Path folder, UnaryOperator<Merge1DropSource.Builder> afterwards) throws Exception {
        Path drop = Files.createDirectory(folder.resolve("drop"));
        return new Source() {
            @Override
            public void add(int number, Instant at) throws Exception {
                Path file = Files.writeString(drop.resolve(number + ".eml"), email(number));
                Files.setLastModifiedTime(file, FileTime.from(at));
            }

            @Override
            public SourceAdapter open(ManualClock clock, Merge1EmlParser parser) {
                return afterwards
                        .apply(Merge1DropSource.builder(drop, record -> {
                            calls.merge("emails read", 1, Integer::sum);
                            return parser.parse(record);
                        }))
                        .clock(clock)
                        .build();
            }
        };
    }

    /** Counts what is asked. */
    private <T> T counted(String name, Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    calls.merge(name + "." + method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static String email(int number) {
        return "From: person@example.com\r\nTo: client@customer.example\r\nDate: Fri, 20 Nov 2026 14:03:27 +0000\r\n"
                + "X-CellTrust-Message-Id: id-" + number + "\r\n\r\nmessage " + number + "\r\n";
    }
}
