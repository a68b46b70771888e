// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Check;
import io.github.celltrustarchive.model.Check.Status;
import io.github.celltrustarchive.model.Delivery;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Lookup;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.Receipt;
import io.github.celltrustarchive.report.PreflightText;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.MailboxSink;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look before a run finds, and that it leaves everything as it was. */
class PreflightTest {

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    @Test
    void theDefaultPartsSayWhatTheyFoundAndLeaveNothingBehind() throws Exception {
        Path users = Files.writeString(folder.resolve("users.csv"), "source,mailbox\n+15550100001,ann@example.com\n");
        Files.writeString(folder.resolve("export.jsonl"), "");
        Set<String> before;
        PreflightReport report;
        try (ArchivePipeline pipeline = world.pipeline(MaildirSink.of(folder.resolve("mail")))
                .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                .mapper(CsvUserMapper.load(users).orElse(new EmailUserMapper(List.of("example.com"))))
                .stager(new FolderStager(folder.resolve("stage")))
                .build()) {
            before = files();
            report = pipeline.preflight();
            assertThat(files()).isEqualTo(before);
        }

        assertThat(report.passed()).isTrue();
        assertThat(report.lines())
                .extracting(PreflightReport.Line::part)
                .containsSubsequence("ledger", "source", "stage", "user mapper", "mailboxes", "settings");
        assertThat(text(report))
                .contains("PASS  source: 1 exports can be read", "PASS  user mapper: the mapping file knows 1 ")
                .contains("PASS  ledger: the ledger is open and has schema version", "Ready: ");
        assertThat(report)
                .asString()
                .startsWith("PreflightReport[engine-test, ")
                .doesNotContain(folder.toString());
    }

    @Test
    void whatIsMissingIsNamedWithWhatToDo() throws Exception {
        Path users = Files.writeString(folder.resolve("users.csv"), "source,mailbox\n");
        Files.createFile(folder.resolve("stage"));
        PreflightReport report;
        try (ArchivePipeline pipeline = world.pipeline(MaildirSink.of(folder.resolve("mail")))
                .source(JsonLinesSource.of(folder.resolve("nowhere")))
                .mapper(CsvUserMapper.load(users))
                .stager(new FolderStager(folder.resolve("stage")))
                .build()) {
            report = pipeline.preflight();
        }

        assertThat(report.passed()).isFalse();
        assertThat(report.count(Status.FAIL)).isEqualTo(2);
        StringBuilder findings = new StringBuilder();
        PreflightText.writeFindings(report, findings);
        assertThat(findings.toString())
                .contains("FAIL  source: there is no ", "FAIL  stage: ", "is a file, not a folder")
                .contains("WARN  user mapper: the mapping file has no rows", "→ ")
                .doesNotContain("PASS");
    }

    @Test
    void aFolderWithoutExportsIsAWarning() throws Exception {
        Path exports = Files.createDirectories(folder.resolve("exports"));

        assertThat(JsonLinesSource.of(exports).preflight())
                .extracting(Check::status)
                .containsExactly(Status.WARN);
        Files.createFile(exports.resolve("1.jsonl"));
        assertThat(JsonLinesSource.of(exports).preflight()).singleElement().satisfies(check -> {
            assertThat(check.status()).isEqualTo(Status.PASS);
            assertThat(check.what()).startsWith("1 exports");
        });
    }

    @Test
    void aServersRefusalAndItsClockAreToldInTheTermsOfTheInterface() throws Exception {
        String dateHeader = "Mon, 23 Nov 2026 02:06:00 GMT";
        MailboxSink sink = new UselessSink() {
            @Override
            public List<Check> preflight() {
                Instant there = ZonedDateTime.parse(dateHeader, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return List.of(
                        Check.fail("the token was refused", "renew the secret"),
                        Check.clockSkew("mail.example.com", world.clock.instant(), there));
            }
        };

        String text = text(preflight(sink));

        assertThat(text)
                .contains("FAIL  mailboxes: the token was refused\n      → renew the secret\n")
                .contains("FAIL  mailboxes: the clock of mail.example.com and ours are 360 s apart")
                .contains("Not ready: ");
    }

    @Test
    void clocksMayBeHalfAMinuteApart() {
        Instant here = world.clock.instant();

        assertThat(skew(here, Duration.ofSeconds(30))).isEqualTo(Status.PASS);
        assertThat(skew(here, Duration.ofSeconds(-31))).isEqualTo(Status.WARN);
        assertThat(skew(here, Duration.ofMinutes(5))).isEqualTo(Status.WARN);
        assertThat(skew(here, Duration.ofSeconds(-301))).isEqualTo(Status.FAIL);
    }

    private static Status skew(Instant here, Duration ahead) {
        return Check.clockSkew("server", here, here.plus(ahead)).status();
    }

    @Test
    void aCheckThatFailsItselfIsAFailedCheckAndRepeatsNothingItWasTold() throws Exception {
        MailboxSink broken = new UselessSink() {
            @Override
            public List<Check> preflight() throws IOException {
                throw new IOException("535 ann@example.com: bad password");
            }
        };
        MailboxSink stopped = new UselessSink() {
            @Override
            public List<Check> preflight() {
                throw ArchiveException.stop("the secret has expired", null);
            }
        };

        assertThat(text(preflight(broken))).contains("failed with IOException").doesNotContain("ann");
        assertThat(text(preflight(stopped))).contains("FAIL  mailboxes: the secret has expired");
    }

    @Test
    void aSizePolicyThatIsTooGenerousForTheMailboxesIsAWarning() throws Exception {
        MailboxSink small = new UselessSink() {
            @Override
            public SinkTraits traits() {
                return SinkTraits.DEFAULTS.withMaxMessageBytes(36_700_160);
            }
        };

        PreflightReport report = preflight(small);

        assertThat(report.passed()).isTrue();
        assertThat(text(report))
                .contains("WARN  settings: the size policy lets 150000000 bytes of content pass")
                .contains("limits to 26627780 bytes");
    }

    @Test
    void itRecordsNothing() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));

        preflight(new UselessSink());

        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(0, 0, 0, 0, 0, 0));
        try (var ledger = world.openLedger()) {
            assertThat(ledger.open(EngineFixture.PROFILE.name(), "test", "run").epoch())
                    .isEqualTo(1);
        }
    }

    @Test
    void aClosedPipelineIsNotLookedAt() throws Exception {
        ArchivePipeline pipeline = world.pipeline(new UselessSink()).build();
        pipeline.close();

        assertThatThrownBy(pipeline::preflight).isInstanceOf(IllegalStateException.class);
    }

    private PreflightReport preflight(MailboxSink sink) throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            return pipeline.preflight();
        }
    }

    private static String text(PreflightReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        PreflightText.write(report, text);
        return text.toString();
    }

    private Set<String> files() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.map(file -> folder.relativize(file).toString()).forEach(files::add);
        }
        return files;
    }

    /** Never called to deliver. */
    private static class UselessSink implements MailboxSink {
        @Override
        public Receipt deliver(Delivery delivery) {
            throw new AssertionError("nothing is delivered");
        }

        @Override
        public Lookup find(Delivery delivery) {
            throw new AssertionError("nothing is looked for");
        }
    }
}
