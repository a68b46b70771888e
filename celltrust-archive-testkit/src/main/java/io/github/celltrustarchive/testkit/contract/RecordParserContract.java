// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The rules of {@link RecordParser}: {@code source.21} to {@code source.29} of {@code docs/rules.md}. For a parser without
 * a source; a source is tested by {@link SourceAdapterContract}, which includes these rules.
 *
 * <pre>{@code
 * class MyParserContractTest extends RecordParserContract {
 *
 *     protected RecordParser parser() {
 *         return new MyParser();
 *     }
 *
 *     protected List<RawRecord> records() {
 *         return List.of(
 *                 record("line-1", "17;2026-11-20T14:03:27Z;+12125550101;+12125550199;Hello"),
 *                 record("line-2", "18;2026-11-20T14:03:28Z;+12125550199;+12125550101;Hello yourself"),
 *                 record("line-3", "19;" + MARKER + ";no;such;time"));
 *     }
 *
 *     protected List<String> sourceIds() {
 *         return List.of("17", "18");
 *     }
 *
 *     protected int badRecords() {
 *         return 1;
 *     }
 *
 *     private static RawRecord record(String locator, String line) {
 *         return new RawRecord("text/plain", Content.ofUtf8(line), locator);
 *     }
 * }
 * }</pre>
 */
public abstract class RecordParserContract {

    /** A text for a field of a bad record, so that {@code source.27} can see whether a message quotes it. */
    public static final String MARKER = "Zq7-confidential-Zq7";

    private static final String BAD = "bad record";
    private static final int REPETITIONS = 50;

    /** For subclasses. */
    protected RecordParserContract() {}

    /** A new parser, configured as every other. */
    protected abstract RecordParser parser() throws Exception;

    /**
     * Some records, at least two of them good. They can be read until the end of the test. Let one carry an attachment if
     * the format has any, and one an id with spaces or letters of both cases if the format allows it.
     */
    protected abstract List<RawRecord> records() throws Exception;

    /** The ids of the good records in their order, spelled as the records spell them; the locator where they have none. */
    protected abstract List<String> sourceIds() throws Exception;

    /** How many of the records can't be parsed. Default 0, which skips the rules about bad records. */
    protected int badRecords() throws Exception {
        return 0;
    }

    @Test
    @Rule("source.21")
    public final void source21_anItemDependsOnItsRecordAlone() throws Exception {
        RecordParser parser = parser();
        List<RawRecord> records = records();
        List<String> first = meanings(parser, records);
        List<RawRecord> backwards = new ArrayList<>(records);
        Collections.reverse(backwards);
        List<String> reversed = new ArrayList<>(meanings(parser, backwards));
        Collections.reverse(reversed);
        assertEquals(first, reversed, "the same records, parsed again from the last to the first");
        assertEquals(first, meanings(parser(), records), "the same records, parsed by a new parser");
    }

    @Test
    @Rule("source.22")
    @ResourceLock(Resources.TIME_ZONE)
    @ResourceLock(Resources.LOCALE)
    public final void source22_anItemIsTheSameInEveryZoneAndLocale() throws Exception {
        List<RawRecord> records = records();
        List<String> here = meanings(parser(), records);
        for (List<String> there : Elsewhere.inOtherZonesAndLocales(() -> meanings(parser(), records))) {
            assertEquals(here, there, "the same records, parsed with another default time zone and locale");
        }
    }

    @Test
    @Rule("source.23")
    public final void source23_severalThreadsParseAtOnce() throws Exception {
        RecordParser parser = parser();
        List<RawRecord> records = records();
        List<String> alone = meanings(parser, records);
        for (List<String> together : Elsewhere.inThreads(REPETITIONS, () -> meanings(parser, records))) {
            assertEquals(alone, together, "the same records, parsed by several threads at once");
        }
    }

    @Test
    @Rule("source.25")
    public final void source25_idsAreKeptAsTheSourceSpellsThem() throws Exception {
        List<String> ids = new ArrayList<>();
        for (SourceItem item : items(parser(), records())) {
            ids.add(item.sourceId());
        }
        assertEquals(sourceIds(), ids, "source ids of the good records");
    }

    @Test
    @Rule("source.26")
    public final void source26_aBadRecordIsRefusedAndItsNeighboursAreNot() throws Exception {
        Capability.require(badRecords() > 0, "source.26", "badRecords() says there are no bad records");
        RecordParser parser = parser();
        int bad = 0;
        for (RawRecord record : records()) {
            try {
                parser.parse(record);
            } catch (RecordException e) {
                bad++;
            } catch (RuntimeException e) {
                fail(
                        "a bad record must give a RecordException, not "
                                + e.getClass().getName(),
                        e);
            }
        }
        assertEquals(badRecords(), bad, "number of records refused");
    }

    @Test
    @Rule("source.27")
    public final void source27_whatIsWrongWithARecordIsSaidWithoutQuotingIt() throws Exception {
        RecordParser parser = parser();
        int marked = 0;
        for (RawRecord record : records()) {
            String text = new String(Bytes.of(record.bytes()), StandardCharsets.UTF_8);
            if (text.contains(MARKER)) {
                marked++;
                RuntimeException e = assertThrows(RuntimeException.class, () -> parser.parse(record));
                assertFalse(String.valueOf(e.getMessage()).contains(MARKER), "the message quotes the record");
            }
        }
        Capability.require(marked > 0, "source.27", "no bad record holds the MARKER in the field that is bad");
    }

    @Test
    @Rule("source.28")
    public final void source28_aRecordThatCannotBeReadNowIsNotABadRecord() throws Exception {
        RecordParser parser = parser();
        for (RawRecord record : records()) {
            String meaning = meaning(parser, record);
            if (!meaning.equals(BAD)) {
                for (long readable : new long[] {0, record.bytes().size() / 2}) {
                    assertEquals(
                            meaning, meaningOfUnreadable(parser, record, readable), "an item made of half a record");
                }
            }
        }
    }

    @Test
    @Rule("source.29")
    public final void source29_attachmentsCanBeOpenedAgainAndAgain() throws Exception {
        int attachments = 0;
        for (SourceItem item : items(parser(), records())) {
            for (Attachment attachment : item.attachments()) {
                attachments++;
                byte[] first = Bytes.of(attachment.content());
                assertEquals(first.length, attachment.content().size(), "bytes of an attachment");
                assertArrayEquals(first, Bytes.of(attachment.content()), "an attachment that is opened again");
            }
        }
        Capability.require(attachments > 0, "source.29", "no record has an attachment");
    }

    /** What the record means, as one text: the key of its item; the same word for all that are refused. */
    final String meaning(RecordParser parser, RawRecord record) throws IOException {
        SourceItem item;
        try {
            item = parser.parse(record);
        } catch (RuntimeException e) { // which one it has to be is a rule of its own
            return BAD;
        }
        return ItemKey.of("contract", item).hex();
    }

    final List<String> meanings(RecordParser parser, List<RawRecord> records) throws IOException {
        List<String> meanings = new ArrayList<>();
        for (RawRecord record : records) {
            meanings.add(meaning(parser, record));
        }
        assertTrue(meanings.stream().anyMatch(meaning -> !meaning.equals(BAD)), "no record could be parsed");
        return meanings;
    }

    /** The items of the records that aren't refused. */
    final List<SourceItem> items(RecordParser parser, List<RawRecord> records) throws IOException {
        List<SourceItem> items = new ArrayList<>();
        for (RawRecord record : records) {
            try {
                items.add(parser.parse(record));
            } catch (RuntimeException e) {
                // a bad one
            }
        }
        return items;
    }

    /** As {@link #meaning}, of a record whose bytes fail; an {@code IOException} is as good as the right meaning. */
    private String meaningOfUnreadable(RecordParser parser, RawRecord record, long readable) throws IOException {
        Content failing = new FailingContent(record.bytes(), readable);
        RawRecord unreadable = new RawRecord(record.mediaType(), failing, record.parts(), record.locator());
        try {
            return ItemKey.of("contract", parser.parse(unreadable)).hex();
        } catch (IOException e) {
            return meaning(parser, record);
        } catch (RuntimeException e) {
            return fail(
                    "bytes that can't be read now must give an IOException, not "
                            + e.getClass().getName(),
                    e);
        }
    }
}
