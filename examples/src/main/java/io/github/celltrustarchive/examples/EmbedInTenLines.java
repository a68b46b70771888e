// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.report.StatusLog;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** The ten lines of the README. */
public final class EmbedInTenLines {

    private EmbedInTenLines() {}

    /** Archives an export and writes the status log. */
    static void archive(Path exports, Path users, Path out, Appendable screen)
            throws IOException, InterruptedException {
        // README begin
        ConnectorProfile profile = ConnectorProfile.builder("sms")
                .ownedDomains(Set.of("bank.example"))
                .build();
        try (Ledger ledger = JdbcLedger.sqlite(out.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(JsonLinesSource.of(exports))
                        .mapper(CsvUserMapper.load(users).orElse(new EmailUserMapper(profile.ownedDomains())))
                        .stager(new FolderStager(out.resolve("stage")))
                        .sink(MaildirSink.of(out.resolve("mail")))
                        .ledger(ledger)
                        .build()) {
            StatusLog.of(pipeline.run(), ledger).writeText(screen);
        }
        // README end
    }
}
