// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.benchmarks;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Times the whole path on real files: {@code collect} of mixed records into packs and ledger, and {@code deliver} of short
 * messages into Maildirs. Prints messages a second, CPU and the largest heap; see {@code benchmarks/README.md}.
 */
public final class EndToEnd {

    private EndToEnd() {}

    /** {@code collect FOLDER RECORDS} or {@code deliver FOLDER MESSAGES MAILBOXES PARALLEL}; the folder must not exist. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[1]));
        int count = Integer.parseInt(args[2]);
        switch (args[0]) {
            case "collect" -> collect(folder, count, 200, 0.05);
            case "deliver" -> {
                int mailboxes = Integer.parseInt(args[3]);
                collect(folder, count / 2, mailboxes, 0);
                deliver(folder, count, Integer.parseInt(args[4]));
            }
            default -> throw new IllegalArgumentException("collect or deliver, not " + args[0]);
        }
    }

    private static void collect(Path folder, int records, int mailboxes, double pictures) throws Exception {
        Path export = folder.resolve("export.jsonl");
        new MixedExport(1, mailboxes, pictures).write(export, records);
        try (ArchivePipeline pipeline = pipeline(folder, export, 1)) {
            Measured.run("collect", records, Files.size(export), pipeline::collect);
        }
    }

    private static void deliver(Path folder, int messages, int parallel) throws Exception {
        try (ArchivePipeline pipeline = pipeline(folder, folder.resolve("export.jsonl"), parallel)) {
            RunReport report = Measured.run("deliver", messages, 0, pipeline::deliver);
            if (report.counts().imported() != messages) {
                throw new IllegalStateException("not all were delivered: " + report.counts());
            }
        }
    }

    private static ArchivePipeline pipeline(Path folder, Path export, int parallel) throws IOException {
        DiskStorage storage = new DiskStorage();
        return ArchivePipeline.builder(ConnectorProfile.builder("benchmark")
                        .ownedDomains(List.of("example.com"))
                        .build())
                .source(JsonLinesSource.of(export))
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(MaildirSink.of(folder.resolve("mail")))
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, Clock.systemUTC()))
                .parallelMailboxes(parallel)
                .build();
    }
}
