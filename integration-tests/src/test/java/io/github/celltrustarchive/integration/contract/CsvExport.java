// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import static io.github.celltrustarchive.source.CsvValue.column;
import static io.github.celltrustarchive.source.CsvValue.constant;

import io.github.celltrustarchive.source.CsvParticipant;
import io.github.celltrustarchive.source.CsvRecordParser;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Six good rows and, third, a bad one; one row has a line end in a cell, one an attachment. */
final class CsvExport {

    static final List<String> IDS = List.of("Ab 1", "aB 1", "3", "d-4", "d-5", "d-6");
    static final String HEADER = "id,sent,from,to,text,files\r\n";

    static final CsvRecordParser COLUMNS = CsvRecordParser.builder()
            .id(column("id"))
            .kind(constant("SMS"))
            .sent(column("sent"))
            .from(CsvParticipant.ofPhone(column("from")))
            .to(CsvParticipant.ofPhone(column("to")))
            .text(column("text"))
            .attachments(column("files"), "|")
            .build();

    private CsvExport() {}

    static List<String> rows() {
        return List.of(
                row("Ab 1", "Good morning", ""),
                row("aB 1", "\"The papers,\nall of them, are \"\"ready\"\"\"", ""),
                "bad," + SourceAdapterContract.MARKER + ",+12125550101,+12125550199,No such time,\r\n",
                row("3", "Signed", "note.txt"),
                row("d-4", "See you at three", ""),
                row("d-5", "A long one ".repeat(3_000), ""),
                row("d-6", "Never mind", ""));
    }

    static String oneMore() {
        return row("d-7", "One more thing", "");
    }

    /** The file that a row mentions. */
    static void writeAttachment(Path folder) throws IOException {
        Path media = Files.createDirectories(folder.resolve("media"));
        Files.writeString(media.resolve("note.txt"), "Signed.");
    }

    private static String row(String id, String text, String file) {
        return id + ",2026-11-20T14:03:27Z,+12125550101,+12125550199," + text + "," + file + "\r\n";
    }
}
