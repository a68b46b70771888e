// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.examples.QuickStart.Export;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
record LocalArchive(CommandLine command, Export export, Path out, ConnectorProfile profile, int parallel) {

    private static final String LEDGER = "ledger.db";

    /** Whether a run has been here. */
    boolean exists() {
        return Files.exists(out.resolve(LEDGER));
    }

    /** The ledger, made if need be; the caller closes it. */
    Ledger ledger() {
        return ledgerIn(out);
    }

    /** A new ledger in another folder, which knows of nothing. */
    Ledger ledgerIn(Path folder) {
        try {
            return JdbcLedger.sqlite(folder.resolve(LEDGER), new DiskStorage(), Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--out: " + e.getMessage());
        }
    }

    /** A pipeline over this ledger; the caller closes it. */
    ArchivePipeline pipeline(Ledger ledger, ArchiveListener listener) throws IOException {
        return ArchivePipeline.builder(profile)
                .source(JsonLinesSource.of(export.source()))
                .mapper(mapper())
                .stager(new FolderStager(out.resolve("stage")))
                .sink(MaildirSink.of(out.resolve("mail")))
                .ledger(ledger)
                .listener(listener)
                .parallelMailboxes(parallel)
                .patience(Duration.ofSeconds(10)) // somebody is watching
                .build();
    }

    /** The file first; who isn't in it is mapped by address, if the firm's domains are known. */
    private UserMapper mapper() throws IOException {
        if (export.map() == null) {
            return new EmailUserMapper(export.domains());
        }
        try {
            UserMapper byFile = CsvUserMapper.load(export.map());
            return export.domains().isEmpty() ? byFile : byFile.orElse(new EmailUserMapper(export.domains()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "--map: " + e.getMessage());
        }
    }
}
