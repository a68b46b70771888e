// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples.smsbackup;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.report.StatusLog;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Archives the backups of one phone into the mailbox of its owner. */
public final class SmsBackupArchive {

    private static final int ARGUMENTS = 4;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int BROKEN_OFF = 3;

    private SmsBackupArchive() {}

    /** {@code backup.xml-or-folder out-folder phone-number mailbox-address}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != ARGUMENTS) {
            System.err.println("Usage: SmsBackupArchive <backup.xml or folder> <out folder> <the phone's number>"
                    + " <its owner's address>");
            System.exit(WRONG_ARGUMENTS);
        }
        RunReport report = archive(Path.of(args[0]), Path.of(args[1]), args[2], args[3], System.out);
        if (!report.problems().isEmpty()) {
            report.problems().forEach(System.err::println);
            System.exit(BROKEN_OFF);
        }
    }

    /** One run. What couldn't be read is in the report's problems. */
    static RunReport archive(Path backups, Path out, String owner, String address, Appendable screen)
            throws IOException, InterruptedException {
        Files.createDirectories(out);
        ConnectorProfile profile = ConnectorProfile.builder("sms-backup").build();
        try (Ledger ledger = JdbcLedger.sqlite(out.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = ArchivePipeline.builder(profile)
                        .source(new SmsBackupSource(backups, owner))
                        .mapper(ownerOf(owner, address))
                        .stager(new FolderStager(out.resolve("stage")))
                        .sink(MaildirSink.of(out.resolve("mail")))
                        .ledger(ledger)
                        .exclude(
                                "drafts",
                                item -> "draft".equals(item.properties().get("status")))
                        .patience(Duration.ZERO) // somebody is waiting; a backup that is refused now will be tomorrow
                        .build()) {
            RunReport report = pipeline.run();
            StatusLog.of(report, ledger).writeText(screen);
            return report;
        }
    }

    /** A phone's backup is its owner's; whoever else took part is nobody of the firm's, or has a phone of their own. */
    private static UserMapper ownerOf(String phone, String address) {
        Mailbox mailbox = new Mailbox(address.toLowerCase(Locale.ROOT), address);
        return (participant, at) ->
                phone.equals(participant.phone()) ? Mapping.to(mailbox, "the phone's owner") : Mapping.external();
    }
}
