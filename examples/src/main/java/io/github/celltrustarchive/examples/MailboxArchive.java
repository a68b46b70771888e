// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.graph.GraphMailboxSink;
import io.github.celltrustarchive.graph.GraphMailboxSinkBuilder;
import io.github.celltrustarchive.graph.GraphUserMapper;
import io.github.celltrustarchive.graph.GraphUserMapperBuilder;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.UserMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/**
 * An archive in mailboxes of Exchange Online, staged in Blob Storage.
 *
 * @param command for telling the user that an option is wrong
 * @param out the folder of ledger and status logs
 * @param export what is archived
 * @param profile the connector
 * @param parallel how many mailboxes to deliver to at once
 * @param connection tenant and stage
 * @param settings of directory and mailboxes
 * @param mailboxes shows them
 * @param atEnd ends what was started for the archive
 */
record MailboxArchive(
        CommandLine command,
        Path out,
        Export export,
        ConnectorProfile profile,
        int parallel,
        Connection connection,
        Settings settings,
        MailboxList mailboxes,
        Runnable atEnd)
        implements HostedArchive {

    /** How long a mailbox that has had all the bytes it may have is left alone; a run waits that long for it. */
    private static final Duration BYTE_WINDOW = Duration.ofMinutes(5);

    /** Shows mailboxes to a person at the screen. */
    @FunctionalInterface
    interface MailboxList {
        void print(PrintWriter screen);
    }

    @Override
    public ArchivePipeline pipeline(Ledger ledger, ArchiveListener listener) throws IOException {
        return ArchivePipeline.builder(profile)
                .source(export.opening().open())
                .mapper(mapper())
                .stager(connection.stage().get())
                .sink(sink())
                .ledger(ledger)
                .listener(listener)
                .parallelMailboxes(parallel)
                .patience(BYTE_WINDOW.plusMinutes(1))
                .build();
    }

    /** The file first, identified by the directory, so that a person under two addresses has one mailbox; then the directory. */
    private UserMapper mapper() throws IOException {
        GraphUserMapperBuilder builder = GraphUserMapper.builder(connection.cloud(), connection.tokens())
                .httpClient(connection.client())
                .ownedDomains(export.domains())
                .phones(settings.flag(Setting.PHONES, false));
        settings.text(Setting.GROUP).ifPresent(builder::group);
        GraphUserMapper directory = builder.build();
        Path map = export.map();
        return map == null
                ? directory
                : directory.identifying(LocalArchive.byFile(command, map)).orElse(directory);
    }

    private GraphMailboxSink sink() {
        GraphMailboxSinkBuilder builder = sink(connection, profile, settings);
        settings.text(Setting.CHECKED_MAILBOX).ifPresent(builder::checkedMailbox);
        return builder.build();
    }

    /** The sink as the settings have it. */
    static GraphMailboxSinkBuilder sink(Connection connection, ConnectorProfile profile, Settings settings) {
        GraphMailboxSinkBuilder builder = GraphMailboxSink.builder(connection.cloud(), connection.tokens(), profile)
                .httpClient(connection.client())
                .markRead(settings.flag(Setting.MARK_READ, true))
                .attachOriginal(settings.flag(Setting.ATTACH_ORIGINAL, false))
                .noteMessageClass(settings.flag(Setting.NOTE_CLASS, false));
        if (settings.text(Setting.MAX_MESSAGE_BYTES).isPresent()) {
            builder.maxMessageBytes(settings.number(Setting.MAX_MESSAGE_BYTES, 1));
        }
        return builder;
    }

    @Override
    public void printMailboxes(PrintWriter screen) {
        mailboxes.print(screen);
    }

    @Override
    public void end() {
        atEnd.run();
    }
}
