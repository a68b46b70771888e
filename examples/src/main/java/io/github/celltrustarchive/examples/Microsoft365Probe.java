// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.graph.ProbeReport;
import io.github.celltrustarchive.graph.ProbeReport.Finding;
import io.github.celltrustarchive.graph.ProbeReport.Verdict;
import io.github.celltrustarchive.model.ConnectorProfile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tells what a tenant makes of what the archive writes, in one test mailbox. */
@Command(
        name = "probe",
        description = {
            "Writes one made-up message into a test mailbox, in a folder of its own (Inbox/CellTrust-Probe), as the archive"
                    + " would; reads every property back and tells what was honoured; then removes message and folder.",
            "Needs the settings of the tenant; storage, source and mapping don't matter to it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:Everything came back as it was sent, and nothing is left.",
            "1:Something came back otherwise or not at all, or something is left.",
            "2:An option or setting is wrong.",
            "3:The message couldn't be written."
        })
final class Microsoft365Probe implements Callable<Integer> {

    private static final String SIMULATED = "test.mailbox@bank.example";

    @Option(
            names = "--simulate",
            description = "Probe a simulated mailbox: shows what the probe does, and proves nothing.")
    private boolean simulate;

    @Option(names = "--config", paramLabel = "FILE", description = "A properties file with settings, see below.")
    private @Nullable Path config;

    @Option(names = "--mailbox", paramLabel = "ADDRESS", description = "The test mailbox.")
    private @Nullable String mailbox;

    @Option(names = "--large", description = "Send a second attachment of 3.5 MB, by upload session.")
    private boolean large;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Microsoft365Archive archive;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (simulate) {
            Settings none = Settings.ofOptions(Map.of());
            if (mailbox != null || config != null) {
                none.problem("--simulate has a mailbox of its own: not with --mailbox or --config");
            }
            Commands.refuse(spec.commandLine(), none.problems());
            try (Simulation simulation = Simulation.start(List.of(SIMULATED))) {
                int exit = probe(simulation.connection(), none, SIMULATED);
                return simulation.clean() ? exit : CommandLine.ExitCode.SOFTWARE;
            }
        }
        Settings settings = Settings.of(Map.of(), archive.environment(), config);
        Optional<Connection> tenant = new Tenant(settings).withoutStage();
        String address = mailbox == null ? "" : mailbox.strip();
        if (address.isEmpty()) {
            settings.problem("--mailbox is missing: the address of a mailbox for tests");
        }
        Commands.refuse(spec.commandLine(), settings.problems());
        return probe(tenant.orElseThrow(), settings, address);
    }

    private int probe(Connection connection, Settings settings, String address)
            throws IOException, InterruptedException {
        PrintWriter screen = spec.commandLine().getOut();
        ProbeReport report;
        try {
            report = MailboxArchive.sink(connection, ConnectorProfile.cellTrust("probe"), settings)
                    .buildProbe()
                    .run(address, large);
        } catch (IllegalArgumentException | IllegalStateException e) {
            settings.problem("--mailbox or settings: " + e.getMessage());
            Commands.refuse(spec.commandLine(), settings.problems());
            return CommandLine.ExitCode.USAGE;
        }
        screen.println("Probe of " + address + " at " + connection.cloud().graph());
        screen.println();
        report.findings().forEach(finding -> print(screen, finding));
        screen.println();
        screen.printf(
                "%d properties = %d pass + %d different + %d missing%n",
                report.findings().size(),
                count(report, Verdict.PASS),
                count(report, Verdict.DIFFERENT),
                count(report, Verdict.MISSING));
        if (report.left().isEmpty()) {
            screen.println("Message and folder are removed; holds and the retention of deleted items may keep a copy.");
        }
        report.left().forEach(what -> screen.println("Left: " + what));
        screen.flush();
        return report.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static long count(ProbeReport report, Verdict verdict) {
        return report.findings().stream()
                .filter(each -> each.verdict() == verdict)
                .count();
    }

    /** What isn't as it was sent is told with what that means. */
    private static void print(PrintWriter screen, Finding finding) {
        screen.printf(Locale.ROOT, "%-10s %-34s %s%n", finding.verdict(), finding.property(), finding.found());
        if (finding.verdict() != Verdict.PASS) {
            screen.println("           sent: " + finding.sent());
            screen.println("           → " + finding.meaning());
        }
    }
}
