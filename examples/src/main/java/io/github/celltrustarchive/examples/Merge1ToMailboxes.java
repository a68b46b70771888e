// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.merge1.Merge1EmlParser;
import io.github.celltrustarchive.merge1.Merge1Profiles;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.staging.FolderStager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole host for what a Merge1 site has made: site or drop folder, stage, mailboxes, status log. */
@Command(
        name = "merge1",
        description = {
            "Archives the emails that a Merge1 site made of messages: each one byte for byte, once, in the mailbox of every"
                    + " participant that its Email property names.",
            "Without options site and day are simulated on this machine. The protocol of --site is this project's own"
                    + " (docs/merge1-site.md): put a gateway in front of your site, or use its drop folder."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The run was completed. What failed or waits is in the totals and the status log.",
            "2:An option or setting is wrong.",
            "3:The run was broken off. The next run goes on.",
            "4:The check before the run failed. Nothing was archived."
        },
        footerHeading = "%nCredentials, as environment variables:%n")
public final class Merge1ToMailboxes implements Callable<Integer> {

    private static final String OUT = "celltrust-archive-merge1-out";
    private static final String SFTP = "sftp://";

    @Option(
            names = "--simulate",
            description =
                    "A site on this machine that has copied a day of a firm's messages, awkward ones among them: the"
                            + " default if neither --site nor --drop is given.")
    private boolean simulate;

    @Option(names = "--site", paramLabel = "URL", description = "A site, or a gateway to one (docs/merge1-site.yaml).")
    private @Nullable String site;

    @Option(
            names = "--drop",
            paramLabel = "FOLDER|URL",
            description = "The folder where a site puts EML files; or one on a server: sftp://user@host:port/folder.")
    private @Nullable String drop;

    @Option(
            names = "--connector",
            paramLabel = "NAME",
            defaultValue = "CellTrust daily",
            description = "The connector's name on the site. Default: ${DEFAULT-VALUE}.")
    private String connector = "";

    @Option(
            names = "--archived",
            paramLabel = "WHAT",
            defaultValue = "leave",
            description =
                    "What becomes of archived files of a drop folder: leave, move (to Archived) or delete. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Merge1Drop.After archived = Merge1Drop.After.LEAVE;

    @Option(
            names = "--quiet-period",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "2m",
            description = "How long a file must have stayed the same. Default: ${DEFAULT-VALUE}.")
    private Duration quiet = Duration.ofMinutes(2);

    @Option(
            names = "--host-key",
            paramLabel = "SHA256:...",
            description = "The fingerprint of the SFTP server's key; or")
    private @Nullable String hostKey;

    @Option(names = "--known-hosts", paramLabel = "FILE", description = "a file of OpenSSH that has the key.")
    private @Nullable Path knownHosts;

    @Option(
            names = "--profile",
            paramLabel = "SOURCE",
            defaultValue = "CellTrust",
            description =
                    "Which of Merge1's sources it is, such as \"Redtail Speak\": decides folder and message class."
                            + " Default: ${DEFAULT-VALUE}.")
    private String profileName = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "merge1",
            description = "This archive's name in ledger and logs; never change it. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Option(
            names = "--domains",
            paramLabel = "DOMAIN",
            split = ",",
            description = "The firm's own domains: an address there is a mailbox. Default with --simulate: "
                    + Merge1Day.DOMAIN + ".")
    private @Nullable Set<String> domains;

    @Option(
            names = "--map",
            paramLabel = "CSV",
            description = "Which user has which mailbox; asked before the domains.")
    private @Nullable Path map;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = OUT,
            description = "Where stage, mail, ledger and status logs go. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of(OUT);

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many mailboxes to deliver to at once. Default: ${DEFAULT-VALUE}.")
    private int parallel = 1;

    @Option(
            names = "--microsoft-365-simulated",
            description =
                    "Into simulated mailboxes of Microsoft 365 instead of Maildirs; staged in the emulator Azurite if"
                            + " it is installed.")
    private boolean microsoft365;

    @Option(names = "--once", description = "One run: the default without --every. The reference runs --every 24h.")
    private boolean once;

    @Mixin
    private RunOptions runs = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final Map<String, String> environment;

    Merge1ToMailboxes(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Runs and exits with the exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(System.getenv()).execute(args));
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = Commands.of(new Merge1ToMailboxes(environment));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.getCommandSpec().usageMessage().footer(Merge1Access.HELP);
        return commandLine;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> problems = problems();
        Optional<ConnectorProfile> profile = profile(problems);
        Commands.refuse(spec.commandLine(), problems);
        boolean looks = runs.dryRun() || runs.preflight();
        Path downloads = looks ? Files.createTempDirectory("celltrust-archive-downloads") : out.resolve("downloads");
        try (Merge1Origin origin = origin(profile.orElseThrow(), downloads)) {
            return archive(profile.orElseThrow(), origin);
        } finally {
            if (looks) {
                ArchiveRuns.deleteAll(downloads);
            }
        }
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(runs.problems());
        long given = Stream.of(simulate, site != null, drop != null)
                .filter(each -> each)
                .count();
        check(problems, given <= 1, "give one of --simulate, --site and --drop");
        boolean simulated = site == null && drop == null;
        check(problems, simulated || map != null || domains != null, "give --domains, the firm's own, or --map");
        check(problems, map == null || Files.isReadable(map), "--map: there is no readable file " + map);
        check(problems, parallel >= 1, "--parallel must be at least 1");
        check(problems, !once || runs.every() == null, "give --once or --every, not both");
        boolean sftp = drop != null && drop.startsWith(SFTP);
        check(
                problems,
                sftp || (hostKey == null && knownHosts == null),
                "--host-key and --known-hosts are for sftp://");
        check(problems, drop != null || archived == Merge1Drop.After.LEAVE, "--archived is for --drop");
        return problems;
    }

    private static void check(List<String> problems, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private Optional<ConnectorProfile> profile(List<String> problems) {
        try {
            return Optional.of(Merge1Profiles.named(profileName)
                    .builder(name)
                    .ownedDomains(ownedDomains())
                    .build());
        } catch (NoSuchElementException e) {
            problems.add("--profile: " + e.getMessage());
        } catch (IllegalStateException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private Set<String> ownedDomains() {
        if (domains != null) {
            return domains;
        }
        return site == null && drop == null ? Set.of(Merge1Day.DOMAIN) : Set.of();
    }

    private Merge1Origin origin(ConnectorProfile profile, Path downloads) throws IOException, InterruptedException {
        if (site == null && drop == null) {
            return Merge1SiteOrigin.simulated(profile, connector, downloads);
        }
        List<String> problems = new ArrayList<>();
        Merge1Access access = new Merge1Access(environment, problems);
        Optional<Merge1Origin> origin;
        if (site != null) {
            origin = access.site(site, connector, downloads);
        } else {
            String folder = String.valueOf(drop);
            origin = folder.startsWith(SFTP)
                    ? access.server(folder, hostKey, knownHosts, archived, quiet)
                    : access.folder(Path.of(folder), archived, quiet);
        }
        Commands.refuse(spec.commandLine(), problems);
        return origin.orElseThrow();
    }

    private int archive(ConnectorProfile profile, Merge1Origin origin) throws IOException, InterruptedException {
        Merge1EmlParser parser = Merge1EmlParser.of(profile);
        Export export = new Export(out, map, ownedDomains(), () -> origin.open(parser));
        if (microsoft365) {
            return archiveSimulated(profile, origin, export);
        }
        Duration patience = runs.every() == null ? LocalArchive.WATCHED : Duration.ofMinutes(2);
        HostedArchive archive = new LocalArchive(spec.commandLine(), export, out, profile, parallel, patience);
        return run(archive, origin, "Maildirs in " + Commands.shown(out));
    }

    private int archiveSimulated(ConnectorProfile profile, Merge1Origin origin, Export export)
            throws IOException, InterruptedException {
        Settings defaults = Settings.ofOptions(new EnumMap<>(Setting.class));
        try (Simulation simulation = Simulation.start(SimulatedUsers.of(spec.commandLine(), export))) {
            Thread atExit = new Thread(simulation::close, "simulation-exit"); // ctrl-c must not leave Azurite behind
            Runtime.getRuntime().addShutdownHook(atExit);
            Connection connection = connection(simulation);
            HostedArchive archive = new MailboxArchive(
                    spec.commandLine(),
                    out,
                    export,
                    profile,
                    parallel,
                    connection,
                    defaults,
                    simulation::print,
                    simulation::close);
            int exit = run(archive, origin, "simulated mailboxes of Microsoft 365, staged in " + connection.stagedIn());
            return simulation.clean() ? exit : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Stages where the archive's packs are already; the first time in the emulator, if it is there. */
    private Connection connection(Simulation simulation) throws IOException, InterruptedException {
        Path stage = out.resolve("stage");
        Optional<Azurite.Programs> programs = Azurite.find(environment);
        return programs.isEmpty() || runs.dryRun() || runs.preflight() || Files.isDirectory(stage)
                ? simulation.connection(
                        () -> new FolderStager(stage), Commands.shown(stage).toString())
                : simulation.connection(programs.get(), out.resolve("azurite"));
    }

    private int run(HostedArchive archive, Merge1Origin origin, String target)
            throws IOException, InterruptedException {
        return new ArchiveRuns(archive, runs).run("Archiving from " + origin.shown() + " into " + target);
    }
}
