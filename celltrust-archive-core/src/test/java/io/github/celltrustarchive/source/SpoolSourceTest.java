// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.Storage;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Content;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveException.Remedy;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourcePage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolSourceTest {

    @TempDir
    private Path folder;

    private SpoolSource spool;

    @BeforeEach
    void openSpool() throws IOException {
        spool = new SpoolSource(folder, JsonRecordParser.ofDefaults());
    }

    @AfterEach
    void closeSpool() {
        spool.close();
    }

    @Test
    void whatTheHostPushesIsReadAndParsedLikeAnyRecord() throws Exception {
        assertThat(spool.accept(pushed("m1"))).isEqualTo("spool:1");
        assertThat(spool.accept(pushed("m2"))).isEqualTo("spool:2");

        SourcePage page = spool.read(Checkpoint.START, 10);

        assertThat(page.records()).extracting(RawRecord::locator).containsExactly("spool:1", "spool:2");
        assertThat(spool.parse(page.records().get(1)).sourceId()).isEqualTo("m2");
        assertThat(page.more()).isFalse();
    }

    @Test
    void mediaTypeAndPartsComeBackByteForByteAndInOrder() throws Exception {
        Map<String, Content> parts = new LinkedHashMap<>();
        parts.put("z \ud83d\ude00 \ud800.jpg", Content.of(random(3_000_000)));
        parts.put("../a\r\nb", Content.EMPTY);
        RawRecord offered = new RawRecord("multipart/form-data; boundary=x", Content.of(random(20_000)), parts, "here");

        spool.accept(offered);

        RawRecord read = spool.read(Checkpoint.START, 10).records().get(0);
        assertThat(read.mediaType()).isEqualTo(offered.mediaType());
        assertThat(bytes(read.bytes())).isEqualTo(bytes(offered.bytes()));
        assertThat(read.parts().keySet()).containsExactlyElementsOf(parts.keySet());
        for (String name : parts.keySet()) {
            assertThat(read.parts().get(name).size()).isEqualTo(parts.get(name).size());
            assertThat(bytes(read.parts().get(name))).isEqualTo(bytes(parts.get(name)));
        }
    }

    @Test
    void aContentIsOpenedOnceSoThatABodyCanBePassedOnAsItComes() throws Exception {
        AtomicInteger opened = new AtomicInteger();

        spool.accept(new RawRecord("text/plain", content(5, "hello", opened), "request"));

        assertThat(opened).hasValue(1);
    }

    @Test
    void aBodyThatIsCutOffOrTooLongIsNotAccepted() throws Exception {
        for (long declared : new long[] {6, 4}) {
            RawRecord record = new RawRecord("text/plain", content(declared, "hello", new AtomicInteger()), "request");

            assertThatThrownBy(() -> spool.accept(record)).isInstanceOf(IOException.class);
        }
        assertThat(spool.read(Checkpoint.START, 10).records()).isEmpty();
        assertThat(spool.waiting()).isZero();
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void pagesFollowOneAnother() throws Exception {
        for (int i = 1; i <= 5; i++) {
            spool.accept(pushed("m" + i));
        }
        SourcePage first = spool.read(Checkpoint.START, 2);
        SourcePage second = spool.read(first.next(), 2);
        SourcePage third = spool.read(second.next(), 2);

        assertThat(Stream.of(first, second, third).map(SourcePage::more)).containsExactly(true, true, false);
        assertThat(third.records()).extracting(RawRecord::locator).containsExactly("spool:5");
        assertThat(spool.read(first.next(), 2).records())
                .as("the same page again")
                .extracting(RawRecord::locator)
                .containsExactly("spool:3", "spool:4");
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

        assertThat(recordFiles()).isEmpty();
        assertThat(spool.waiting()).isZero();
        for (int restart = 0; restart < 2; restart++) {
            reopen();
            assertThat(spool.read(end, 10).records()).isEmpty();
        }
        assertThat(spool.accept(pushed("m3"))).isEqualTo("spool:3");
        assertThat(spool.read(end, 10).records()).extracting(RawRecord::locator).containsExactly("spool:3");
    }

    @Test
    void whatWasNotAcknowledgedStays() throws Exception {
        for (int i = 1; i <= 3; i++) {
            spool.accept(pushed("m" + i));
        }
        spool.acknowledge(spool.read(Checkpoint.START, 2).next());
        reopen();

        assertThat(spool.waiting()).isEqualTo(1);
        assertThat(spool.read(new Checkpoint("2"), 10).records())
                .extracting(RawRecord::locator)
                .containsExactly("spool:3");
    }

    @Test
    void aRecordWhoseStoringWasCutOffIsNotThere() throws Exception {
        spool.accept(pushed("m1"));
        Files.writeString(folder.resolve("incoming/7.part"), "{\"id\":");
        reopen();

        assertThat(spool.read(Checkpoint.START, 10).records()).hasSize(1);
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void aFileThatTheDiskDamagedIsHeldWithItsBytesAndBlocksNobody() throws Exception {
        spool.accept(pushed("m1"));
        spool.accept(pushed("m2"));
        spool.accept(new RawRecord("text/plain", Content.of(random(40_000)), "request"));
        spool.accept(pushed("m4"));
        truncate(1, 10);
        truncate(2, 60);
        truncate(3, 39_999);

        List<RawRecord> records = spool.read(Checkpoint.START, 10).records();

        for (RawRecord damaged : records.subList(0, 3)) {
            assertThatExceptionOfType(RecordException.class).isThrownBy(() -> spool.parse(damaged));
        }
        assertThat(records).extracting(record -> record.bytes().size()).startsWith(10L, 60L, 39_999L);
        assertThat(spool.parse(records.get(3)).sourceId()).isEqualTo("m4");
    }

    @Test
    void aRecordThatSomebodyRemovedIsNotSkippedSilently() throws Exception {
        spool.accept(pushed("m1"));
        spool.accept(pushed("m2"));
        Files.delete(recordFiles().get(0));

        assertThatThrownBy(() -> spool.read(Checkpoint.START, 10)).isInstanceOf(IOException.class);
        reopen();
        assertThat(spool.read(Checkpoint.START, 10).records())
                .as("a start names the gap in the log and goes on")
                .extracting(RawRecord::locator)
                .containsExactly("spool:2");
        spool.acknowledge(new Checkpoint("2"));
        assertThat(spool.waiting()).isZero();
    }

    @Test
    void aNumberThatCouldNotBeGivenIsPassedOver() throws Exception {
        spool.accept(pushed("m1"));
        Path taken = folder.resolve("0000000000000000002.record");
        Files.createDirectory(taken);
        assertThatThrownBy(() -> spool.accept(pushed("m2"))).isInstanceOf(IOException.class);
        Files.delete(taken);

        assertThat(spool.accept(pushed("m2"))).isEqualTo("spool:3");
        assertThat(spool.read(Checkpoint.START, 10).records())
                .extracting(RawRecord::locator)
                .containsExactly("spool:1", "spool:3");
        spool.acknowledge(new Checkpoint("3"));
        assertThat(spool.waiting()).isZero();
    }

    @Test
    void aFullSpoolRefusesUntilRecordsAreArchived() throws Exception {
        spool.close();
        spool = SpoolSource.builder(folder, JsonRecordParser.ofDefaults())
                .maxRecords(2)
                .maxBytes(1_000)
                .build();
        spool.accept(pushed("m1"));
        RawRecord large = new RawRecord("text/plain", Content.of(new byte[900]), "request");

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> spool.accept(large))
                .satisfies(e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY));
        spool.accept(pushed("m2"));
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> spool.accept(pushed("m3")))
                .withMessageContaining("2 records");
        spool.acknowledge(new Checkpoint("2"));
        spool.accept(large);
        assertThatThrownBy(() -> spool.accept(new RawRecord("text/plain", Content.of(new byte[1_000]), "request")))
                .as("never fits")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBoundsAreThoseOfWhatLiesThereAfterARestart() throws Exception {
        spool.accept(pushed("m1"));
        spool.close();
        spool = SpoolSource.builder(folder, JsonRecordParser.ofDefaults())
                .maxRecords(1)
                .build();

        assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> spool.accept(pushed("m2")));
    }

    @Test
    void aFolderBelongsToOneSpoolAtATime() throws Exception {
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> new SpoolSource(folder, JsonRecordParser.ofDefaults()))
                .withMessageContaining("process " + ProcessHandle.current().pid())
                .satisfies(e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP));
        spool.close();
        spool.close();

        assertThatThrownBy(() -> spool.accept(pushed("m1"))).isInstanceOf(IOException.class);
        reopen();
        assertThat(spool.waiting()).isZero();
    }

    @Test
    void aCheckpointThatTheFolderHasNeverGivenStopsTheRunInsteadOfSkippingRecords() throws Exception {
        spool.accept(pushed("m1"));

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> spool.read(new Checkpoint("7"), 10))
                .satisfies(e -> assertThat(e.remedy()).isEqualTo(Remedy.STOP));
        assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> spool.acknowledge(new Checkpoint("7")));
        assertThat(recordFiles()).hasSize(1);
    }

    @Test
    void namesThatNoFileCouldHoldAreRefusedForGood() {
        RawRecord record =
                new RawRecord("text/plain", Content.EMPTY, Map.of("x".repeat(70_000), Content.EMPTY), "request");

        assertThatThrownBy(() -> spool.accept(record)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsOutOfBoundsAreAllNamed() {
        assertThatThrownBy(() -> SpoolSource.builder(folder, JsonRecordParser.ofDefaults())
                        .maxRecords(0)
                        .maxBytes(0)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maxRecords")
                .hasMessageContaining("maxBytes");
    }

    @Test
    void aReaderBesideManyWritersMissesNoneAndSeesEachWritersOrder() throws Exception {
        int writers = 8;
        int each = 50;
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
                for (RawRecord record : page.records()) {
                    read.add(spool.parse(record).sourceId());
                }
                checkpoint = page.next();
                assertThat(all && page.records().isEmpty())
                        .as("a record is missing")
                        .isFalse();
                spool.acknowledge(checkpoint);
            }
        } finally {
            hosts.shutdown();
        }
        for (int w = 0; w < writers; w++) {
            String writer = w + "-";
            assertThat(read.stream().filter(id -> id.startsWith(writer)))
                    .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                            .limit(each)
                            .map(i -> writer + i)
                            .toList());
        }
        assertThat(spool.waiting()).isZero();
    }

    @Test
    void aNameIsReadOnlyOnceItIsDurable() throws Exception {
        spool.close();
        List<Integer> seenWhileForcing = new ArrayList<>();
        DiskStorage disk = new DiskStorage();
        Storage watched = (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("forceDirectory")
                            && !recordFiles().isEmpty()) {
                        seenWhileForcing.add(
                                spool.read(Checkpoint.START, 10).records().size());
                    }
                    return method.invoke(disk, arguments);
                });
        spool = SpoolSource.builder(folder, JsonRecordParser.ofDefaults())
                .storage(watched)
                .build();

        spool.accept(pushed("m1"));
        spool.accept(pushed("m2"));

        assertThat(seenWhileForcing).containsExactly(0, 1);
    }

    private void reopen() throws IOException {
        spool.close();
        spool = new SpoolSource(folder, JsonRecordParser.ofDefaults());
    }

    private List<Path> recordFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".record"))
                    .sorted()
                    .toList();
        }
    }

    private void truncate(long number, int size) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "%019d.record", number));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, size));
    }

    private static Content content(long declared, String text, AtomicInteger opened) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                opened.incrementAndGet();
                return Content.ofUtf8(text).open();
            }

            @Override
            public long size() {
                return declared;
            }
        };
    }

    private static RawRecord pushed(String id) {
        String json = "{\"id\":\"" + id
                + "\",\"kind\":\"SMS\",\"sent\":\"2026-03-01T10:15:30Z\",\"from\":{\"phone\":\"12125550101\"}}";
        return new RawRecord("application/json", Content.ofUtf8(json), "request");
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
