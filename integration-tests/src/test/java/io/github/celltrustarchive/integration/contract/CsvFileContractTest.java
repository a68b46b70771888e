// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.source.CsvSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import io.github.celltrustarchive.testkit.contract.SourceAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One file of CSV keeps the rules of sources. */
class CsvFileContractTest extends SourceAdapterContract {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("export.csv");
        Files.writeString(file, CsvExport.HEADER + String.join("", CsvExport.rows()));
        CsvExport.writeAttachment(folder);
    }

    @Override
    protected SourceAdapter open() {
        return CsvSource.of(file, CsvExport.COLUMNS);
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
        Files.writeString(file, CsvExport.oneMore(), StandardOpenOption.APPEND);
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.delete(file);
    }
}
