// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RecordParser;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rules of {@link SourceAdapter} and {@link SourcePage}, {@code source.1} to {@code source.20} and {@code source.24} of
 * {@code docs/rules.md}, and those of its parser ({@link RecordParserContract}).
 *
 * <p>A subclass prepares what the source reads (a folder, a fake server) anew for each test, with at least five records,
 * and says what is in it:
 *
 * <pre>{@code
 * class MySourceContractTest extends SourceAdapterContract {
 *
 *     @TempDir
 *     Path folder;
 *
 *     @BeforeEach
 *     void writeFiles() throws IOException {
 *         Files.writeString(folder.resolve("1.msg"), "2026-11-20T14:03:27Z;+12125550101;+12125550199;Hello");
 *         // 2.msg to 6.msg
 *         Files.writeString(folder.resolve("7.msg"), MARKER);
 *     }
 *
 *     protected SourceAdapter open() {
 *         return new MySource(folder);
 *     }
 *
 *     protected List<String> sourceIds() {
 *         return List.of("1", "2", "3", "4", "5", "6");
 *     }
 *
 *     protected int badRecords() { // may be left out, as may all that follows
 *         return 1;
 *     }
 *
 *     protected void addRecord() throws IOException {
 *         Files.writeString(folder.resolve("8.msg"), "2026-11-20T14:03:29Z;+12125550101;+12125550199;Hello again");
 *     }
 *
 *     protected void makeUnreadable() throws IOException {
 *         Files.move(folder, folder.resolveSibling("away"));
 *     }
 * }
 * }</pre>
 *
 * <p>What a subclass can't say is skipped with the rule's number and the reason.
 */
@Timeout(120)
public abstract class SourceAdapterContract extends RecordParserContract {

    /** More than any test prepares. */
    private static final int ALL = 1_000;

    private final Readings readings = new Readings();

    /** For subclasses. */
    protected SourceAdapterContract() {}

    /**
     * A new adapter that reads what this test prepared. Called several times in one test, it stands for a host that was
     * started again: all adapters read the same.
     */
    protected abstract SourceAdapter open() throws Exception;

    /**
     * Whether a page may hold more records than were asked for, because the smallest unit that the source can read is
     * larger than a record. Default false; true skips {@code source.3}.
     */
    protected boolean mayExceedMaxRecords() {
        return false;
    }

    /** One more good record turns up in the source, after those that are there. Default: skips {@code source.16}. */
    protected void addRecord() throws Exception {
        Assumptions.abort("source.16 is skipped: addRecord() isn't overridden");
    }

    /** The source can't be read from now on (folder gone, server down). Default: skips {@code source.17}. */
    protected void makeUnreadable() throws Exception {
        Assumptions.abort("source.17 is skipped: makeUnreadable() isn't overridden");
    }

    @Override
    protected final RecordParser parser() throws Exception {
        return adapter();
    }

    @Override
    protected final List<RawRecord> records() throws Exception {
        return readings.records(adapter(), Checkpoint.START, ALL);
    }

    /** Closes what the test left open. */
    @AfterEach
    public final void closeAll() {
        readings.close();
    }

    @Test
    @Rule("source.1")
    public final void source01_readingFromTheSameCheckpointGivesTheSameRecords() throws Exception {
        SourceAdapter adapter = adapter();
        List<SourcePage> pages = readings.pages(adapter, Checkpoint.START, 2);
        Checkpoint after = Checkpoint.START;
        for (SourcePage page : pages) {
            assertEquals(names(page), names(readings.page(adapter, after, 2)), "records of a page that is read again");
            after = page.next();
        }
    }

    @Test
    @Rule("source.2")
    public final void source02_aNewAdapterGoesOnFromAnyCheckpoint() throws Exception {
        Checkpoint after = Checkpoint.START;
        for (SourcePage page : readings.pages(adapter(), Checkpoint.START, 2)) {
            assertEquals(names(page), names(readings.page(adapter(), after, 2)), "records that a new adapter reads");
            after = page.next();
        }
    }

    @Test
    @Rule("source.3")
    public final void source03_aPageHoldsNoMoreRecordsThanAskedFor() throws Exception {
        Capability.require(
                !mayExceedMaxRecords(), "source.3", "mayExceedMaxRecords() says the smallest unit is larger");
        for (int max = 1; max <= 3; max++) {
            for (SourcePage page : readings.pages(adapter(), Checkpoint.START, max)) {
                int most = max;
                int size = page.records().size();
                assertTrue(size <= max, () -> "a page of at most " + most + " records holds " + size);
            }
        }
    }

    @Test
    @Rule("source.4")
    public final void source04_onlyAnEmptyPageKeepsTheCheckpoint() throws Exception {
        SourceAdapter adapter = adapter();
        Checkpoint after = Checkpoint.START;
        for (SourcePage page : readings.pages(adapter, Checkpoint.START, 2)) {
            if (page.records().isEmpty()) {
                assertEquals(after, page.next(), "the checkpoint of an empty page");
            } else {
                assertNotEquals(after, page.next(), "the checkpoint of a page with records");
            }
            after = page.next();
        }
    }

    @Test
    @Rule("source.5")
    public final void source05_everyRecordIsReadWhateverTheSizeOfPages() throws Exception {
        List<String> whole = new ArrayList<>(recordsInPagesOf(ALL));
        assertEquals(sourceIds().size() + badRecords(), whole.size(), "records read in one page");
        for (int max : new int[] {1, 2, 3, whole.size() - 1, whole.size()}) {
            assertEquals(whole, new ArrayList<>(recordsInPagesOf(max)), "records read in pages of " + max);
        }
    }

    @Test
    @Rule("source.6")
    public final void source06_moreIsFalseOnlyAtTheEnd() throws Exception {
        for (int max = 1; max <= 3; max++) {
            boolean ended = false;
            for (SourcePage page : readings.pages(adapter(), Checkpoint.START, max)) {
                assertTrue(!ended || page.records().isEmpty(), "records after a page that said there are no more");
                ended |= !page.more();
            }
        }
    }

    @Test
    @Rule("source.7")
    public final void source07_noTwoRecordsShareALocator() throws Exception {
        SourceAdapter adapter = adapter();
        Set<String> known = new HashSet<>();
        for (RawRecord record :
                readings.pages(adapter, Checkpoint.START, ALL).get(0).records()) {
            assertTrue(known.add(record.locator()), () -> "two records with the locator " + record.locator());
        }
    }

    @Test
    @Rule("source.8")
    public final void source08_aContentCanBeOpenedSeveralTimesAtOnce() throws Exception {
        for (Content content : contents(readings.page(adapter(), Checkpoint.START, ALL))) {
            byte[] bytes = Bytes.of(content);
            assertEquals(bytes.length, content.size(), "size() of a content");
            try (InputStream first = content.open();
                    InputStream second = content.open()) {
                byte[] half = first.readNBytes(bytes.length / 2);
                assertArrayEquals(bytes, second.readAllBytes(), "a content, read while another stream is open");
                byte[] rest = first.readAllBytes();
                assertEquals(bytes.length, half.length + rest.length, "bytes of the other stream");
            }
            for (byte[] together : Elsewhere.inThreads(5, () -> Bytes.of(content))) {
                assertArrayEquals(bytes, together, "a content, read by several threads");
            }
        }
    }

    @Test
    @Rule("source.9")
    public final void source09_aPageStaysReadableUntilItIsClosed() throws Exception {
        SourceAdapter adapter = adapter();
        SourcePage first = readings.page(adapter, Checkpoint.START, 2);
        List<byte[]> before = bytes(first);
        readings.page(adapter, first.next(), 2).close();
        List<byte[]> after = bytes(first);
        for (int i = 0; i < before.size(); i++) {
            assertArrayEquals(before.get(i), after.get(i), "a content of a page, after the next page was read");
        }
    }

    @Test
    @Rule("source.10")
    public final void source10_closingAPageTwiceDoesNothing() throws Exception {
        SourcePage page = readings.page(adapter(), Checkpoint.START, 2);
        page.close();
        assertDoesNotThrow(page::close, "the second close of a page");
    }

    @Test
    @Rule("source.11")
    public final void source11_closingAnAdapterTwiceDoesNothing() throws Exception {
        SourceAdapter adapter = adapter();
        adapter.read(Checkpoint.START, 2).close();
        adapter.close();
        assertDoesNotThrow(adapter::close, "the second close of an adapter");
    }

    @Test
    @Rule("source.12")
    public final void source12_closingAcknowledgesNothing() throws Exception {
        SourceAdapter adapter = adapter();
        SourcePage page = readings.page(adapter, Checkpoint.START, 2);
        List<String> before = names(page);
        page.close();
        assertEquals(before, names(readings.page(adapter, Checkpoint.START, 2)), "records after their page was closed");
        adapter.close();
        assertEquals(
                before, names(readings.page(adapter(), Checkpoint.START, 2)), "records after the adapter was closed");
    }

    @Test
    @Rule("source.13")
    public final void source13_whatIsNotAcknowledgedCanStillBeRead() throws Exception {
        SourceAdapter adapter = adapter();
        SourcePage first = readings.page(adapter, Checkpoint.START, 2);
        List<String> rest = namesAfter(adapter, first.next());
        adapter.acknowledge(first.next());
        assertEquals(rest, namesAfter(adapter, first.next()), "records after the acknowledged checkpoint");
    }

    @Test
    @Rule("source.14")
    public final void source14_acknowledgingAgainDoesNoHarm() throws Exception {
        SourceAdapter adapter = adapter();
        SourcePage first = readings.page(adapter, Checkpoint.START, 1);
        SourcePage second = readings.page(adapter, first.next(), 1);
        List<String> rest = namesAfter(adapter, second.next());
        adapter.acknowledge(first.next());
        adapter.acknowledge(second.next());
        assertDoesNotThrow(() -> adapter.acknowledge(second.next()), "the same acknowledgement again");
        assertDoesNotThrow(() -> adapter.acknowledge(first.next()), "an earlier acknowledgement again");
        assertEquals(rest, namesAfter(adapter, second.next()), "records after the acknowledged checkpoint");
    }

    @Test
    @Rule("source.15")
    public final void source15_aNewAdapterTakesTheAcknowledgementOfAnother() throws Exception {
        SourceAdapter before = adapter();
        SourcePage first = readings.page(before, Checkpoint.START, 2);
        Checkpoint reached = first.next();
        List<String> rest = namesAfter(before, reached);
        SourceAdapter restarted = adapter();
        assertDoesNotThrow(() -> restarted.acknowledge(reached), "an acknowledgement before anything was read");
        assertTrue(namesAfter(restarted, Checkpoint.START).containsAll(rest), "what isn't acknowledged is still there");
    }

    @Test
    @Rule("source.16")
    public final void source16_whatTurnsUpLaterComesAfterTheCheckpointReached() throws Exception {
        SourceAdapter adapter = adapter();
        List<SourcePage> pages = readings.pages(adapter, Checkpoint.START, 2);
        Checkpoint reached = pages.get(pages.size() - 1).next();
        Set<String> known = new HashSet<>();
        pages.forEach(page -> known.addAll(names(page)));
        addRecord();
        List<String> later = new ArrayList<>(namesAfter(adapter, reached));
        later.removeAll(known);
        assertEquals(1, later.size(), "records after one more turned up");
    }

    @Test
    @Rule("source.17")
    public final void source17_aSourceThatCannotBeReadSaysSo() throws Exception {
        SourceAdapter adapter = adapter();
        makeUnreadable();
        try (SourcePage page = adapter.read(Checkpoint.START, 2)) {
            fail("a source that can't be read gave a page of " + page.records().size() + " records");
        } catch (IOException | ArchiveException e) {
            assertTrue(true, "either says what the pipeline is to do");
        }
    }

    @Test
    @Rule("source.18")
    public final void source18_anInterruptIsNotSwallowed() throws Exception {
        SourceAdapter adapter = adapter();
        Thread.currentThread().interrupt();
        boolean kept;
        try {
            readings.page(adapter, Checkpoint.START, 2);
            kept = Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            kept = true;
        } catch (IOException | RuntimeException e) {
            kept = fail(
                    "an interrupt must end read with InterruptedException, not "
                            + e.getClass().getName(),
                    e);
        } finally {
            Thread.interrupted(); // the next test wants none of it
        }
        assertTrue(kept, "read returned and the thread's interrupt was gone");
    }

    @Test
    @Rule("source.19")
    public final void source19_locatorsAndCheckpointsShowNoPersonalData() throws Exception {
        SourceAdapter adapter = adapter();
        List<SourcePage> pages = readings.pages(adapter, Checkpoint.START, 2);
        List<String> shown = new ArrayList<>();
        for (SourcePage page : pages) {
            shown.add(page.next().value());
            page.records().forEach(record -> shown.add(record.locator()));
        }
        PersonalData.of(items(adapter, records())).assertNotIn(shown, "a locator or checkpoint");
    }

    @Test
    @Rule("source.20")
    public final void source20_toStringShowsNoContent() throws Exception {
        SourceAdapter adapter = adapter();
        SourcePage page = readings.page(adapter, Checkpoint.START, ALL);
        List<String> shown = new ArrayList<>(List.of(adapter.toString(), page.toString()));
        contents(page).forEach(content -> shown.add(content.toString()));
        PersonalData.of(items(adapter, page.records())).assertNotIn(shown, "toString of an adapter, page or content");
    }

    @Test
    @Rule("source.24")
    public final void source24_aRecordThatIsReadAgainMeansTheSame() throws Exception {
        SourceAdapter adapter = adapter();
        List<RawRecord> first = readings.page(adapter, Checkpoint.START, ALL).records();
        List<RawRecord> again = readings.page(adapter, Checkpoint.START, ALL).records();
        assertEquals(meanings(adapter, first), meanings(adapter, again), "items of records that are read again");
    }

    private SourceAdapter adapter() throws Exception {
        return readings.keep(open());
    }

    /** The records in the order of their first occurrence: an overlap window may give them again. */
    private Set<String> recordsInPagesOf(int max) throws Exception {
        SourceAdapter adapter = adapter();
        Set<String> records = new LinkedHashSet<>();
        for (SourcePage page : readings.pages(adapter, Checkpoint.START, max)) {
            for (RawRecord record : page.records()) {
                records.add(record.locator() + " " + id(adapter, record));
            }
        }
        return records;
    }

    private static String id(SourceAdapter adapter, RawRecord record) throws IOException {
        try {
            return adapter.parse(record).sourceId();
        } catch (RuntimeException e) { // which one it has to be is a rule of its own
            return "bad";
        }
    }

    /** Without their order, which is a rule of its own. */
    private List<String> namesAfter(SourceAdapter adapter, Checkpoint after) throws Exception {
        return readings.records(adapter, after, 2).stream()
                .map(SourceAdapterContract::name)
                .sorted()
                .toList();
    }

    private static List<String> names(SourcePage page) {
        return page.records().stream().map(SourceAdapterContract::name).toList();
    }

    /** What of a record is the same at every reading. */
    private static String name(RawRecord record) {
        return record.locator() + " (" + record.mediaType() + ", parts "
                + record.parts().size() + ")";
    }

    private static List<Content> contents(SourcePage page) {
        List<Content> contents = new ArrayList<>();
        for (RawRecord record : page.records()) {
            contents.add(record.bytes());
            contents.addAll(record.parts().values());
        }
        return Collections.unmodifiableList(contents);
    }

    private static List<byte[]> bytes(SourcePage page) throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        for (Content content : contents(page)) {
            bytes.add(Bytes.of(content));
        }
        return bytes;
    }
}
