// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder of JSON Lines keeps the rules of sources, even if the next file sorts before those that were read. */
class JsonLinesFolderContractTest extends OwnFormatContract {

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        folder = Files.createDirectory(parent.resolve("exports"));
        List<String> lines = ExportLines.all();
        Files.writeString(folder.resolve("b.jsonl"), String.join("\r\n", lines.subList(0, 4)));
        Files.writeString(folder.resolve("c.jsonl"), String.join("\n", lines.subList(4, lines.size())) + "\n");
    }

    @Override
    protected SourceAdapter open() {
        return JsonLinesSource.of(folder);
    }

    @Override
    protected void addRecord() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), ExportLines.oneMore());
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.move(folder, parent.resolve("away"));
    }
}
