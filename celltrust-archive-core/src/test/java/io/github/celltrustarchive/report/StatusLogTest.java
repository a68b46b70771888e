// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.celltrustarchive.model.ItemTotals;
import io.github.celltrustarchive.model.RunCounts;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatusLogTest {

    private static final RunFailure UNMAPPED =
            new RunFailure("m-12", "eve@example.test", "", "no mailbox in the mapping file");
    private static final RunFailure HELD = new RunFailure("export.jsonl:9", "", "", "not a JSON object");
    private static final String HOSTILE = "=HYPERLINK(\"https://evil.test\")\r\nItems failed:\t0\u202E\uD83D";

    private final StringBuilder out = new StringBuilder();

    @Test
    @DisplayName("invariant 2: the text has Microsoft's words in Microsoft's order, then ours, and the equation")
    void textInFull() throws IOException {
        RunReport report = Rows.report(Rows.COUNTS, "collect stopped early, the next run goes on: no answer");

        StatusLog.of(report, new Rows(UNMAPPED, HELD)).writeText(out);

        assertThat(out).hasToString("""
                Status log of connector sms, run 7 (run), started 2026-11-23T23:59:58Z

                Import completion time (UTC): 2026-11-24T00:00:05Z
                Items available from source:  12
                Items available for import:   31
                Items imported successfully:  24
                Items partially imported:     1
                Items skipped:                2
                Items failed:                 3
                Items pending:                1

                available for import 31 = imported 24 + partially imported 1 + skipped 2 + failed 3 + pending 1
                Pending items are decided by a later run.

                Problems
                - collect stopped early, the next run goes on: no answer

                Failed item details
                Item id\tSource User ID\tM365 User ID\tFailure Reason
                m-12\teve@example.test\t\tno mailbox in the mapping file
                export.jsonl:9\t\t\tnot a JSON object
                """);
    }

    @Test
    void csvInFull() throws IOException {
        RunReport report = Rows.report(Rows.COUNTS, "no answer, tried 3 times");

        StatusLog.of(report, new Rows(UNMAPPED, HELD)).writeCsv(out);

        assertThat(out).hasToString("""
                Import completion time (UTC),2026-11-24T00:00:05Z,,
                Items available from source,12,,
                Items available for import,31,,
                Items imported successfully,24,,
                Items partially imported,1,,
                Items skipped,2,,
                Items failed,3,,
                Items pending,1,,
                Adds up,true,,
                Connector,sms,,
                Run,7,,
                Operation,run,,
                Started (UTC),2026-11-23T23:59:58Z,,
                Stopped,false,,
                Problem,"no answer, tried 3 times",,
                Item id,Source User ID,M365 User ID,Failure Reason
                m-12,eve@example.test,,no mailbox in the mapping file
                export.jsonl:9,,,not a JSON object
                """.replace("\n", "\r\n"));
    }

    @Test
    void jsonInFull() throws IOException {
        RunReport report = Rows.report(Rows.COUNTS, "no answer");

        StatusLog.of(report, new Rows(UNMAPPED)).writeJson(out);

        assertThat(out).hasToString("""
                {
                  "format" : "celltrust-archive-status-log/1",
                  "connector" : "sms",
                  "run" : 7,
                  "operation" : "run",
                  "startedAt" : "2026-11-23T23:59:58.250Z",
                  "importCompletionTime" : "2026-11-24T00:00:05.500Z",
                  "itemsAvailableFromSource" : 12,
                  "itemsAvailableForImport" : 31,
                  "itemsImportedSuccessfully" : 24,
                  "itemsPartiallyImported" : 1,
                  "itemsSkipped" : 2,
                  "itemsFailed" : 3,
                  "itemsPending" : 1,
                  "addsUp" : true,
                  "stopped" : false,
                  "problems" : [
                    "no answer"
                  ],
                  "failedItems" : [
                    {
                      "itemId" : "m-12",
                      "sourceUserId" : "eve@example.test",
                      "m365UserId" : "",
                      "failureReason" : "no mailbox in the mapping file"
                    }
                  ]
                }
                """);
    }

    @Test
    void anEmptyRunSaysSoWithItsDayInUtc() throws IOException {
        RunReport report = Rows.report(RunCounts.NONE);

        StatusLog.of(report, new Rows()).writeText(out);

        assertThat(out).hasToString("""
                Status log of connector sms, run 7 (run), started 2026-11-23T23:59:58Z

                No items ingested on 11/24/2026.
                """);
    }

    @Test
    void anEmptyRunSaysSoInCsvAndJsonToo() throws IOException {
        RunReport report = Rows.report(RunCounts.NONE);

        assertThat(csv(report, new Rows())).contains("\r\nNote,No items ingested on 11/24/2026.,,\r\n");
        assertThat(json(report, new Rows()).path("note").asText()).isEqualTo("No items ingested on 11/24/2026.");
    }

    @Test
    void anEmptyRunStillTellsItsProblems() throws IOException {
        StatusLog.of(Rows.report(RunCounts.NONE, "no answer"), new Rows()).writeSummary(out);

        assertThat(out).hasToString("No items ingested on 11/24/2026.\n\nProblems\n- no answer\n");
    }

    @Test
    @DisplayName("invariant 2: numbers that don't add up are shown as such")
    void aSumThatIsWrongIsNotHidden() throws IOException {
        RunReport report = Rows.report(new RunCounts(1, 2, 1, 0, 0, 0, 0));

        StatusLog.of(report, new Rows()).writeSummary(out);

        assertThat(out.toString())
                .contains("available for import 2 IS NOT imported 1 + partially imported 0 + skipped 0 + failed 0"
                        + " + pending 0: the numbers don't add up, report this\n");
        assertThat(json(report, new Rows()).path("addsUp").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("invariant 23: a hostile cell stays one cell on one line of text")
    void aHostileCellStaysOnItsLine() throws IOException {
        RunFailure hostile = new RunFailure(HOSTILE, HOSTILE, HOSTILE, HOSTILE);

        StatusLog.of(Rows.report(Rows.COUNTS, HOSTILE), new Rows(hostile)).writeText(out);

        String shown = "=HYPERLINK(\"https://evil.test\")\\x0D\\x0AItems failed:\\x090\\u202E\\uD83D";
        assertThat(out.toString().lines())
                .contains("- " + shown, String.join("\t", shown, shown, shown, shown))
                .filteredOn(line -> line.startsWith("Items failed:"))
                .containsExactly("Items failed:                 3");
    }

    @Test
    @DisplayName("invariant 23: a hostile cell is text to a spreadsheet, numbers stay numbers")
    void aHostileCellIsTextToASpreadsheet() throws IOException {
        RunFailure hostile = new RunFailure(HOSTILE, "+12025550100", "'quoted", "a \"b\", c");

        List<List<String>> rows = parse(csv(Rows.report(Rows.COUNTS, "@problem"), new Rows(hostile)));

        assertThat(rows)
                .contains(
                        List.of("Problem", "'@problem", "", ""),
                        List.of(
                                "'=HYPERLINK(\"https://evil.test\")\\x0D\\x0AItems failed:\\x090\\u202E\\uD83D",
                                "'+12025550100",
                                "''quoted",
                                "a \"b\", c"));
        assertThat(csv(Rows.report(Rows.COUNTS), new Rows(hostile)))
                .contains(",\"'+12025550100\",\"''quoted\",", "Items failed,3,,");
    }

    @Test
    void jsonLosesNothingAndIsAscii() throws IOException {
        String id = HOSTILE + "x".repeat(100_000) + "Zoë \0 😀";
        RunFailure hostile = new RunFailure(id, HOSTILE, "", HOSTILE);
        RunReport report = Rows.report(Rows.COUNTS, HOSTILE);

        StatusLog.of(report, new Rows(hostile)).writeJson(out);

        assertThat(out.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7F));
        JsonNode row =
                new ObjectMapper().readTree(out.toString()).path("failedItems").path(0);
        assertThat(row.path("itemId").textValue()).isEqualTo(id);
        assertThat(row.path("sourceUserId").textValue()).isEqualTo(HOSTILE);
        assertThat(row.path("failureReason").textValue()).isEqualTo(HOSTILE);
    }

    @Test
    void everyFormatClosesTheRowsItOpened() throws IOException {
        Rows rows = new Rows(UNMAPPED);
        StatusLog log = StatusLog.of(Rows.report(Rows.COUNTS), rows);

        log.writeText(out);
        log.writeCsv(out);
        log.writeJson(out);

        assertThat(rows.opened).isEqualTo(3);
        assertThat(rows.closed).isEqualTo(3);
    }

    @Test
    @DisplayName("invariant 25: failed items are written as they are read, however many there are")
    void failedItemsAreNotHeldInMemory() throws IOException {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger waiting = new AtomicInteger();
        Appendable counting = new Appendable() {
            @Override
            public Appendable append(CharSequence text) {
                written.addAndGet(text.toString().startsWith("user-") ? 1 : 0);
                waiting.accumulateAndGet(made.get() - written.get(), Math::max);
                return this;
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) {
                return append(text.subSequence(start, end));
            }

            @Override
            public Appendable append(char c) {
                return this;
            }
        };

        StatusLog.of(Rows.report(Rows.COUNTS), manyRows(made, 10_000)).writeText(counting);

        assertThat(written).hasValue(10_000);
        assertThat(waiting.get()).isLessThan(10);
    }

    @Test
    void aTargetThatFailsIsTold() {
        StatusLog log = StatusLog.of(Rows.report(Rows.COUNTS), manyRows(new AtomicInteger(), 10_000));
        Appendable full = new FullDisk();

        assertThatThrownBy(() -> log.writeText(full))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        assertThatThrownBy(() -> log.writeCsv(full))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        assertThatThrownBy(() -> log.writeJson(full))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }

    private static String csv(RunReport report, LedgerReader ledger) throws IOException {
        StringBuilder csv = new StringBuilder();
        StatusLog.of(report, ledger).writeCsv(csv);
        return csv.toString();
    }

    private static JsonNode json(RunReport report, LedgerReader ledger) throws IOException {
        StringBuilder json = new StringBuilder();
        StatusLog.of(report, ledger).writeJson(json);
        return new ObjectMapper().readTree(json.toString());
    }

    private static List<List<String>> parse(String csv) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        }
    }

    private static LedgerReader manyRows(AtomicInteger made, int count) {
        return new LedgerReader() {
            @Override
            public RunCounts counts(String connector, long run) {
                throw new AssertionError("the report has the counts");
            }

            @Override
            public Stream<RunFailure> failures(String connector, long run) {
                return IntStream.range(0, count)
                        .peek(i -> made.incrementAndGet())
                        .mapToObj(i -> new RunFailure("id", "user-" + i, "", "reason"));
            }

            @Override
            public ItemTotals totals(String connector) {
                throw new AssertionError("not needed");
            }
        };
    }

    private static final class FullDisk implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            throw new IOException("full");
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("full");
        }

        @Override
        public Appendable append(char c) throws IOException {
            throw new IOException("full");
        }
    }
}
