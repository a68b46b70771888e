// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be done with an archive, the same for every command that has one. */
final class RunOptions {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "Run again and again, this long after the last beginning: 24h, 90m, 30s, 1d, or ISO 8601 such"
                    + " as PT24H. Ends cleanly with ctrl-c.")
    private @Nullable Duration every;

    @Option(names = "--preflight", description = "Look whether a run could begin, tell what was found, and do no more.")
    private boolean preflight;

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

    @Nullable
    Duration every() {
        return every;
    }

    boolean preflight() {
        return preflight;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean remap() {
        return remap;
    }

    boolean release() {
        return release;
    }

    String operator() {
        return operator;
    }

    /** What doesn't fit together. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        long alone = Stream.of(every != null, remap || release, preflight)
                .filter(given -> given)
                .count();
        check(problems, !dryRun || alone == 0, "--dry-run writes nothing: give it alone");
        check(problems, !preflight || alone == 1, "--preflight only looks: give it alone");
        check(
                problems,
                every == null || (!remap && !release),
                "--remap and --release are for one run: not with --every");
        check(
                problems,
                every == null || (every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0),
                "--every must be from 1 second to 366 days");
        check(problems, !operator.isBlank(), "--operator must not be blank");
        return problems;
    }

    private static void check(List<String> problems, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
