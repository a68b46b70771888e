// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.ArchivePipeline;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.OperatorReport;
import io.github.celltrustarchive.model.PreflightReport;
import io.github.celltrustarchive.model.RunReport;
import io.github.celltrustarchive.model.Selection;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.report.PreflightText;
import io.github.celltrustarchive.report.PreviewText;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.spi.ArchiveListener;
import io.github.celltrustarchive.spi.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "3:The run was broken off. The next run goes on.",
            "4:The check before the run failed. Nothing was archived."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  quick-start --dry-run",
            "  quick-start --source in.jsonl --map users.csv --every 24h",
            "  quick-start --source in.jsonl --map users.csv --remap"
        })
public final class QuickStart implements Callable<Integer> {

    private static final int BROKEN_OFF = 3;
    private static final int NOT_READY = 4;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MAX_PREVIEW = 1_000_000;

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

    @Option(
            names = "--limit-bytes",
            paramLabel = "N",
            description = "Leave attachments out that bring an email over this many bytes of content; they stay in the"
                    + " stage. Default: 150,000,000.")
    private @Nullable Long limitBytes;

    @Option(
            names = "--connector-compatible",
            description =
                    "The limits of Microsoft's connector: 10 MB (10,485,760 bytes) for an attachment and an item.")
    private boolean connectorCompatible;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "Run again and again, this long after the last beginning: 24h, 90m, 30s, 1d, or ISO 8601 such"
                    + " as PT24H. Ends cleanly with ctrl-c.")
    private @Nullable Duration every;

    @Option(names = "--dry-run", description = "Tell what a run would do, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--remap",
            description =
                    "First ask again for the mailbox of every user who has none, however long ago the message was.")
    private boolean remap;

    @Option(
            names = "--release",
            description = "First try again what is held: records, users and deliveries, after their cause was mended.")
    private boolean release;

    @Option(
            names = "--operator",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who remaps and releases, for the audit trail. Default: the user of this process.")
    private String operator = "";

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
        LocalArchive archive = new LocalArchive(spec.commandLine(), export, out, profile(export), parallel);
        if (dryRun) {
            preview(archive, screen);
            return CommandLine.ExitCode.OK;
        }
        screen.println("Archiving " + shown(export.source()) + " into " + shown(out));
        return every == null ? runOnce(archive, screen) : runEvery(archive, every, screen);
    }

    private int runOnce(LocalArchive archive, PrintWriter screen) throws IOException, InterruptedException {
        ProgressBar progress = ProgressBar.on(screen);
        try (Ledger ledger = archive.ledger();
                ArchivePipeline pipeline = archive.pipeline(ledger, progress)) {
            if (!ready(pipeline)) {
                return NOT_READY;
            }
            if (release) {
                tell(screen, "Released", pipeline.release(Selection.all(), operator));
            }
            if (remap) {
                tell(screen, "Remapped", pipeline.remap(Selection.all(), operator));
            }
            RunReport report = pipeline.run();
            progress.end();
            new Summary(out, screen).print(report, ledger);
        }
        screen.flush();
        return CommandLine.ExitCode.OK;
    }

    private int runEvery(LocalArchive archive, Duration interval, PrintWriter screen)
            throws IOException, InterruptedException {
        try (Ledger ledger = archive.ledger();
                ArchivePipeline pipeline = archive.pipeline(ledger, ArchiveListener.NONE)) {
            if (!ready(pipeline)) {
                return NOT_READY;
            }
        }
        new ScheduledArchive(archive, screen, spec.commandLine().getErr()).run(interval);
        return CommandLine.ExitCode.OK;
    }

    /** Shows what isn't as it should be. */
    private boolean ready(ArchivePipeline pipeline) throws IOException, InterruptedException {
        PreflightReport report = pipeline.preflight();
        PrintWriter errors = spec.commandLine().getErr();
        PreflightText.writeFindings(report, errors);
        errors.flush();
        return report.passed();
    }

    private static void tell(PrintWriter screen, String what, OperatorReport report) {
        screen.println(what + ": " + report.items() + " records, " + report.participants() + " users of messages, "
                + report.deliveries() + " deliveries; " + report.itemsStillHeld() + " records are still held");
    }

    /** Without an archive there is nothing known yet; its folder isn't made for a mere look. */
    private static void preview(LocalArchive archive, PrintWriter screen) throws IOException, InterruptedException {
        Path empty = archive.exists() ? null : Files.createTempDirectory("quick-start");
        try (Ledger ledger = empty == null ? archive.ledger() : archive.ledgerIn(empty);
                ArchivePipeline pipeline = archive.pipeline(ledger, ArchiveListener.NONE)) {
            PreviewText.write(pipeline.preview(MAX_PREVIEW), screen);
        } finally {
            if (empty != null) {
                deleteAll(empty);
            }
        }
        screen.flush();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private ConnectorProfile profile(Export export) {
        try {
            return ConnectorProfile.builder(name)
                    .ownedDomains(export.domains())
                    .sizePolicy(sizePolicy())
                    .build();
        } catch (IllegalStateException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private SizePolicy sizePolicy() {
        if (connectorCompatible) {
            return SizePolicy.connectorCompatible();
        }
        return limitBytes == null ? SizePolicy.DEFAULT : new SizePolicy(limitBytes, limitBytes);
    }

    private void checkOptions() {
        check(parallel >= 1, "--parallel must be at least 1");
        check(limitBytes == null || limitBytes >= 0, "--limit-bytes must not be negative");
        check(limitBytes == null || !connectorCompatible, "give --limit-bytes or --connector-compatible, not both");
        check(!dryRun || (every == null && !remap && !release), "--dry-run writes nothing: give it alone");
        check(every == null || (!remap && !release), "--remap and --release are for one run: not with --every");
        check(
                every == null || (every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0),
                "--every must be from 1 second to 366 days");
        check(!operator.isBlank(), "--operator must not be blank");
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    private Export export() {
        checkOptions();
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
