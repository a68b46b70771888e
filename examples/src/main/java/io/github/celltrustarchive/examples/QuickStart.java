// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.io.DiskStorage;
import io.github.celltrustarchive.ledger.JdbcLedger;
import io.github.celltrustarchive.mailbox.MaildirSink;
import io.github.celltrustarchive.mapping.CsvUserMapper;
import io.github.celltrustarchive.mapping.EmailUserMapper;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.source.JsonLinesSource;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.Ledger;
import io.github.celltrustarchive.spi.UserMapper;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A whole host: reads an export, archives it into Maildirs below one folder, and says what became of it. */
@Command(
        name = "quick-start",
        description = {
            "Archives an export in JSON Lines into Maildirs: every message once, in the mailbox of every participant.",
            "Without options it takes the sample export that ships with the examples. Run it as often as you like, and"
                    + " stop it whenever you like: the next run goes on, and nothing is delivered twice."
        },
        mixinStandardHelpOptions = true,
        versionProvider = QuickStart.Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The run was completed. What failed or waits is in the totals and the status log.",
            "2:An option is wrong.",
            "3:The run was broken off. The next run goes on."
        })
public final class QuickStart implements Callable<Integer> {

    private static final int BROKEN_OFF = 3;

    @Option(
            names = "--source",
            paramLabel = "FILE|FOLDER",
            description = "An export, or a folder of *.jsonl exports (docs/record-format.md). Default: the sample.")
    private @Nullable Path source;

    @Option(
            names = "--map",
            paramLabel = "CSV",
            description =
                    "Which user has which mailbox (docs/record-format.md). Default: the sample's, for the sample.")
    private @Nullable Path map;

    @Option(
            names = "--domains",
            paramLabel = "DOMAIN",
            split = ",",
            description =
                    "The firm's own domains: an address there is a mailbox. Default: the sample's, for the sample.")
    private @Nullable Set<String> domains;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "celltrust-archive-out",
            description = "Where stage, mail, ledger and status logs go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("celltrust-archive-out");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "quick-start",
            description = "The connector's name; never change it for an archive. Default: ${DEFAULT-VALUE}.")
    private String name = "quick-start";

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many mailboxes to deliver to at once. Default: ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs and exits with the exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new QuickStart());
        commandLine.setParameterExceptionHandler((wrong, args) -> {
            wrong.getCommandLine().getErr().println(wrong.getMessage() + System.lineSeparator() + "See --help.");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        return commandLine;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        Export export = export();
        ProgressBar progress = ProgressBar.on(screen);
        screen.println("Archiving " + shown(export.source()) + " into " + shown(out));
        try (Ledger ledger = JdbcLedger.sqlite(out.resolve("ledger.db"), new DiskStorage(), Clock.systemUTC());
                ArchivePipeline pipeline = pipeline(export, ledger, progress)) {
            RunReport report = pipeline.run();
            progress.end();
            new Summary(out, screen).print(report, ledger);
        }
        screen.flush();
        return CommandLine.ExitCode.OK;
    }

    private ArchivePipeline pipeline(Export export, Ledger ledger, ProgressBar progress) throws IOException {
        return ArchivePipeline.builder(profile(export))
                .source(JsonLinesSource.of(export.source()))
                .mapper(mapper(export))
                .stager(new FolderStager(out.resolve("stage")))
                .sink(MaildirSink.of(out.resolve("mail")))
                .ledger(ledger)
                .listener(progress)
                .parallelMailboxes(parallel)
                .patience(Duration.ofSeconds(10)) // somebody is watching
                .build();
    }

    /** The file first; who isn't in it is mapped by address, if the firm's domains are known. */
    private UserMapper mapper(Export export) throws IOException {
        if (export.map() == null) {
            return new EmailUserMapper(export.domains());
        }
        try {
            UserMapper byFile = CsvUserMapper.load(export.map());
            return export.domains().isEmpty() ? byFile : byFile.orElse(new EmailUserMapper(export.domains()));
        } catch (IllegalArgumentException e) {
            throw wrong("--map: " + e.getMessage());
        }
    }

    private ConnectorProfile profile(Export export) {
        try {
            return ConnectorProfile.builder(name).ownedDomains(export.domains()).build();
        } catch (IllegalStateException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Export export() {
        if (parallel < 1) {
            throw wrong("--parallel must be at least 1");
        }
        if (source == null && map == null && domains == null) {
            return SampleExport.find()
                    .orElseThrow(() -> wrong("the sample export isn't where it was built; name one with --source"));
        }
        if (source == null || (map == null && domains == null)) {
            throw wrong("give --source together with --map or --domains, or none of them for the sample");
        }
        if (!Files.isReadable(source)) {
            throw wrong("--source: there is no readable file or folder " + source);
        }
        if (map != null && !Files.isReadable(map)) {
            throw wrong("--map: there is no readable file " + map);
        }
        return new Export(source, map, domains == null ? Set.of() : domains);
    }

    /** Short where it lies below the working folder. */
    private static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(here) ? here.relativize(path) : path;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** One line for people; what the ledger has recorded is there for the next run. */
    private static int explain(Exception failure, PrintWriter errors) throws Exception {
        if (failure instanceof InterruptedException) {
            errors.println("Interrupted; the next run goes on.");
        } else if (failure instanceof ArchiveException || failure instanceof IOException) {
            errors.println("Broken off: " + describe(failure));
        } else {
            throw failure; // a bug; its stack trace is wanted
        }
        errors.flush();
        return BROKEN_OFF;
    }

    private static String describe(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof ArchiveException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }

    /** What is archived, and by which rules users are mapped. */
    record Export(Path source, @Nullable Path map, Set<String> domains) {}

    /** Says which build this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = QuickStart.class.getPackage().getImplementationVersion();
            return new String[] {"celltrust-archive quick start " + (version == null ? "(not packaged)" : version)};
        }
    }
}
