// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;

/** A large user mapping file, and a process of its own that loads it and finds everybody in it. */
final class MillionRows {

    private MillionRows() {}

    static void write(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("source,mailbox,valid-from,valid-to\n");
            for (int i = 0; i < rows; i++) {
                LocalDate from = LocalDate.of(2020, 1, 1).plusDays(i % 1_500);
                out.write(number(i) + ",employee." + i + "@bank.example," + from + ",\n");
            }
        }
    }

    private static String number(int i) {
        return "+1212" + (2_000_000 + i);
    }

    /** Arguments: the file, how many rows it has. Fails with another exit code than 0 if anybody isn't found. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        CsvUserMapper mapper = CsvUserMapper.load(Path.of(arguments[0]));
        long loaded = System.nanoTime();
        for (int i = 0; i < rows; i++) {
            Mapping mapping = mapper.map(
                    Participant.ofPhone(ParticipantRole.TO, number(i)), Instant.parse("2026-03-01T00:00:00Z"));
            String rule = mapping instanceof Mapping.Mapped mapped ? mapped.rule() : "none";
            if (!rule.equals("csv:line " + (i + 2))) {
                throw new IllegalStateException("row " + i + " gave " + rule);
            }
        }
        long mapped = System.nanoTime();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "loaded in %d ms, all found in %d ms, %d MiB used%n",
                (loaded - start) / 1_000_000,
                (mapped - loaded) / 1_000_000,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        if (mapper.map(Participant.ofPhone(ParticipantRole.TO, "+12129999999"), Instant.EPOCH)
                instanceof Mapping.Mapped) {
            throw new IllegalStateException("found somebody who isn't there");
        }
    }
}
