// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Finds the programs of a real server, or skips the test with a line that says how to install them. With the system
 * property or environment variable {@code CELLTRUST_ARCHIVE_REQUIRE_SERVERS=true} a missing server is a failure.
 *
 * <p>Call it from {@code @BeforeAll} or from the test itself. Starting and stopping the server is the caller's; note
 * that PostgreSQL refuses to run as root.
 */
public final class RequiredServer {
    /** Makes missing servers failures; set in CI. */
    static final String REQUIRE = "CELLTRUST_ARCHIVE_REQUIRE_SERVERS";
    /** The folder with PostgreSQL's programs, where they are neither on the path nor in a usual place. */
    static final String POSTGRES_BIN = "CELLTRUST_ARCHIVE_POSTGRES_BIN";

    /** The folder with {@code python3}, where it isn't on the path. */
    static final String PYTHON_BIN = "CELLTRUST_ARCHIVE_PYTHON_BIN";

    /** The folder with {@code node}, where it isn't on the path. */
    static final String NODE_BIN = "CELLTRUST_ARCHIVE_NODE_BIN";

    /** The npm prefix with Azurite, where it isn't in the usual place. */
    static final String AZURITE_PREFIX = "CELLTRUST_ARCHIVE_AZURITE_PREFIX";

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final UnaryOperator<@Nullable String> settings;
    private final List<Path> usualPlaces;

    /**
     * @param settings gives the value of a setting, or null
     * @param usualPlaces folders that hold one folder per installed version, each with a {@code bin}
     */
    RequiredServer(UnaryOperator<@Nullable String> settings, List<Path> usualPlaces) {
        this.settings = settings;
        this.usualPlaces = usualPlaces;
    }

    /**
     * The folder with PostgreSQL's {@code initdb}, {@code pg_ctl} and {@code postgres}; the newest one where several
     * are installed.
     */
    public static Path postgres() {
        return new RequiredServer(
                        name -> System.getProperty(name, System.getenv(name)),
                        List.of(
                                Path.of("/usr/lib/postgresql"),
                                Path.of("/usr/local/opt"),
                                Path.of("/opt/homebrew/opt")))
                .folderOf(
                        "PostgreSQL",
                        POSTGRES_BIN,
                        List.of("initdb", "pg_ctl", "postgres"),
                        "apt-get install postgresql, or brew install postgresql");
    }

    /** Python 3, whose email package is an independent reader of email. */
    public static Path python() {
        return new RequiredServer(name -> System.getProperty(name, System.getenv(name)), List.of())
                .folderOf(
                        "Python 3", PYTHON_BIN, List.of("python3"), "apt-get install python3, or brew install python3")
                .resolve("python3");
    }

    /** Node.js, which runs Azurite. */
    public static Path node() {
        return new RequiredServer(name -> System.getProperty(name, System.getenv(name)), List.of())
                .folderOf("Node.js", NODE_BIN, List.of("node"), "apt-get install nodejs npm, or brew install node")
                .resolve("node");
    }

    /** The program of Azurite's blob service, run by {@link #node()}. */
    public static Path azurite() {
        return new RequiredServer(name -> System.getProperty(name, System.getenv(name)), List.of())
                .azuriteBelow(azuritePrefix());
    }

    /** Where {@code .ci/run} installs it. */
    private static Path azuritePrefix() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return folder.resolve("celltrust-archive").resolve("azurite");
    }

    Path azuriteBelow(Path usualPrefix) {
        String chosen = settings.apply(AZURITE_PREFIX);
        List<Path> prefixes = chosen == null
                ? List.of(usualPrefix, Path.of("/usr/local/lib"), Path.of("/usr/lib"), Path.of("/opt/homebrew/lib"))
                : List.of(Path.of(chosen), Path.of(chosen, "lib"));
        return prefixes.stream()
                .map(prefix -> prefix.resolve("node_modules/azurite/dist/src/blob/main.js"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(
                        "Server missing: Azurite. Install it (npm install --prefix %s azurite@3.35.0) or set %s to the npm prefix that has it."
                                .formatted(usualPrefix, AZURITE_PREFIX)));
    }

    /** The first folder that has all the programs. */
    Path folderOf(String server, String setting, List<String> programs, String install) {
        return candidates(setting)
                .filter(folder -> programs.stream().allMatch(program -> Files.isExecutable(folder.resolve(program))))
                .findFirst()
                .orElseThrow(
                        () -> missing("Server missing: %s. Install it (%s) or set %s to the folder of its programs."
                                .formatted(server, install, setting)));
    }

    private RuntimeException missing(String message) {
        if (Boolean.parseBoolean(settings.apply(REQUIRE))) {
            throw new AssertionFailedError(message + " " + REQUIRE + " is true, so this is a failure.");
        }
        return new TestAbortedException(message);
    }

    private Stream<Path> candidates(String setting) {
        List<Path> folders = new ArrayList<>();
        Optional.ofNullable(settings.apply(setting)).map(Path::of).ifPresent(folders::add);
        usualPlaces.stream().flatMap(RequiredServer::newestFirst).forEach(folders::add);
        Optional.ofNullable(settings.apply("PATH")).stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .map(Path::of)
                .forEach(folders::add);
        return folders.stream();
    }

    private static Stream<Path> newestFirst(Path versions) {
        if (!Files.isDirectory(versions)) {
            return Stream.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found
                    .sorted(Comparator.comparingInt(RequiredServer::version).reversed())
                    .map(folder -> folder.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path folder) {
        return NUMBER.matcher(folder.getFileName().toString())
                .results()
                .map(MatchResult::group)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
