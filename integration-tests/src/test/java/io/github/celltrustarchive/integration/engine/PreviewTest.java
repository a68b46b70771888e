// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.mms;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static io.github.celltrustarchive.integration.engine.Records.smsAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.PreviewReport;
import io.github.celltrustarchive.model.PreviewReport.Messages;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.report.PreviewText;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.SinkTraits;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run tells what a run would do, and does none of it. */
class PreviewTest {

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    @Test
    @DisplayName("what is told beforehand is what the run then does")
    void aRunDoesWhatWasTold() throws Exception {
        world.records(
                sms("m-1", "hello", "ann", "bob"),
                smsAt("again", "m-1", "hello", "ann", "bob"),
                malformed("bad"),
                mms("m-2", "look", "AAEC", "bob", "ann", "cid", "someone@elsewhere.example"),
                sms("m-3", "who", "ann", "+15550100009"),
                sms("m-4", "nobody", "one@elsewhere.example", "two@elsewhere.example"));

        PreviewReport preview = preview(1000);
        RunReport run = run();

        assertThat(preview.records()).isEqualTo(run.counts().availableFromSource());
        assertThat(preview.deliveries()).isEqualTo(run.counts().imported()).isEqualTo(6);
        assertThat(preview.replayed()).isEqualTo(run.counts().skipped()).isEqualTo(1);
        assertThat(preview.held()
                        + preview.users().unmapped().size()
                        + preview.users().messagesOfNobody())
                .isEqualTo(run.counts().failed())
                .isEqualTo(3);
        assertThat(preview.deliveriesByMailbox())
                .isEqualTo(Map.of("ann@example.com", 3L, "bob@example.com", 2L, "cid@example.com", 1L));
        assertThat(preview.users().mappedByRule()).isEqualTo(Map.of("email", 6L));
        assertThat(preview.users().external()).isEqualTo(3);
        assertThat(preview.more()).isFalse();
    }

    @Test
    void nothingIsWrittenAnywhere() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), malformed("bad"));
        ScriptedSource source = new ScriptedSource().page("1", false, sms("m-1", "hello", "ann", "bob"));
        byte[] before;
        try (ArchivePipeline pipeline = pipeline().source(source).build()) {
            before = ledgerTables();
            pipeline.preview(10);
            assertThat(ledgerTables()).isEqualTo(before);
        }

        assertThat(sink.calls).isEmpty();
        assertThat(world.stager.names()).isEmpty();
        assertThat(source.acknowledged).isEmpty();
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(0, 0, 0, 0, 0, 0));
    }

    @Test
    void itTakesNoLease() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        try (var ledger = world.openLedger();
                ArchivePipeline pipeline = world.pipeline(sink, ledger).build()) {
            ledger.lead(ledger.open(EngineFixture.PROFILE.name(), "another", "collect"), Duration.ofHours(1));

            assertThat(pipeline.preview(10).deliveries()).isEqualTo(2);
        }
    }

    @Test
    void whatTheLedgerKnowsAlreadyIsNotToldAgain() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        run();
        assertThat(preview(10).records()).isZero();

        world.records(smsAt("again", "m-1", "hello", "ann", "bob"), smsAt("revised", "m-1", "hi", "ann", "bob"));
        PreviewReport preview = preview(10);

        assertThat(preview.replayed()).isEqualTo(1);
        assertThat(preview.messages().count()).isEqualTo(1);
    }

    @Test
    void itStopsAtTheNumberOfRecordsAndSaysThatThereAreMore() throws Exception {
        for (int i = 0; i < 7; i++) {
            world.records(sms("m-" + i, "hello", "ann", "bob"));
        }

        try (ArchivePipeline pipeline = pipeline().pageSize(2).build()) {
            assertThat(pipeline.preview(5).records()).isEqualTo(5);
            assertThat(pipeline.preview(5).more()).isTrue();
            assertThat(pipeline.preview(7).more()).isFalse();
            assertThatThrownBy(() -> pipeline.preview(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSourceWhosePagesAreLargerIsCut() throws Exception {
        ScriptedSource source =
                new ScriptedSource().page("1", false, sms("m-1", "a", "ann", "bob"), sms("m-2", "b", "ann", "bob"));
        try (ArchivePipeline pipeline = pipeline().source(source).build()) {
            PreviewReport preview = pipeline.preview(1);

            assertThat(preview.records()).isEqualTo(1);
            assertThat(preview.more()).isTrue();
        }
    }

    @Test
    void sizesTellWhatIsLeftOutAndWhatTheMailboxesDoNotTake() throws Exception {
        world.records(mms("m-1", "look", "AAECAwQF", "ann", "bob"), sms("m-2", "x".repeat(21), "ann", "bob"));
        sink.traits = SinkTraits.DEFAULTS.withMaxMessageBytes(100);
        ConnectorProfile small = ConnectorProfile.builder("engine-test")
                .ownedDomains(List.of("example.com"))
                .sizePolicy(new SizePolicy(5, 20))
                .build();

        PreviewReport preview;
        try (ArchivePipeline pipeline =
                pipeline().converter(new EmlMessageConverter(small)).build()) {
            preview = pipeline.preview(10);
        }

        Messages messages = preview.messages();
        assertThat(messages.count()).isEqualTo(1);
        assertThat(messages.partial()).isEqualTo(1);
        assertThat(messages.attachmentsLeftOut()).isEqualTo(1);
        assertThat(messages.bytesLeftOut()).isEqualTo(6);
        assertThat(messages.tooLarge()).isEqualTo(1);
        assertThat(messages.bytes()).isEqualTo(messages.largestBytes()).isGreaterThan(500);
        assertThat(preview.heldByReason().keySet())
                .singleElement()
                .asString()
                .startsWith("item size exceeded: the text has 21 bytes");
    }

    @Test
    void recordsThatWouldStopARunByTheSkipLimitAreTold() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));
        for (int i = 0; i < 20; i++) {
            world.records(malformed("bad-" + i));
        }
        assertThat(preview(100).problems()).isEmpty();
        world.records(malformed("one too many"));

        assertThat(preview(100).problems())
                .singleElement()
                .asString()
                .startsWith("a run would stop: more records can't be understood than the skip limit of 20");
        assertThatThrownBy(this::run).isInstanceOf(ArchiveException.class).hasMessageContaining("skip limit");
    }

    @Test
    void excludedItemsAreToldByRule() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"), mms("m-2", "look", "AAEC", "ann", "bob"));
        try (ArchivePipeline pipeline =
                pipeline().exclude("no pictures", i -> i.kind().equals("MMS")).build()) {
            assertThat(pipeline.preview(10).excludedByRule()).isEqualTo(Map.of("no pictures", 1L));
        }
    }

    @Test
    void aDirectoryThatDoesNotAnswerIsAskedThreeTimesAndTold() throws Exception {
        for (int i = 0; i < 5; i++) {
            world.records(sms("m-" + i, "hello", "ann", "bob"));
        }
        int[] asked = {0};
        UserMapper down = (participant, at) -> {
            asked[0]++;
            throw new IOException("no route to ann@example.com");
        };

        PreviewReport preview = preview(down);

        assertThat(asked[0]).isEqualTo(3);
        assertThat(preview.users().unanswered()).isEqualTo(10);
        assertThat(preview.users().messagesOfNobody()).isZero();
        assertThat(preview.problems()).containsExactly("the user directory didn't answer: IOException");
    }

    @Test
    void aMapperThatFailsHoldsAndOneThatStopsEndsIt() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob"));

        PreviewReport preview = preview((participant, at) -> {
            throw new IllegalStateException("ann@example.com");
        });
        assertThat(preview.users().heldByReason()).hasSize(1).containsValue(2L);
        assertThat(preview.users().heldByReason().toString()).doesNotContain("ann@");
        assertThatThrownBy(() -> preview((participant, at) -> {
                    throw ArchiveException.stop("the secret has expired", null);
                }))
                .hasMessage("the secret has expired");
    }

    @Test
    void aSourceThatCannotBeReadIsTold() throws Exception {
        ScriptedSource source = new ScriptedSource()
                .page("1", true, sms("m-1", "hello", "ann", "bob"))
                .answer(after -> {
                    throw new IOException("no route to ann@example.com");
                });
        try (ArchivePipeline pipeline = pipeline().source(source).build()) {
            PreviewReport preview = pipeline.preview(10);

            assertThat(preview.messages().count()).isEqualTo(1);
            assertThat(preview.more()).isTrue();
            assertThat(preview.problems()).containsExactly("the source can't be read now: IOException");
        }
    }

    @Test
    void theTextNamesUsersAndMailboxesAndNeitherSummaryNorLogDoes() throws Exception {
        world.records(
                sms("m-1", "hello", "ann", "+15550100009", "+15550100009"), sms("m-2", "x", "ann", "+15550100009"));

        PreviewReport preview = preview(10);
        StringBuilder text = new StringBuilder();
        PreviewText.write(preview, text);
        StringBuilder summary = new StringBuilder();
        PreviewText.writeSummary(preview, summary);

        assertThat(text.toString().lines())
                .contains(
                        "Preview of connector engine-test: nothing was written",
                        "Records read: 2",
                        "Deliveries: 2 to 1 mailboxes",
                        "Users without a mailbox: 1",
                        "2\t+15550100009\tno mapping for this number and no email address",
                        "2\tann@example.com");
        assertThat(List.of(
                        summary.toString(), preview.toString(), preview.users().toString()))
                .allSatisfy(line -> assertThat(line).doesNotContain("+1555", "ann", "hello"));
    }

    @Test
    void twoAddressesOfOneMailboxAreOneDelivery() throws Exception {
        world.records(sms("m-1", "hello", "ann", "bob", "robert"));

        PreviewReport preview = preview(
                (participant, at) -> Mapping.to(new Mailbox("one", "one@example.com"), "test:" + participant.role()));

        assertThat(preview.deliveries()).isEqualTo(1);
        assertThat(preview.users().mappedByRule()).isEqualTo(Map.of("test:FROM", 1L, "test:TO", 2L));
    }

    @Test
    void aPipelineThatOnlyDeliversHasNothingToPreview() {
        try (ArchivePipeline pipeline = ArchivePipeline.builder(EngineFixture.PROFILE)
                .stager(world.stager)
                .sink(sink)
                .ledger(world.openLedger())
                .mapper(new EmailUserMapper(List.of("example.com")))
                .build()) {
            assertThatThrownBy(() -> pipeline.preview(1)).hasMessageContaining("no source");
        }
    }

    private ArchivePipelineBuilder pipeline() {
        return world.pipeline(sink);
    }

    private PreviewReport preview(int max) throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline().build()) {
            return pipeline.preview(max);
        }
    }

    private PreviewReport preview(UserMapper mapper) throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline().mapper(mapper).build()) {
            return pipeline.preview(100);
        }
    }

    private RunReport run() throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline().build()) {
            return pipeline.run();
        }
    }

    /** The ledger's bytes; its write-ahead log too. */
    private byte[] ledgerTables() throws IOException {
        byte[] database = Files.readAllBytes(folder.resolve("ledger.db"));
        Path log = folder.resolve("ledger.db-wal");
        byte[] more = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
        byte[] all = Arrays.copyOf(database, database.length + more.length);
        System.arraycopy(more, 0, all, database.length, more.length);
        return all;
    }
}
