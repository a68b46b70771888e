// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * An archive whose stage, mail, ledger and status logs lie in one folder.
 *
 * @param command for telling the user that an option is wrong
 * @param export what is archived
 * @param out the folder
 * @param profile the connector
 * @param parallel how many mailboxes to deliver to at once
 */
record LocalArchive(CommandLine command, Export export, Path out, ConnectorProfile profile, int parallel)
        implements HostedArchive {

    @Override
    public ArchivePipeline pipeline(Ledger ledger, ArchiveListener listener) throws IOException {
        return ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(export.source()))
                .mapper(mapper(command, export))
                .stager(new FolderStager(out.resolve("stage")))
                .sink(MaildirSink.of(out.resolve("mail")))
                .ledger(ledger)
                .listener(listener)
                .parallelMailboxes(parallel)
                .patience(Duration.ofSeconds(10)) // somebody is watching
                .build();
    }

    @Override
    public void printMailboxes(PrintWriter screen) throws IOException {
        new MaildirList(out.resolve("mail")).print(screen);
    }

    /** The file first; who isn't in it is mapped by address, if the firm's domains are known. */
    static UserMapper mapper(CommandLine command, Export export) throws IOException {
        Path map = export.map();
        if (map == null) {
            return new EmailUserMapper(export.domains());
        }
        UserMapper byFile = byFile(command, map);
        return export.domains().isEmpty() ? byFile : byFile.orElse(new EmailUserMapper(export.domains()));
    }

    /** The mapping in a CSV file. */
    static UserMapper byFile(CommandLine command, Path map) throws IOException {
        try {
            return CsvUserMapper.load(map);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--map: " + e.getMessage());
        }
    }
}
