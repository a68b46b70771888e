// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.engine.EngineFixture;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.testkit.CrashPoint;
import io.github.celltrustarchive.testkit.CrashingLedger;
import io.github.celltrustarchive.testkit.CrashingSink;
import io.github.celltrustarchive.testkit.CrashingSource;
import io.github.celltrustarchive.testkit.CrashingStager;
import io.github.celltrustarchive.testkit.InMemorySink;
import io.github.celltrustarchive.testkit.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose emails are tidied away once archived, with a process that dies at any step. */
class DropFolderCrashTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final int FILES = 6;

    @TempDir
    private Path scratch;

    private int worlds;

    private record End(List<String> messages, ItemTotals totals, List<String> left) {}

    @Test
    void aCrashAtAnyStepLosesAndDoublesNothingAndTidiesNothingTooEarly() throws Exception {
        crashes(1, Merge1DropSource.Builder::deleteArchived);
    }

    @Test
    void soItIsWhereArchivedEmailsAreMoved() throws Exception {
        crashes(4, builder -> builder.moveArchived("Archived"));
    }

    /** Dies at every step, or at every n-th. */
    private void crashes(int stride, UnaryOperator<Merge1DropSource.Builder> afterwards) throws Exception {
        CrashPoint counting = CrashPoint.never();
        End undisturbed = history(counting, afterwards);
        assertThat(undisturbed.totals()).isEqualTo(new ItemTotals(5, 4, 0, 1, 0, 0));
        assertThat(undisturbed.messages()).hasSize(4).doesNotHaveDuplicates();
        assertThat(undisturbed.left()).isEmpty();
        assertThat(counting.steps()).isGreaterThan(40);

        for (long step = 1; step <= counting.steps(); step += stride) {
            assertThat(history(CrashPoint.at(step), afterwards))
                    .as("crash at step " + step)
                    .isEqualTo(undisturbed);
        }
    }

    @Test
    void anAcknowledgementThatDiedHalfWayIsDoneByTheNextRun() throws Exception {
        EngineFixture world = world();
        InMemorySink sink = new InMemorySink(world.clock);
        live(world, sink, CrashPoint.never(), Merge1DropSource.Builder::leaveArchived);
        assertThat(left(world)).hasSize(FILES);
        Files.delete(drop(world).resolve("2.eml"));
        Files.delete(drop(world).resolve("day/4.eml"));

        live(world, sink, CrashPoint.never(), Merge1DropSource.Builder::deleteArchived);

        assertThat(left(world)).isEmpty();
        assertThat(messages(sink)).hasSize(4).doesNotHaveDuplicates();
        assertThat(world.verifiedTotals()).isEqualTo(new ItemTotals(5, 4, 0, 1, 0, 0));
    }

    private End history(CrashPoint crash, UnaryOperator<Merge1DropSource.Builder> afterwards) throws Exception {
        EngineFixture world = world();
        InMemorySink sink = new InMemorySink(world.clock);
        live(world, sink, crash, afterwards);
        int gone = FILES - left(world).size();
        ItemTotals recorded = world.verifiedTotals();
        assertThat(gone)
                .as("emails that left the folder, one of them there twice")
                .isLessThanOrEqualTo(recorded.listed() == 0 ? 0 : (int) recorded.listed() + 1);
        RunCounts counts = live(world, sink, CrashPoint.never(), afterwards);
        assertThat(counts == null || counts.addsUp()).isTrue();
        live(world, sink, CrashPoint.never(), afterwards);
        return new End(messages(sink), world.verifiedTotals(), left(world));
    }

    private RunCounts live(
            EngineFixture world,
            InMemorySink sink,
            CrashPoint crash,
            UnaryOperator<Merge1DropSource.Builder> afterwards)
            throws Exception {
        Merge1DropSource source = afterwards
                .apply(Merge1DropSource.builder(drop(world), Merge1EmlParser.of(EngineFixture.PROFILE))
                        .clock(world.clock))
                .build();
        try (JdbcLedger ledger = world.openLedger()) {
            ArchivePipeline pipeline = world.pipeline(new CrashingSink(sink, crash), new CrashingLedger(ledger, crash))
                    .source(new CrashingSource(source, crash))
                    .stager(new CrashingStager(world.stager, crash))
                    .pageSize(2)
                    .build();
            return pipeline.run().counts();
        } catch (SimulatedCrash e) {
            assertThat(crash.crashed()).isTrue();
            return null;
        }
    }

    /** Five emails, one without a date and one of them twice. */
    private EngineFixture world() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("world-" + ++worlds));
        EngineFixture world = new EngineFixture(folder);
        drops.add(folder.resolve("drop"));
        for (int i = 1; i <= FILES; i++) {
            Path file = folder.resolve("drop").resolve((i > 3 ? "day/" : "") + i + ".eml");
            Files.createDirectories(file.getParent());
            String date = i == 3 ? "soon" : "Mon, 02 Mar 2026 09:15:30 -0500";
            Files.writeString(
                    file,
                    "From: ann@example.com\r\nTo: bob@customer.example\r\nDate: " + date + "\r\nMessage-ID: <" + i
                            + "@x.example>\r\n\r\nText " + (i == 6 ? 1 : i) + "\r\n");
            Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(i)));
        }
        return world;
    }

    private final List<Path> drops = new ArrayList<>();

    /** The folder of the world made last. */
    private Path drop(EngineFixture world) {
        assertThat(world.records).isEmpty();
        return drops.get(drops.size() - 1);
    }

    private List<String> left(EngineFixture world) throws IOException {
        Path drop = drop(world);
        try (Stream<Path> files = Files.walk(drop)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> drop.relativize(file).toString())
                    .filter(name -> !name.startsWith("Archived"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> messages(InMemorySink sink) {
        return sink.mailboxIds().stream()
                .flatMap(mailbox -> sink.messages(mailbox).stream())
                .map(message -> message.sha256())
                .sorted()
                .toList();
    }
}
