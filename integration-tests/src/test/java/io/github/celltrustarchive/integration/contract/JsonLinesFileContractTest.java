// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One file of JSON Lines keeps the rules of sources. */
class JsonLinesFileContractTest extends OwnFormatContract {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = folder.resolve("export.jsonl");
        Files.writeString(file, String.join("\n", ExportLines.all()) + "\n");
    }

    @Override
    protected SourceAdapter open() {
        return JsonLinesSource.of(file);
    }

    @Override
    protected void addRecord() throws IOException {
        Files.writeString(file, ExportLines.oneMore(), StandardOpenOption.APPEND);
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.delete(file);
    }
}
