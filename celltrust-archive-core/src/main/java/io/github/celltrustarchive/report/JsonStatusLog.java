// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.celltrustarchive.model.RunFailure;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.spi.LedgerReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * A status log as JSON. What isn't ASCII is escaped: half surrogate pairs survive, and nothing in the file can move a
 * terminal's cursor or turn the direction of its text.
 */
final class JsonStatusLog {

    private static final String FORMAT = "celltrust-archive-status-log/1";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final RunReport report;

    JsonStatusLog(RunReport report) {
        this.report = report;
    }

    void write(Appendable target, LedgerReader ledger) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(new AppendingWriter(target))) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            json.writeStartObject();
            writeRun(json);
            writeFailures(json, ledger);
            json.writeEndObject();
        }
        target.append('\n');
    }

    private void writeRun(JsonGenerator json) throws IOException {
        json.writeStringField("format", FORMAT);
        json.writeStringField("connector", report.connector());
        json.writeNumberField("run", report.run());
        json.writeStringField("operation", report.operation());
        json.writeStringField("startedAt", report.startedAt().toString());
        json.writeStringField("importCompletionTime", report.completedAt().toString());
        for (StatusWords.Total total : StatusWords.totals(report.counts())) {
            json.writeNumberField(total.jsonName(), total.value());
        }
        json.writeBooleanField("addsUp", report.counts().addsUp());
        json.writeBooleanField("stopped", report.stopped());
        if (report.counts().isEmpty()) {
            json.writeStringField("note", StatusWords.nothingIngested(report));
        }
        json.writeArrayFieldStart("problems");
        for (String problem : report.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
    }

    private void writeFailures(JsonGenerator json, LedgerReader ledger) throws IOException {
        json.writeArrayFieldStart("failedItems");
        try (Stream<RunFailure> failures = ledger.failures(report.connector(), report.run())) {
            for (Iterator<RunFailure> rows = failures.iterator(); rows.hasNext(); ) {
                RunFailure row = rows.next();
                json.writeStartObject();
                json.writeStringField("itemId", row.itemId());
                json.writeStringField("sourceUserId", row.sourceUserId());
                json.writeStringField("m365UserId", row.microsoft365UserId());
                json.writeStringField("failureReason", row.reason());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
