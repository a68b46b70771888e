// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the commands have in common towards the person at the screen. */
final class Commands {

    /** Exit code: the run was broken off. */
    static final int BROKEN_OFF = 3;

    /** Exit code: the check before the run failed. */
    static final int NOT_READY = 4;

    private Commands() {}

    /** A command line that explains in one line what went wrong. */
    static CommandLine of(Object command) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.setParameterExceptionHandler((wrong, args) -> {
            wrong.getCommandLine().getErr().println(wrong.getMessage() + System.lineSeparator() + "See --help.");
            return CommandLine.ExitCode.USAGE;
        });
        commandLine.setExecutionExceptionHandler((failure, which, parsed) -> explain(failure, which.getErr()));
        return commandLine;
    }

    /** Names all problems at once, if there are any. */
    static void refuse(CommandLine command, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ParameterException(command, String.join(System.lineSeparator(), problems));
        }
    }

    /** Short where it lies below the working folder. */
    static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(here) ? here.relativize(path) : path;
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

    /** Says which build this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"celltrust-archive examples " + (version == null ? "(not packaged)" : version)};
        }
    }
}
