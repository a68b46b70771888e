// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ContentWriter;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.spi.Stager;
import io.github.celltrustarchive.spi.Transition;
import io.github.celltrustarchive.testkit.InMemorySource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** How a source is read, and how far. */
class CollectTest {

    private final ScriptedSink sink = new ScriptedSink();
    private final ScriptedSource source = new ScriptedSource();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() {
        world = new EngineFixture(folder);
    }

    private RunReport run() throws InterruptedException {
        try (ArchivePipeline pipeline = world.pipeline(sink).source(source).build()) {
            return pipeline.run();
        }
    }

    @Test
    @DisplayName(
            "invariant 6: an empty page, a failed read and a short page are not the end; only the source's word is")
    void onlyTheSourcesWordIsTheEnd() throws Exception {
        source.page("1", true, sms("m-1", "one", "ann", "bob"))
                .answer(after -> SourcePage.of(List.of(), after, true))
                .answer(after -> {
                    throw new IOException("connection reset");
                })
                .page("1+", true)
                .page("2", false, sms("m-2", "two", "ann", "bob"));

        RunReport report = run();

        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2");
        assertThat(source.reads).containsExactly("", "1", "1", "1", "1+");
        assertThat(report.problems()).isEmpty();
    }

    @Test
    @DisplayName("a source that can't be read for longer than the patience is a problem of the run, not its failure")
    void aSourceThatStaysSilentIsAProblem() throws Exception {
        source.page("1", true, sms("m-1", "one", "ann", "bob"));
        for (int i = 0; i < 50; i++) {
            source.answer(after -> {
                throw new IOException("no route to host");
            });
        }

        RunReport report = run();

        assertThat(report.counts()).isEqualTo(new RunCounts(1, 2, 2, 0, 0, 0, 0));
        assertThat(report.problems()).singleElement().asString().contains("no route to host");
    }

    @Test
    @DisplayName("a source that promises more and gives empty pages for ever doesn't keep the run")
    void endlessEmptyPagesEndTheRun() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            source.answer(after -> SourcePage.of(List.of(), after, true));
        }

        assertThat(run().problems()).singleElement().asString().contains("empty pages");
    }

    @Test
    @DisplayName("invariant 4: the checkpoint doesn't pass what isn't staged")
    void theCheckpointDoesNotPassWhatIsNotStaged() throws Exception {
        Stager full = Mockito.mock(Stager.class);
        Mockito.when(full.put(Mockito.anyString(), Mockito.any(ContentWriter.class)))
                .thenThrow(new IOException("No space left on device"));
        source.page("1", false, sms("m-1", "one", "ann", "bob"));
        try (ArchivePipeline pipeline = world.pipeline(sink)
                .source(source)
                .stager(full)
                .patience(Duration.ZERO)
                .build()) {
            assertThat(pipeline.run().problems()).hasSize(1);
        }
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);

        source.page("1", false, sms("m-1", "one", "ann", "bob"));
        run();

        assertThat(world.checkpoint()).isEqualTo(new Checkpoint("1"));
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @ParameterizedTest(name = "after it was opened {0} times")
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("an attachment that changes while it is archived is archived as it is then, with its true digest")
    void anAttachmentThatChangesWhileItIsArchivedIsStagedWithItsTrueDigest(int times) throws Exception {
        AtomicInteger opened = new AtomicInteger();
        Content photo = new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes(opened.getAndIncrement() < times ? "old photo" : "new photo"));
            }

            @Override
            public long size() {
                return 9;
            }
        };
        RawRecord record = Records.withFile("m-1", "photo.png", photo);
        source.page("1", false, record).page("1", false, record);
        List<String> emails = new ArrayList<>();
        List<AttachmentSummary> summaries = new ArrayList<>();
        sink.script.add((s, delivery) -> {
            try (InputStream in = delivery.eml().open()) {
                emails.add(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            }
            summaries.addAll(delivery.envelope().attachments());
            return s.write(delivery);
        });

        run();

        String archived = times < 3 ? "new photo" : "old photo"; // digested, written to the pack, written to the email
        assertThat(emails)
                .singleElement()
                .asString()
                .contains(Base64.getEncoder().encodeToString(bytes(archived)));
        assertThat(summaries)
                .extracting(AttachmentSummary::sha256)
                .containsExactly(DigestedContent.of(Content.ofUtf8(archived)).sha256());
        assertThat(source.reads).hasSize(times < 3 ? 2 : 1);
        assertThat(world.verifiedTotals().done()).isEqualTo(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("invariant 5: listing old records again under a later checkpoint changes nothing of what is done")
    void anOverlapWindowIsSafe() throws Exception {
        source.page("1", false, sms("m-1", "one", "ann", "bob"), sms("m-2", "two", "ann", "bob"));
        run();
        source.page("2", false, sms("m-2", "two", "ann", "bob"), sms("m-0", "late", "ann", "bob"));

        RunReport second = run();

        assertThat(second.counts()).isEqualTo(new RunCounts(2, 3, 2, 0, 1, 0, 0));
        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-2", "m-0");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(3, 3, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("invariant 5: a checkpoint moves only from where it is")
    void aCheckpointMovesOnlyFromWhereItIs() {
        try (JdbcLedger ledger = world.openLedger()) {
            Fence fence = ledger.open(EngineFixture.PROFILE.name(), "test", "collect");
            ledger.lead(fence, Duration.ofMinutes(1));
            Checkpoint one = new Checkpoint("1");
            ledger.commit(fence, List.of(new Transition.CheckpointMoved(Checkpoint.START, one, 0, 0)));

            Transition stale = new Transition.CheckpointMoved(Checkpoint.START, new Checkpoint("0"), 0, 0);
            assertThatThrownBy(() -> ledger.commit(fence, List.of(stale))).isInstanceOf(IllegalStateException.class);
            assertThat(ledger.checkpoint(EngineFixture.PROFILE.name())).isEqualTo(one);
        }
    }

    @Test
    @DisplayName("a source that fails in an unknown way ends the run, and the exception doesn't repeat what it said")
    void aFailureOfUnknownOriginEndsTheRun() {
        source.answer(after -> {
            throw new IllegalArgumentException("Ann Lee +15550100001");
        });

        assertThatThrownBy(this::run)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("engine-test")
                .hasMessageNotContaining("Ann");
    }

    @Test
    @DisplayName("a record whose attachment can't be read is named, with the number of tries, and not skipped")
    void aRecordThatCannotBeReadIsNamed() throws Exception {
        Content gone = new Content() {
            @Override
            public InputStream open() throws IOException {
                throw new NoSuchFileException("/export/ann-lee.png");
            }

            @Override
            public long size() {
                return 1;
            }
        };
        RawRecord unreadable =
                new RawRecord("application/json", Content.ofUtf8("{}"), Map.of("photo", gone), "export:12");
        for (int i = 0; i < 50; i++) {
            source.page("1", false, sms("m-1", "one", "ann", "bob"), unreadable);
        }

        RunReport report = run();

        assertThat(report.problems())
                .singleElement()
                .asString()
                .matches("collect stopped early after \\d+ tries, .*the record at export:12 can't be read: .*")
                .doesNotContain("lee");
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);
    }

    @Test
    @DisplayName("fault 5: a record that overflows the parser's stack is held, and its neighbours go on")
    void aRecordThatOverflowsTheStackIsHeld() throws Exception {
        world.records(sms("m-1", "one", "ann", "bob"), malformed("deep:2"), sms("m-3", "three", "ann", "bob"));
        try (ArchivePipeline pipeline = world.pipeline(sink)
                .source(new InMemorySource(world.records, CollectTest::recurseOnDeep))
                .build()) {
            assertThat(pipeline.run().failures())
                    .singleElement()
                    .satisfies(f -> assertThat(f.reason()).contains("java.lang.StackOverflowError"));
        }
        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-3");
    }

    private static SourceItem recurseOnDeep(RawRecord record) throws IOException {
        return record.locator().startsWith("deep")
                ? recurseOnDeep(new RawRecord("x", record.bytes(), record.locator()))
                : JsonRecordParser.ofDefaults().parse(record);
    }

    @Test
    @DisplayName("fault 5: a heap that is too small stops the run with the record named, and nothing is held for it")
    void aHeapThatIsTooSmallStopsTheRun() throws Exception {
        world.records(sms("m-1", "one", "ann", "bob"));
        MessageConverter greedy = (item, key, raw) -> {
            throw new OutOfMemoryError("Java heap space");
        };
        try (ArchivePipeline pipeline = world.pipeline(sink).converter(greedy).build()) {
            assertThatThrownBy(pipeline::run)
                    .isInstanceOfSatisfying(
                            ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                    .hasMessageContaining("the record at m-1")
                    .hasMessageContaining("larger heap");
        }
        assertThat(world.checkpoint()).isEqualTo(Checkpoint.START);

        try (ArchivePipeline pipeline = world.pipeline(sink).build()) {
            pipeline.run();
        }
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
    }
}
