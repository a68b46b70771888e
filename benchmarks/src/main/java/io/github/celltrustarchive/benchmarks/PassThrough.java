// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.io.NewFile;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.merge1.Merge1DropSource;
import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Times emails that pass through from a drop folder into one Maildir, against a plain copy of the same files that forces each
 * of them and does nothing else. Both take turns, so that a machine that others use is the same for both.
 *
 * <p>Arguments: a folder (made if need be; must be empty), how many emails, their size in bytes, how often. Prints each turn
 * and the medians.
 */
public final class PassThrough {

    private static final int BATCH = 50;
    private static final String LINE = "TWVyZ2Ux".repeat(9) + "\r\n";

    private final Path folder;
    private final Path drop;
    private final int emails;
    private final DiskStorage storage = new DiskStorage();

    private PassThrough(Path folder, int emails) {
        this.folder = folder;
        this.drop = folder.resolve("drop");
        this.emails = emails;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            System.err.println("usage: PassThrough <folder> <emails> <size> <times>");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int size = Integer.parseInt(arguments[2]);
        PassThrough benchmark = new PassThrough(folder, Integer.parseInt(arguments[1]));
        benchmark.write(size);
        int times = Integer.parseInt(arguments[3]);
        double[] copies = new double[times];
        double[] archives = new double[times];
        for (int i = 0; i < times; i++) {
            copies[i] = benchmark.timed("copy", i, () -> benchmark.copy(folder.resolve("copy")));
            archives[i] = benchmark.timed("archive", i, () -> benchmark.archive(folder.resolve("archive")));
        }
        double copy = median(copies);
        double archive = median(archives);
        System.out.printf(
                Locale.ROOT,
                "medians: copy %s, archive %s = %.0f %%%n",
                benchmark.speed(copy),
                benchmark.speed(archive),
                100 * copy / archive);
    }

    private void write(int size) throws IOException {
        Files.createDirectory(drop);
        Random random = new Random(1);
        for (int i = 0; i < emails; i++) {
            try (OutputStream out = Files.newOutputStream(drop.resolve(i + ".eml"))) {
                byte[] head = ("From: client@customer.example\r\nTo: person@example.com\r\n"
                                + "Date: Fri, 20 Nov 2026 14:03:27 +0000\r\nSubject: SMS " + random.nextLong()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                out.write(head);
                byte[] lines = LINE.repeat(Math.max(1, (size - head.length) / LINE.length()))
                        .getBytes(StandardCharsets.US_ASCII);
                out.write(lines);
            }
        }
    }

    private void copy(Path target) throws IOException {
        Files.createDirectories(target);
        for (int i = 0; i < emails; i++) {
            try (NewFile file = storage.create(target.resolve(i + ".eml"))) {
                Files.copy(drop.resolve(i + ".eml"), file);
                file.force();
            }
            if (i % BATCH == BATCH - 1) {
                storage.forceDirectory(target);
            }
        }
        storage.forceDirectory(target);
    }

    private void archive(Path target) throws Exception {
        Files.createDirectories(target);
        ConnectorProfile profile = ConnectorProfile.builder("benchmark")
                .ownedDomains(List.of("example.com"))
                .sizePolicy(new SizePolicy(1L << 31, 1L << 31))
                .build();
        try (ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                .source(Merge1DropSource.builder(drop, Merge1EmlParser.of(profile))
                        .quietPeriod(Duration.ZERO)
                        .build())
                .stager(new FolderStager(target.resolve("stage"), storage))
                .sink(MaildirSink.of(target.resolve("mail")))
                .ledger(JdbcLedger.sqlite(target.resolve("ledger.db"), storage, Clock.systemUTC()))
                .build()) {
            RunReport report = Measured.run("run", emails, bytes(), pipeline::run);
            if (report.counts().imported() != emails) {
                throw new IllegalStateException("not all were delivered: " + report.counts());
            }
        }
    }

    private double timed(String what, int turn, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%s %d: %s%n", what, turn + 1, speed(seconds));
        Path written = folder.resolve(what);
        try (Stream<Path> files = Files.walk(written)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return seconds;
    }

    private String speed(double seconds) throws IOException {
        return String.format(Locale.ROOT, "%,.1f messages/s, %.1f MB/s", emails / seconds, bytes() / seconds / 1e6);
    }

    /** Of all emails. */
    private long bytes() throws IOException {
        return Files.size(drop.resolve("0.eml")) * emails;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }
}
