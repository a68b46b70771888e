// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.staging.FolderStager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process that archives a folder and may be killed at any moment. Its working folder is its only argument. */
public final class KillLoopChild {

    private KillLoopChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        ConnectorProfile profile = ConnectorProfile.builder("kill-loop")
                .ownedDomains(List.of("example.com"))
                .build();
        Clock clock = Clock.systemUTC();
        DiskStorage storage = new DiskStorage();
        Files.writeString(folder.resolve(KillLoop.STARTED), "");
        try (ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(folder.resolve("export.jsonl")))
                .stager(new FolderStager(folder.resolve("stage"), storage))
                .sink(MaildirSink.of(folder.resolve("mail")))
                .ledger(JdbcLedger.sqlite(folder.resolve("ledger.db"), storage, clock))
                .pageSize(100)
                .parallelMailboxes(2)
                .build()) {
            RunReport report = pipeline.run();
            if (!report.counts().addsUp() || report.counts().pending() != 0) {
                throw new IllegalStateException("run " + report.run() + " ended with " + report.counts());
            }
        }
    }
}
