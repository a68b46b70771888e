// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.spike;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonRecordParser;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a source that is pushed to fit an SPI that pulls? */
class PushSourceSpikeTest {

    @TempDir
    private Path folder;

    private SpoolSource spool;

    @BeforeEach
    void openSpool() throws IOException {
        spool = reopen();
    }

    @Test
    void whatTheHostPushesIsReadAndParsedLikeAnyRecord() throws Exception {
        spool.accept(pushed("m1"));
        spool.accept(pushed("m2"));

        SourcePage page = spool.read(Checkpoint.START, 10);

        assertThat(page.records()).extracting(RawRecord::locator).containsExactly("spool:1", "spool:2");
        assertThat(spool.parse(page.records().get(1)).sourceId()).isEqualTo("m2");
        assertThat(page.more()).isFalse();
    }

    @Test
    void noMoreNowIsNotTheEnd() throws Exception {
        SourcePage empty = spool.read(Checkpoint.START, 10);
        spool.accept(pushed("m1"));

        assertThat(empty.next()).isEqualTo(Checkpoint.START);
        assertThat(spool.read(empty.next(), 10).records()).hasSize(1);
    }

    @Test
    void acknowledgedRecordsGoAndTheirNumbersAreNeverGivenAgain() throws Exception {
        spool.accept(pushed("m1"));
        spool.accept(pushed("m2"));
        Checkpoint end = spool.read(Checkpoint.START, 10).next();
        spool.acknowledge(end);
        spool.acknowledge(end);

        SpoolSource restarted = reopen();
        restarted.accept(pushed("m3"));

        assertThat(restarted.read(end, 10).records())
                .extracting(RawRecord::locator)
                .containsExactly("spool:3");
    }

    @Test
    void aRecordWhoseStoringWasCutOffIsNotThere() throws Exception {
        spool.accept(pushed("m1"));
        Files.writeString(folder.resolve("0000000000000000002.new"), "{\"id\":");

        SpoolSource restarted = reopen();

        assertThat(restarted.read(Checkpoint.START, 10).records()).hasSize(1);
        assertThat(folder.resolve("0000000000000000002.new")).doesNotExist();
    }

    @Test
    void aReaderBesideManyWritersMissesNone() throws Exception {
        int writers = 4;
        int each = 25;
        List<String> read = new ArrayList<>();
        ExecutorService hosts = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> pushing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                pushing.add(hosts.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        spool.accept(pushed(writer + "-" + i));
                    }
                    return null;
                }));
            }
            Checkpoint checkpoint = Checkpoint.START;
            while (read.size() < writers * each) {
                boolean all = pushing.stream().allMatch(Future::isDone);
                SourcePage page = spool.read(checkpoint, 7);
                page.records().forEach(record -> read.add(record.locator()));
                checkpoint = page.next();
                assertThat(all && page.records().isEmpty())
                        .as("a record is missing")
                        .isFalse();
            }
        } finally {
            hosts.shutdown();
        }
        assertThat(read).doesNotHaveDuplicates().hasSize(writers * each);
    }

    private SpoolSource reopen() throws IOException {
        return new SpoolSource(folder, JsonRecordParser.ofDefaults());
    }

    private static RawRecord pushed(String id) {
        String json = "{\"id\":\"" + id
                + "\",\"kind\":\"SMS\",\"sent\":\"2026-03-01T10:15:30Z\",\"from\":{\"phone\":\"12125550101\"}}";
        return new RawRecord("application/json", Content.ofUtf8(json), "request");
    }
}
