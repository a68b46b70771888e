// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.engine;

import static io.github.celltrustarchive.integration.engine.Records.malformed;
import static io.github.celltrustarchive.integration.engine.Records.sms;
import static io.github.celltrustarchive.integration.engine.Records.smsAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.ArchivePipelineBuilder;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mail.EmlMessageConverter;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.Selection.Kind;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ConvertedMessage;
import io.github.celltrustarchive.spi.Fence;
import io.github.celltrustarchive.spi.FencedException;
import io.github.celltrustarchive.spi.IncompleteDeliveryException;
import io.github.celltrustarchive.spi.MessageConverter;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.RetryPolicy;
import io.github.celltrustarchive.testkit.InMemorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator can do about what is held, once its cause is mended. */
class ReleaseTest {

    private static final Selection ALL = Selection.all();
    private static final RecordParser MENDED = JsonRecordParser.ofDefaults();

    private final ScriptedSink sink = new ScriptedSink();

    @TempDir
    Path folder;

    private EngineFixture world;

    @BeforeEach
    void open() throws Exception {
        world = newWorld();
    }

    /** A world with an empty ledger. */
    EngineFixture newWorld() throws Exception {
        return new EngineFixture(folder);
    }

    /** A parser that doesn't understand records from a place whose name begins with "bad". */
    private static RecordParser refusing(String why) {
        return record -> {
            if (record.locator().startsWith("bad")) {
                throw new RecordException(why);
            }
            return MENDED.parse(record);
        };
    }

    private ArchivePipelineBuilder pipeline(RecordParser parser) {
        return world.pipeline(sink).source(new InMemorySource(world.records, parser));
    }

    private RunCounts run(RecordParser parser) throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline(parser).build()) {
            return pipeline.run().counts();
        }
    }

    private OperatorReport release(RecordParser parser, Selection selection) throws InterruptedException {
        try (ArchivePipeline pipeline = pipeline(parser).build()) {
            return pipeline.release(selection, "jo");
        }
    }

    @Test
    void recordIsParsedByTheMendedParserAndDelivered() throws Exception {
        world.records(sms("m-1", "one", "ann", "bob"), smsAt("bad:2", "m-2", "two", "ann", "bob"));
        run(refusing("no such kind"));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 1, 0, 1, 0, 0));

        OperatorReport report = release(MENDED, ALL);

        assertThat(report.items()).isEqualTo(1);
        assertThat(report.run().operation()).isEqualTo("release");
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 2, 0, 0, 0, 0, 2));
        assertThat(run(MENDED)).isEqualTo(new RunCounts(0, 2, 2, 0, 0, 0, 0));
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1", "m-2"), "bob", List.of("m-1", "m-2")));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 2, 0, 0, 0, 0));
    }

    @Test
    @DisplayName(
            "invariant 5: a released record that is listed again is a replay, to the old parser and to the new one")
    void releasedRecordListedAgainIsAReplay() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));
        release(MENDED, ALL);
        run(MENDED);
        world.records.add(world.records.get(0));

        assertThat(run(MENDED)).isEqualTo(new RunCounts(1, 1, 0, 0, 1, 0, 0));
        world.records.add(world.records.get(0));
        assertThat(run(refusing("no such kind"))).isEqualTo(new RunCounts(1, 1, 0, 0, 1, 0, 0));
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    @DisplayName("a held record that was archived meanwhile under its real key is accounted for, not delivered twice")
    void recordThatWasArchivedMeanwhileIsADuplicate() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"), smsAt("good:2", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));

        OperatorReport report = release(MENDED, ALL);

        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.items()).isZero();
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 1, 0, 0));
        assertThat(run(MENDED)).isEqualTo(RunCounts.NONE);
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
    }

    @Test
    void twoHeldRecordsOfOneMessageAreOneItem() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"), smsAt("bad:2", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));

        OperatorReport report = release(MENDED, ALL);

        assertThat(report.items()).isEqualTo(1);
        assertThat(report.duplicates()).isEqualTo(1);
        run(MENDED);
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    void twoRevisionsAmongHeldRecordsAreBothArchived() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"), smsAt("bad:2", "m-1", "one!", "ann", "bob"));
        run(refusing("no such kind"));

        assertThat(release(MENDED, ALL).items()).isEqualTo(2);

        run(MENDED);
        assertThat(sink.contents().get("ann")).containsExactly("m-1", "m-1");
        assertThat(world.query("SELECT revision FROM item WHERE state = 'STAGED' ORDER BY item"))
                .containsExactly("1", "2");
    }

    @Test
    void whatIsStillBadForTheSameReasonStaysAsItIs() throws Exception {
        world.records(malformed("bad:1"));
        run(MENDED);
        int packs = world.stager.names().size();

        OperatorReport report = release(MENDED, ALL);

        assertThat(report.itemsStillHeld()).isEqualTo(1);
        assertThat(report.run().counts()).isEqualTo(RunCounts.NONE);
        assertThat(world.stager.names()).hasSize(packs);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 0, 0, 1, 0, 0));
    }

    @Test
    void whatIsBadForAnotherReasonIsHeldForThatOne() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));

        OperatorReport report = release(refusing("no such direction"), ALL);

        assertThat(report.itemsStillHeld()).isEqualTo(1);
        assertThat(report.run().failures()).containsExactly(new RunFailure("bad:1", "", "", "no such direction"));
        assertThat(release(MENDED, ALL).items()).isEqualTo(1);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 0, 1, 0, 0, 0));
    }

    @Test
    void recordThatCouldNotBeConvertedIsConvertedByTheMendedConverter() throws Exception {
        world.records(sms("m-1", "one", "ann", "bob"));
        MessageConverter broken = (item, key, raw) -> {
            throw new IllegalStateException("one");
        };
        try (ArchivePipeline pipeline = pipeline(MENDED).converter(broken).build()) {
            pipeline.run();
        }

        assertThat(release(MENDED, ALL).items()).isEqualTo(1);

        run(MENDED);
        assertThat(sink.contents().get("bob")).containsExactly("m-1");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("a message whose bytes can't be written is held again by the release, and released by a later one")
    void messageThatStillCannotBeWrittenIsHeldAgain() throws Exception {
        world.records(sms("m-1", "one", "ann", "bob"));
        MessageConverter sound = new EmlMessageConverter(EngineFixture.PROFILE);
        Function<RuntimeException, MessageConverter> broken = why -> (item, key, raw) ->
                new ConvertedMessage(sound.convert(item, key, raw).envelope(), out -> {
                    throw why;
                });
        try (ArchivePipeline pipeline = pipeline(MENDED)
                .converter(broken.apply(new IllegalStateException()))
                .build()) {
            pipeline.run();
        }
        try (ArchivePipeline pipeline = pipeline(MENDED)
                .converter(broken.apply(new UnsupportedOperationException()))
                .build()) {
            assertThat(pipeline.release(ALL, "jo").itemsStillHeld()).isEqualTo(1);
        }

        assertThat(release(MENDED, ALL).items()).isEqualTo(1);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 0, 1, 0, 0, 0));
    }

    @Test
    void ruleOfTheHostMayExcludeWhatIsReleasedAndThatStaysExcluded() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));
        try (ArchivePipeline pipeline =
                pipeline(MENDED).exclude("no SMS", item -> true).build()) {
            assertThat(pipeline.release(ALL, "jo").itemsExcluded()).isEqualTo(1);
        }

        assertThat(release(MENDED, ALL).items()).isZero();
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 0, 0, 0, 0, 1));
    }

    @Test
    @DisplayName("a record is read back with its media type, place, bytes and parts, whatever their names")
    void recordIsReadBackAsItWas() throws Exception {
        Map<String, Content> parts = new LinkedHashMap<>();
        parts.put("../../photo 1.png", Content.of(new byte[300_000]));
        parts.put("empty", Content.of(new byte[0]));
        parts.put("naïve \ud83d\ude00.txt", Content.ofUtf8("text"));
        RawRecord odd = new RawRecord("text/x-odd", Content.ofUtf8("line\r\n\u0000"), parts, "odd file:12");
        world.records(malformed("bad:1"), odd, malformed("bad:3"));
        run(MENDED);
        Map<String, List<String>> seen = new LinkedHashMap<>();

        release(
                record -> {
                    List<String> all = new ArrayList<>();
                    all.add(record.mediaType() + " " + text(record.bytes()));
                    for (var part : record.parts().entrySet()) {
                        all.add(part.getKey() + " " + text(part.getValue()).hashCode());
                    }
                    seen.put(record.locator(), all);
                    throw new RecordException("still");
                },
                ALL);

        assertThat(seen).containsOnlyKeys("bad:1", "odd file:12", "bad:3");
        assertThat(seen.get("odd file:12"))
                .containsExactly(
                        "text/x-odd line\r\n\u0000",
                        "../../photo 1.png " + "\u0000".repeat(300_000).hashCode(),
                        "empty " + "".hashCode(),
                        "naïve \ud83d\ude00.txt " + "text".hashCode());
    }

    private static String text(Content content) throws IOException {
        try (var in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void recordWhoseStagedBytesHaveChangedStaysHeldWithAnAlarm() throws Exception {
        world.records(malformed("bad:1"), malformed("bad:2"));
        run(refusing("no such kind"));
        world.corruptStage();
        List<String> alarms = new ArrayList<>();
        try (ArchivePipeline pipeline =
                pipeline(MENDED).listener(new AlarmCollector(alarms)).build()) {

            assertThat(pipeline.release(ALL, "jo").itemsStillHeld()).isEqualTo(2);
        }
        assertThat(alarms).hasSize(2).allMatch(alarm -> alarm.contains("as it was staged"));
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(2, 0, 0, 2, 0, 0));
    }

    @Test
    @DisplayName("invariant 8: a released delivery is looked for before it is attempted again")
    void deliveryIsLookedForFirst() throws Exception {
        world.records(sms("m-1", "one", "ann", "zoe@elsewhere.example"));
        sink.script.add((s, d) -> {
            s.write(d); // it wasn't as certain as the sink thought
            throw ArchiveException.hold("mailbox is gone", null);
        });
        run(MENDED);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 0, 0, 1, 0, 0));

        OperatorReport report = release(MENDED, ALL);

        assertThat(report.deliveries()).isEqualTo(1);
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(run(MENDED)).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        assertThat(sink.calls).containsExactly("deliver ann m-1", "find ann m-1");
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(1, 1, 0, 0, 0, 0));
    }

    @Test
    void deliveryThatWasNeverAttemptedIsNotLookedFor() throws Exception {
        world.records(sms("m-1", "one", "ann", "zoe@elsewhere.example"));
        sink.traits = sink.traits.withMaxMessageBytes(10);
        run(MENDED);
        sink.traits = sink.traits.withMaxMessageBytes(1_000_000);

        assertThat(release(MENDED, ALL).deliveries()).isEqualTo(1);

        run(MENDED);
        assertThat(sink.calls).containsExactly("deliver ann m-1");
    }

    @Test
    @DisplayName("a half-written message is resumed with its reference after a release")
    void incompleteReferenceIsKept() throws Exception {
        world.records(sms("m-1", "one", "ann", "zoe@elsewhere.example"));
        sink.script.add((s, d) -> {
            throw new IncompleteDeliveryException("draft-7", ArchiveException.Remedy.HOLD, "half of it is there", null);
        });
        run(MENDED);
        release(MENDED, ALL);

        assertThat(world.query("SELECT incomplete_reference FROM delivery")).containsExactly("draft-7");
        run(MENDED);
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    @DisplayName("a released delivery has as many attempts as a new one, though all are numbered on")
    void attemptsAreCountedAnew() throws Exception {
        world.records(sms("m-1", "one", "ann", "zoe@elsewhere.example"));
        ScriptedSink.Step busy = (s, d) -> {
            throw ArchiveException.retry("busy", null);
        };
        sink.script.addAll(List.of(busy, busy, busy));
        RetryPolicy twice = RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
        try (ArchivePipeline pipeline = pipeline(MENDED).retryPolicy(twice).build()) {
            assertThat(pipeline.run().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason()).startsWith("given up after 2 attempts"));
            assertThat(pipeline.release(ALL, "jo").deliveries()).isEqualTo(1);
            assertThat(pipeline.run().counts()).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        }
        assertThat(world.query("SELECT attempts FROM delivery")).containsExactly("4");
        assertThat(sink.contents().get("ann")).containsExactly("m-1");
    }

    @Test
    void heldParticipantIsAskedForAgain() throws Exception {
        world.records(sms("m-1", "one", "ann", "zoe@elsewhere.example"));
        try (ArchivePipeline pipeline = pipeline(MENDED)
                .mapper((participant, at) -> {
                    throw ArchiveException.hold("two users have this address", null);
                })
                .build()) {
            pipeline.run();
        }

        OperatorReport report = release(MENDED, ALL.only(Kind.PARTICIPANTS));

        assertThat(report.participants()).isEqualTo(2);
        assertThat(report.run().counts()).isEqualTo(new RunCounts(0, 2, 0, 0, 0, 0, 2));
        assertThat(run(MENDED)).isEqualTo(new RunCounts(0, 1, 1, 0, 0, 0, 0));
        assertThat(sink.contents()).isEqualTo(Map.of("ann", List.of("m-1")));
    }

    @Test
    void onlyWhatIsSelectedIsReleased() throws Exception {
        world.records(smsAt("bad:1", "m-1", "1", "ann", "bob"), smsAt("bad:2", "m-2", "2", "ann", "bob"));
        run(refusing("no such KIND, 100%"));
        world.clock.advance(Duration.ofDays(1));
        world.records(smsAt("bad:3", "m-3", "3", "ann", "bob"));
        run(refusing("no such direction"));
        var yesterday = world.clock.instant().minus(Duration.ofHours(12));

        assertThat(release(MENDED, ALL.only(Kind.DELIVERIES, Kind.PARTICIPANTS)).items())
                .isZero();
        assertThat(release(MENDED, ALL.reason("100_")).items()).isZero();
        assertThat(release(MENDED, ALL.sourceId("m-1")).items()).isZero(); // it isn't known by that name yet
        assertThat(release(MENDED, ALL.sourceId("bad:1")).items()).isEqualTo(1);
        assertThat(release(MENDED, ALL.recordedFrom(yesterday).reason("kind")).items())
                .isZero();
        assertThat(release(MENDED, ALL.recordedBefore(yesterday).reason("kind, 100%"))
                        .items())
                .isEqualTo(1);
        assertThat(release(MENDED, ALL.recordedFrom(yesterday)).items()).isEqualTo(1);
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(3, 0, 3, 0, 0, 0));
    }

    @Test
    void auditTrailNamesTheOperatorAndWhatStandsForTheItem() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"));
        run(refusing("no such kind"));
        release(MENDED, ALL.sourceId("bad:1"));

        assertThat(world.query("SELECT body FROM audit_event WHERE type = 'CommandGiven'"))
                .singleElement()
                .asString()
                .contains("\"command\":\"release\"", "\"operator\":\"jo\"", "\"sourceId\":\"bad:1\"");
        assertThat(world.query("SELECT body FROM audit_event WHERE type = 'ItemReleased'"))
                .singleElement()
                .asString()
                .contains("\"item\":1", "\"to\":2", "\"operator\":\"jo\"");
    }

    static Stream<String> namesThatDoNotFitOneLine() {
        String turnsTheLineAround = "jo" + (char) 0x202E + "ann";
        String halfACharacter = "jo" + (char) 0xD83D;
        return Stream.of("", "  ", "jo\nann", "jo" + (char) 0, turnsTheLineAround, halfACharacter, "j".repeat(201));
    }

    @ParameterizedTest(name = "{index}") // the names themselves would spoil a report
    @MethodSource("namesThatDoNotFitOneLine")
    void operatorsNameMustFitOneLine(String name) throws Exception {
        try (ArchivePipeline pipeline = pipeline(MENDED).build()) {
            assertThatThrownBy(() -> pipeline.release(ALL, name)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pipeline.remap(ALL, name)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(world.query("SELECT epoch FROM run")).isEmpty();
    }

    @Test
    void itemsCannotBeReleasedWithoutAParser() {
        try (ArchivePipeline pipeline = ArchivePipeline.builder(EngineFixture.PROFILE)
                .sink(sink)
                .stager(world.stager)
                .ledger(world.openLedger())
                .build()) {
            assertThatThrownBy(() -> pipeline.release(ALL, "jo"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("source");
        }
    }

    @Test
    @DisplayName("invariant 16: items aren't released while another worker collects, and nothing else is either")
    void releaseOfItemsNeedsTheCollectLease() throws Exception {
        world.records(smsAt("bad:1", "m-1", "one", "ann", "bob"), sms("m-2", "two", "ann", "zoe@elsewhere.example"));
        sink.script.add((s, d) -> {
            throw ArchiveException.hold("mailbox is gone", null);
        });
        run(refusing("no such kind"));
        try (JdbcLedger ledger = world.openLedger();
                ArchivePipeline pipeline = world.pipeline(sink, ledger).build()) {
            Fence other = ledger.open(EngineFixture.PROFILE.name(), "night-worker", "collect");
            ledger.lead(other, Duration.ofMinutes(5));

            assertThatThrownBy(() -> pipeline.release(ALL, "jo"))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("night-worker");
            assertThat(pipeline.release(ALL.only(Kind.DELIVERIES), "jo").deliveries())
                    .isEqualTo(1);
            ledger.unlead(other);
            assertThat(pipeline.release(ALL, "jo").items()).isEqualTo(1);
        }
        world.verifiedTotals();
    }
}
