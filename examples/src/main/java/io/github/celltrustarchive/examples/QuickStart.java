// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.SizePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        versionProvider = Commands.Version.class,
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

    @Mixin
    private RunOptions runs = new RunOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs and exits with the exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return Commands.of(new QuickStart());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Export export = export();
        LocalArchive archive = new LocalArchive(spec.commandLine(), export, out, profile(export), parallel);
        return new ArchiveRuns(archive, runs)
                .run("Archiving " + Commands.shown(export.source()) + " into " + Commands.shown(out));
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
        Commands.refuse(spec.commandLine(), runs.problems());
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

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
