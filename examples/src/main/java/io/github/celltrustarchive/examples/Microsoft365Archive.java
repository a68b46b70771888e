// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SizePolicy;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole host for Microsoft 365: export, stage in Blob Storage, directory, mailboxes, status log. */
@Command(
        name = "microsoft-365",
        description = {
            "Archives an export in JSON Lines into mailboxes of Exchange Online: every message once, in the mailbox of"
                    + " every participant. Packs are staged in Azure Blob Storage.",
            "With --simulate it needs no account: tenant and storage are simulated on this machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = Microsoft365Probe.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The run was completed. What failed or waits is in the totals and the status log.",
            "2:An option or setting is wrong.",
            "3:The run was broken off. The next run goes on.",
            "4:The check before the run failed. Nothing was archived."
        })
public final class Microsoft365Archive implements Callable<Integer> {

    private static final Pattern LOOPBACK =
            Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::\\d{1,5})?/devstoreaccount1");
    private static final String DEFAULT_OUT = "celltrust-archive-365-out";
    private static final String DEFAULT_NAME = "microsoft-365";
    private static final long DEFAULT_MESSAGE = 36_700_160; // as the sink has it
    private static final long HEAD = 262_144; // text and header of an email

    @Option(
            names = "--simulate",
            description = "Simulate tenant and mailboxes, and stage in the emulator Azurite. Reads no setting but those"
                    + " given as options.")
    private boolean simulate;

    @Option(names = "--config", paramLabel = "FILE", description = "A properties file with settings, see below.")
    private @Nullable Path config;

    @Option(
            names = "--source",
            paramLabel = "FILE|FOLDER",
            description = "An export, or a folder of *.jsonl exports (docs/record-format.md). Default with --simulate:"
                    + " the sample.")
    private @Nullable String source;

    @Option(
            names = "--map",
            paramLabel = "CSV",
            description = "Which user has which mailbox (docs/record-format.md); asked before the directory.")
    private @Nullable String map;

    @Option(
            names = "--domains",
            paramLabel = "DOMAIN,...",
            description = "The firm's own domains; an address elsewhere is an outsider's.")
    private @Nullable String domains;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where ledger and status logs go. Default: " + DEFAULT_OUT + ".")
    private @Nullable String out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The connector's name; never change it for an archive. Default: " + DEFAULT_NAME + ".")
    private @Nullable String name;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many mailboxes to deliver to at once. Default: 4.")
    private @Nullable String parallel;

    @Option(names = "--stage-folder", paramLabel = "FOLDER", description = "Stage in a folder, not in Blob Storage.")
    private @Nullable String stageFolder;

    @Option(
            names = "--blob-endpoint",
            paramLabel = "URL",
            description = "Where Blob Storage is, if not below the account's name; with --simulate an Azurite that runs"
                    + " already, such as http://127.0.0.1:10000/devstoreaccount1.")
    private @Nullable String blobEndpoint;

    @Mixin
    private RunOptions runs = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Map<String, String> environment;

    Microsoft365Archive(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Runs and exits with the exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = Commands.of(new Microsoft365Archive(environment));
        for (CommandLine each :
                List.of(commandLine, commandLine.getSubcommands().get("probe"))) {
            each.getCommandSpec()
                    .usageMessage()
                    .footerHeading("%nSettings, as environment variables or lines of the file (options come first):%n")
                    .footer(Setting.help());
        }
        return commandLine;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return simulate ? simulated() : real();
    }

    private int real() throws IOException, InterruptedException {
        Settings settings = Settings.of(options(), environment, config);
        runs.problems().forEach(settings::problem);
        Optional<Connection> connection = new Tenant(settings).connection();
        settings.required(Setting.SOURCE);
        if (settings.text(Setting.MAP).isEmpty()
                && settings.list(Setting.DOMAINS).isEmpty()) {
            settings.problem("give " + Setting.DOMAINS.key() + ", the firm's own domains, or " + Setting.MAP.key());
        }
        Export export = export(settings).orElse(null);
        ConnectorProfile profile = profile(settings, export);
        MailboxArchive.MailboxList where = screen -> {
            screen.println();
            screen.println("Messages are in the folder " + profile.folder() + " of each mailbox");
        };
        if (export == null || connection.isEmpty()) {
            Commands.refuse(spec.commandLine(), settings.problems());
            throw new IllegalStateException("something is missing, and nobody said what");
        }
        HostedArchive archive = archive(settings, export, profile, connection.get(), where, () -> {});
        return run(archive, export, connection.get());
    }

    private int simulated() throws IOException, InterruptedException {
        Settings settings = Settings.ofOptions(options());
        runs.problems().forEach(settings::problem);
        if (config != null) {
            settings.problem("--simulate reads no settings: not with --config");
        }
        if (stageFolder != null && blobEndpoint != null) {
            settings.problem("give --stage-folder or --blob-endpoint, not both");
        }
        if (blobEndpoint != null && !LOOPBACK.matcher(blobEndpoint).matches()) {
            settings.problem("--blob-endpoint: with --simulate, an emulator on loopback such as"
                    + " http://127.0.0.1:10000/devstoreaccount1");
        }
        Export export = (source == null && map == null && domains == null ? SampleExport.find() : export(settings))
                .orElse(null);
        if (export == null) {
            settings.problem(
                    "the sample export isn't where it was built; name one with --source and --map or --domains");
        }
        ConnectorProfile profile = profile(settings, export);
        Optional<Azurite.Programs> programs = Azurite.find(environment);
        if (stageFolder == null && blobEndpoint == null && !runs.dryRun() && programs.isEmpty()) {
            settings.problem("--simulate needs the emulator Azurite (and Node.js): "
                    + Azurite.install(environment) + System.lineSeparator()
                    + "or give --stage-folder FOLDER, which needs nothing");
        }
        Commands.refuse(spec.commandLine(), settings.problems());
        if (export == null) {
            throw new IllegalStateException("something is missing, and nobody said what");
        }
        try (Simulation simulation = Simulation.start(SimulatedUsers.of(spec.commandLine(), export))) {
            simulation.closeAtExit(runs.every() == null); // else when the schedule has ended
            Connection connection = connection(simulation, settings, programs);
            HostedArchive archive = archive(settings, export, profile, connection, simulation::print, simulation::end);
            boolean known = archive.exists();
            int exit = run(archive, export, connection);
            if (exit == CommandLine.ExitCode.OK && !runs.dryRun() && !runs.preflight()) {
                simulation.printOnce(spec.commandLine().getOut());
                tellWhyEmpty(known, archive);
            }
            spec.commandLine().getOut().println();
            spec.commandLine().getOut().println("Nothing left this machine: tenant and mailboxes were simulated.");
            return simulation.clean() ? exit : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Connection connection(Simulation simulation, Settings settings, Optional<Azurite.Programs> programs)
            throws IOException, InterruptedException {
        Optional<Path> folder = settings.path(Setting.STAGE_FOLDER);
        if (folder.isPresent() || runs.dryRun()) {
            Path stage = folder.orElse(outFolder(settings).resolve("stage")); // which a dry run doesn't make
            return simulation.connection(() -> new FolderStager(stage), stage.toString());
        }
        return blobEndpoint != null
                ? simulation.connection(URI.create(blobEndpoint))
                : simulation.connection(
                        programs.orElseThrow(), outFolder(settings).resolve("azurite"));
    }

    /** A simulated mailbox is forgotten, the ledger isn't. */
    private void tellWhyEmpty(boolean known, HostedArchive archive) {
        PrintWriter screen = spec.commandLine().getOut();
        if (known) {
            screen.println();
            screen.println("The simulated mailboxes are new each time. The ledger in " + Commands.shown(archive.out())
                    + " knows what was delivered");
            screen.println("before, and nothing of it is delivered again; for another look delete the folder or give"
                    + " another --out.");
        }
    }

    private int run(HostedArchive archive, Export export, Connection connection)
            throws IOException, InterruptedException {
        return new ArchiveRuns(archive, runs)
                .run("Archiving " + Commands.shown(export.source()) + " into mailboxes at "
                        + connection.cloud().graph() + ", staged in " + connection.stagedIn() + ", ledger and logs in "
                        + Commands.shown(archive.out()));
    }

    private HostedArchive archive(
            Settings settings,
            Export export,
            ConnectorProfile profile,
            Connection connection,
            MailboxArchive.MailboxList mailboxes,
            Runnable atEnd) {
        int atOnce = (int) Math.min(settings.number(Setting.PARALLEL, 4), 1_000);
        HostedArchive archive = new MailboxArchive(
                spec.commandLine(),
                outFolder(settings),
                export,
                profile,
                atOnce,
                connection,
                settings,
                mailboxes,
                atEnd);
        settings.flag(Setting.PHONES, false);
        try {
            MailboxArchive.sink(connection, profile, settings).build(); // tells what is wrong
        } catch (IllegalStateException e) {
            settings.problem(String.valueOf(e.getMessage()));
        }
        Commands.refuse(spec.commandLine(), settings.problems());
        return archive;
    }

    private static Path outFolder(Settings settings) {
        return settings.path(Setting.OUT).orElse(Path.of(DEFAULT_OUT));
    }

    private static Optional<Export> export(Settings settings) {
        Optional<Path> map = settings.existing(Setting.MAP);
        return settings.existing(Setting.SOURCE)
                .map(from -> new Export(from, map.orElse(null), settings.list(Setting.DOMAINS)));
    }

    private static ConnectorProfile profile(Settings settings, @Nullable Export export) {
        ConnectorProfile.Builder builder =
                ConnectorProfile.builder(settings.text(Setting.NAME).orElse(DEFAULT_NAME));
        try {
            long content = contentOf(settings.number(Setting.MAX_MESSAGE_BYTES, DEFAULT_MESSAGE));
            return builder.ownedDomains(export == null ? Set.of() : export.domains())
                    .sizePolicy(new SizePolicy(content, content))
                    .build();
        } catch (IllegalStateException e) {
            settings.problem(String.valueOf(e.getMessage()));
            return ConnectorProfile.cellTrust(DEFAULT_NAME);
        }
    }

    /** How much content fits into an email of this size: base64 takes 1.37 bytes for each. */
    private static long contentOf(long messageBytes) {
        return Math.max(0, messageBytes - HEAD) * 72 / 100;
    }

    private Map<Setting, String> options() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        put(given, Setting.SOURCE, source);
        put(given, Setting.MAP, map);
        put(given, Setting.DOMAINS, domains);
        put(given, Setting.OUT, out);
        put(given, Setting.NAME, name);
        put(given, Setting.PARALLEL, parallel);
        put(given, Setting.STAGE_FOLDER, stageFolder);
        put(given, Setting.BLOB_ENDPOINT, blobEndpoint);
        return given;
    }

    private static void put(Map<Setting, String> given, Setting setting, @Nullable String value) {
        if (value != null) {
            given.put(setting, value);
        }
    }
}
