// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.contract;

import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.source.SpoolSource;
import io.github.celltrustarchive.spi.SourceAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A source that is pushed to keeps the rules of sources. */
class SpoolSourceContractTest extends OwnFormatContract {

    @TempDir
    private Path folder;

    private SpoolSource spool;

    @BeforeEach
    void push() throws IOException {
        spool = openSpool();
        for (String line : ExportLines.all()) {
            accept(line);
        }
    }

    @AfterEach
    void closeSpool() {
        spool.close();
    }

    /** A host that is started again has ended before: a folder belongs to one spool at a time. */
    @Override
    protected SourceAdapter open() throws IOException {
        spool.close();
        spool = openSpool();
        return spool;
    }

    @Override
    protected void addRecord() throws IOException {
        accept(ExportLines.oneMore());
    }

    @Override
    protected void makeUnreadable() throws IOException {
        Files.move(folder.resolve("spool"), folder.resolve("away"));
    }

    private SpoolSource openSpool() throws IOException {
        return new SpoolSource(folder.resolve("spool"), JsonRecordParser.ofDefaults());
    }

    private void accept(String line) throws IOException {
        spool.accept(new RawRecord("application/json", Content.ofUtf8(line), "request"));
    }
}
