// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What a command archives into, with ledger and status logs in one folder. */
interface HostedArchive {

    /** The ledger's file in {@link #out()}. */
    String LEDGER = "ledger.db";

    /** For telling the user that an option is wrong. */
    CommandLine command();

    /** The folder with ledger and status logs. */
    Path out();

    /** A pipeline over this ledger; the caller closes it. */
    ArchivePipeline pipeline(Ledger ledger, ArchiveListener listener) throws IOException;

    /** Shows where messages have gone. */
    void printMailboxes(PrintWriter screen) throws IOException;

    /** Ends what was started for the archive, once no run is under way. */
    default void end() {}

    /** Whether a run has been here. */
    default boolean exists() {
        return Files.exists(out().resolve(LEDGER));
    }

    /** The ledger, made if need be; the caller closes it. */
    default Ledger ledger() {
        return ledgerIn(out());
    }

    /** A new ledger in another folder, which knows of nothing. */
    default Ledger ledgerIn(Path folder) {
        try {
            return JdbcLedger.sqlite(folder.resolve(LEDGER), new DiskStorage(), Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command(), "--out: " + e.getMessage());
        }
    }
}
