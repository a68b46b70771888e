// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static io.github.celltrustarchive.source.CsvValue.column;
import static io.github.celltrustarchive.source.CsvValue.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.model.SourceItem;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {

    private static final String HEADER = "Id,Date,From,Body,File\r\n";
    private static final String TIME = "2026-03-01T10:15:30Z";

    @TempDir
    private Path folder;

    @Test
    void aRecordIsTheHeaderWithOneRowByteForByte() throws Exception {
        write("a.csv", "\uFEFF" + HEADER + row("1", "Hi") + "\r\n\r\n" + row("2", "\"a\nb\"") + "\n" + row("3", "x"));

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        assertThat(records).extracting(RawRecord::locator).containsExactly("a.csv:2", "a.csv:4", "a.csv:6");
        assertThat(records).extracting(RawRecord::mediaType).containsOnly("text/csv; charset=utf-8; header=present");
        assertThat(text(records.get(1))).isEqualTo(HEADER + row("2", "\"a\nb\""));
        assertThat(parse(records.get(1)).text()).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void whateverIsWrittenIsReadBackWhateverThePageSize(int pageSize) throws Exception {
        Random random = new Random(pageSize);
        List<String> texts = new ArrayList<>();
        for (int file = 0; file < 6; file++) {
            String csv = randomCsv(random, texts);
            if (file % 2 == 0) {
                write("export-" + file + ".csv", csv);
            } else {
                Files.write(folder.resolve("export-" + file + ".csv.gz"), gzip(csv));
            }
        }

        List<SourceItem> items = new ArrayList<>();
        for (RawRecord record : readAll(Checkpoint.START, pageSize)) {
            items.add(parse(record));
        }

        assertThat(items).extracting(SourceItem::text).isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2026-03-01T10:15:30Z,1,x",
                "1,2026-03-01T10:15:30Z,1,x,,",
                "   ",
                "1,2026-03-01T10:15:30Z,1,\"x\"y,",
                "1,2026-03-01T10:15:30Z,1,a\rb,"
            })
    void aRowThatDoesNotFitIsHeldAndTheNextOneGoesOn(String bad) throws Exception {
        write("a.csv", HEADER + bad + "\n" + row("2", "fine") + "\n");

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        assertThat(records).hasSize(2);
        assertThatThrownBy(() -> parse(records.get(0)))
                .isInstanceOf(RecordException.class)
                .hasNoCause();
        assertThat(text(records.get(0))).isEqualTo(HEADER + bad);
        assertThat(parse(records.get(1)).text()).isEqualTo("fine");
    }

    @Test
    void aCellInQuotesBehindALoneCarriageReturnIsNotTornApart() throws Exception {
        String odd = "1," + TIME + ",1,a\r\"b\nc\"";
        write("a.csv", HEADER + odd + "\n" + row("2", "fine") + "\n");

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        assertThat(records).extracting(RawRecord::locator).containsExactly("a.csv:2", "a.csv:4");
        assertThat(text(records.get(0))).isEqualTo(HEADER + odd);
        assertThatThrownBy(() -> parse(records.get(0))).isInstanceOf(RecordException.class);
    }

    @Test
    void malformedUtf8IsHeldAndTheNextRowGoesOn() throws Exception {
        Files.write(
                folder.resolve("a.csv"),
                (HEADER + row("1", "\u00E9") + "\n" + row("2", "x") + "\n").getBytes(StandardCharsets.ISO_8859_1));

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        assertThatThrownBy(() -> parse(records.get(0))).hasMessage("the row isn't valid UTF-8");
        assertThat(parse(records.get(1)).text()).isEqualTo("x");
    }

    @Test
    void aQuoteThatIsNeverClosedTakesTheRestWithItAndIsReadAgainWhenItIsClosed() throws Exception {
        write("a.csv", HEADER + row("1", "x") + "\n" + row("2", "\"open") + "\nmore\n");
        SourcePage page = page(Checkpoint.START, 10);

        assertThatThrownBy(() -> parse(page.records().get(1))).hasMessageContaining("quote");
        append("a.csv", "end\",\n" + row("3", "z") + "\n");
        List<RawRecord> rest = page(page.next(), 10).records();

        assertThat(rest).extracting(RawRecord::locator).containsExactly("a.csv:3", "a.csv:6");
        assertThat(parse(rest.get(0)).text()).isEqualTo("open,\nmore\nend");
    }

    @Test
    void hostileCellsAreKeptAsTheyAre() throws Exception {
        String text = "=HYPERLINK(\"\"http://x\"\") \u0000\u202E\u0007 ${jndi:x}";
        write("a.csv", HEADER + row("@SUM(1)", '"' + text + '"') + "\n");

        SourceItem item = parse(page(Checkpoint.START, 10).records().get(0));

        assertThat(item.text()).isEqualTo(text.replace("\"\"", "\""));
        assertThat(item.sourceId()).isEqualTo("@SUM(1)");
    }

    @Test
    void aHeaderThatIsNotTheConfiguredOneEndsTheRunNamingTheColumnsAfterItsNeighboursWereRead() throws Exception {
        write("a.csv", "Id,Date,Body,Colour,Id\n1,2,3,4,5\n");
        write("b.csv", HEADER + row("1", "x") + "\n");

        SourcePage page = page(Checkpoint.START, 10);

        assertThat(page.records()).extracting(RawRecord::locator).containsExactly("b.csv:2");
        assertThat(page.more()).isTrue();
        assertThatThrownBy(() -> page(page.next(), 10))
                .isInstanceOfSatisfying(
                        ArchiveException.class, e -> assertThat(e.remedy()).isEqualTo(ArchiveException.Remedy.STOP))
                .hasMessageContaining("a.csv")
                .hasMessageContaining("misses 'File' 'From'")
                .hasMessageContaining("has twice 'Id'")
                .hasMessageContaining("has unknown 'Colour'");
    }

    @Test
    void aFileWithoutAHeaderIsRefusedWithoutTellingItsFirstRow() throws Exception {
        write("a.csv", "canary,12125550101,canary\n");

        assertThatThrownBy(() -> page(Checkpoint.START, 10))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("misses 'Body'")
                .message()
                .doesNotContain("canary")
                .doesNotContain("1212");
    }

    @Test
    void anEmptyFileAndOneWithAHeaderAloneHaveNoRecords() throws Exception {
        write("a.csv", "");
        write("b.csv", HEADER);

        SourcePage page = page(Checkpoint.START, 10);

        assertThat(page.records()).isEmpty();
        assertThat(page.more()).isFalse();
    }

    @Test
    void rowsThatAreAppendedAreRead() throws Exception {
        write("a.csv", HEADER + row("1", "\"x\ny\"") + "\n");
        Checkpoint end = page(Checkpoint.START, 10).next();
        append("a.csv", row("2", "z") + "\n");

        List<RawRecord> records = page(end, 10).records();

        assertThat(records).extracting(RawRecord::locator).containsExactly("a.csv:4");
        assertThat(parse(records.get(0)).text()).isEqualTo("z");
    }

    @Test
    void attachmentFilesComeFromTheFolderBesideAndFromNowhereElse() throws Exception {
        Path media = Files.createDirectory(folder.resolve("media"));
        Files.writeString(media.resolve("cat.png"), "meow");
        write("secret.png", "secret");
        write(
                "a.csv",
                HEADER + "1," + TIME + ",1,x,cat.png\n2," + TIME + ",1,x,../secret.png\n3," + TIME + ",1,x,gone.png\n");

        List<RawRecord> records = page(Checkpoint.START, 10).records();

        try (InputStream in =
                parse(records.get(0)).attachments().get(0).content().open()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("meow");
        }
        assertThat(records.get(1).parts()).isEmpty();
        assertThatThrownBy(() -> parse(records.get(1))).hasMessage("attachments[0].file isn't a plain file name");
        assertThatThrownBy(() -> parse(records.get(2))).hasMessage("attachments[0].file is missing beside the export");
    }

    @Test
    void aLongRowStaysInItsFile() throws Exception {
        String text = "x\n".repeat(100_000);
        write("a.csv", HEADER + row("1", '"' + text + '"') + "\n" + row("2", "y") + "\n");
        Files.write(folder.resolve("b.csv.gz"), gzip(HEADER + row("3", '"' + text + '"') + "\n"));

        try (SourcePage page = page(Checkpoint.START, 10)) {
            assertThat(page.records())
                    .extracting(RawRecord::locator)
                    .containsExactly("a.csv:2", "a.csv:100003", "b.csv.gz:2");
            assertThat(parse(page.records().get(0)).text()).isEqualTo(text);
            assertThat(parse(page.records().get(2)).text()).isEqualTo(text);
        }
    }

    private static CsvRecordParser parser() {
        return CsvRecordParser.builder()
                .id(column("Id"))
                .kind(constant("SMS"))
                .sent(column("Date"))
                .from(CsvParticipant.ofPhone(column("From")))
                .text(column("Body"))
                .attachment(column("File"))
                .build();
    }

    private static String row(String id, String body) {
        return id + "," + TIME + ",16471111000," + body + ",";
    }

    private static String randomCsv(Random random, List<String> texts) throws IOException {
        StringWriter out = new StringWriter();
        LineDelimiter end = random.nextBoolean() ? LineDelimiter.CRLF : LineDelimiter.LF;
        CsvWriter csv = CsvWriter.builder().lineDelimiter(end).build(out);
        csv.writeRecord("Id", "Date", "From", "Body", "File");
        String[] pieces = {"a", "\"", "\"\"", ",", "\n", "\r\n", "\r", ";", "\uD83D\uDE00", " ", "\u00E9", "=1"};
        for (int row = random.nextInt(8); row >= 0; row--) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            texts.add(text.toString());
            csv.writeRecord(row + "\n\"", TIME, "1", text.toString(), "");
        }
        csv.close();
        return out.toString();
    }

    private SourcePage page(Checkpoint after, int max) throws IOException, InterruptedException {
        try (CsvSource source = CsvSource.of(folder, parser())) {
            return source.read(after, max);
        }
    }

    private List<RawRecord> readAll(Checkpoint after, int pageSize) throws IOException, InterruptedException {
        List<RawRecord> all = new ArrayList<>();
        Checkpoint checkpoint = after;
        try (CsvSource source = CsvSource.of(folder, parser())) {
            for (boolean more = true; more; ) {
                SourcePage page = source.read(checkpoint, pageSize);
                assertThat(page.records()).hasSizeLessThanOrEqualTo(pageSize);
                all.addAll(page.records());
                checkpoint = page.next();
                more = page.more();
            }
        }
        return all;
    }

    private static SourceItem parse(RawRecord record) throws IOException {
        return parser().parse(record);
    }

    private static String text(RawRecord record) throws IOException {
        try (InputStream in = record.bytes().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
    }
}
