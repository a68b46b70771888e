// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.model.Checkpoint;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.model.RawRecord;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.RecordException;
import io.github.celltrustarchive.spi.SourcePage;
import io.github.celltrustarchive.testkit.SampleData;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * How fast exports are read and parsed, and what a table of a million users costs. Prints one line per measurement, in
 * milliseconds of CPU time.
 *
 * <p>Arguments: a folder for the data, and the number of records (default 100,000).
 */
public final class SourceThroughput {

    private static final int USERS = 1_000_000;

    private SourceThroughput() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        int records = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        SampleData.export(folder, 1, records);
        for (int round = 1; round <= 5; round++) {
            read(folder, round);
        }
        mapping(folder);
    }

    private static void read(Path folder, int round) throws IOException, InterruptedException {
        JsonLinesSource source = JsonLinesSource.of(folder);
        Checkpoint checkpoint = Checkpoint.START;
        long reading = 0;
        long parsing = 0;
        int records = 0;
        for (boolean more = true; more; ) {
            long start = cpuTime();
            try (SourcePage page = source.read(checkpoint, 1_000)) {
                long read = cpuTime();
                page.records().forEach(record -> parse(source, record));
                parsing += cpuTime() - read;
                reading += read - start;
                records += page.records().size();
                checkpoint = page.next();
                more = page.more();
            }
        }
        System.out.printf(
                "round %d: %,d records read in %,d ms, parsed in %,d ms%n",
                round, records, reading / 1_000_000, parsing / 1_000_000);
    }

    private static void parse(JsonLinesSource source, RawRecord record) {
        try {
            source.parse(record);
        } catch (RecordException e) {
            // the sample has bad records
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void mapping(Path folder) throws IOException {
        Path table = folder.resolve("million.csv");
        try (BufferedWriter out = Files.newBufferedWriter(table)) {
            out.write("source,mailbox\n");
            for (int i = 0; i < USERS; i++) {
                out.write("1212" + (3_000_000 + i) + ",user" + i + "@bank.example\n");
            }
        }
        long before = used();
        long start = cpuTime();
        CsvUserMapper mapper = CsvUserMapper.load(table);
        long loaded = cpuTime();
        long bytes = used() - before;
        int found = 0;
        long asked = cpuTime();
        for (int i = 0; i < USERS; i += 10) {
            Participant participant = Participant.ofPhone(ParticipantRole.TO, "+1 (212) " + (3_000_000 + i));
            found += mapper.map(participant, Instant.EPOCH) instanceof Mapping.Mapped ? 1 : 0;
        }
        System.out.printf(
                "%,d users loaded in %,d ms, %,d bytes each; %,d looked up by E.164 in %,d ms%n",
                USERS, (loaded - start) / 1_000_000, bytes / USERS, found, (cpuTime() - asked) / 1_000_000);
        Files.delete(table);
    }

    /** Of this thread, so that a busy machine doesn't count. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
