// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.source.CsvSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of CSV, one file of it compressed, keeps the rules of sources, even if the next file sorts before the others. */
class CsvFolderContractTest extends SourceAdapterContract {

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectory(parent.resolve("exports"));
        List<String> rows = CsvExport.rows();
        Files.writeString(folder.resolve("b.csv"), CsvExport.HEADER + String.join("", rows.subList(0, 4)));
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.csv.gz")))) {
            String rest = CsvExport.HEADER + String.join("", rows.subList(4, rows.size()));
            file.write(rest.getBytes(StandardCharsets.UTF_8));
        }
        CsvExport.writeAttachment(folder);
    }

    @Override
    protected SourceAdapter open() {
        return CsvSource.of(folder, CsvExport.COLUMNS);
    }

    @Override
    protected List<String> sourceIds() {
        return CsvExport.IDS;
    }

    @Override
    protected int badRecords() {
        return 1;
    }

    @Override
    protected void addRecord() throws IOException {
        Files.writeString(folder.resolve("a.csv"), CsvExport.HEADER + CsvExport.oneMore());
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.move(folder, parent.resolve("away"));
    }
}
