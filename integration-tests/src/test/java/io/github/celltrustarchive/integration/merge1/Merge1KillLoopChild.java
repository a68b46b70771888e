// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.merge1;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.integration.crash.ArchivedMessages;
import io.github.celltrustarchive.integration.crash.KillLoop;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.staging.FolderStager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** A process that archives from a Merge1 source and may be killed at any moment. Arguments: its folder, and the source's. */
public final class Merge1KillLoopChild {

    static final String CONNECTOR = "merge1-kills";

    private Merge1KillLoopChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        ConnectorProfile profile = ConnectorProfile.builder(CONNECTOR)
                .ownedDomains(List.of("example.com"))
                .build();
        DiskStorage storage = new DiskStorage();
        List<String> arguments = Arrays.asList(args).subList(1, args.length);
        try (ChildSource made = ChildSource.of(profile, folder, arguments);
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(made.source())
                        .stager(new FolderStager(folder.resolve("stage"), storage))
                        .sink(MaildirSink.of(folder.resolve(ArchivedMessages.MAIL)))
                        .ledger(JdbcLedger.sqlite(folder.resolve(ArchivedMessages.LEDGER), storage, Clock.systemUTC()))
                        .pageSize(40)
                        .parallelMailboxes(2)
                        .build()) {
            Files.writeString(folder.resolve(KillLoop.STARTED), "");
            RunReport report = pipeline.run();
            if (!report.counts().addsUp()
                    || report.counts().pending() != 0
                    || !report.problems().isEmpty()) {
                throw new IllegalStateException(
                        "run " + report.run() + " ended with " + report.counts() + " " + report.problems());
            }
        }
    }
}
