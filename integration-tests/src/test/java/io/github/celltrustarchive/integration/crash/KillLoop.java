// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Starts a process again and again and kills it at random moments, until it was killed often enough. */
public final class KillLoop {

    /** The file in its folder that the process makes when it begins to work. */
    public static final String STARTED = "started";

    private static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    private final Class<?> main;
    private final SplittableRandom random;
    private final Duration longestWait;

    /**
     * @param main the process; its first argument is its folder
     * @param longestWait it is killed at a moment within this time after it began to work
     */
    public KillLoop(Class<?> main, long seed, Duration longestWait) {
        this.main = main;
        this.random = new SplittableRandom(seed);
        this.longestWait = longestWait;
    }

    /** What a process works on until all is done. */
    public interface World extends AutoCloseable {

        /** The arguments of the process behind its folder. */
        default List<String> arguments() {
            return List.of();
        }

        /** What must hold whenever the process was killed. */
        default void checkAfterKill() throws Exception {}

        /** What must hold when all is done. */
        void checkAtEnd() throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /** Makes what a process works on. */
    @FunctionalInterface
    public interface Worlds {
        World make(Path folder, int round) throws Exception;
    }

    /** Works in one folder after the other, until the process was killed so often; the last one ends by itself. */
    public void run(Path scratch, int kills, Worlds worlds) throws Exception {
        int killed = 0;
        for (int round = 1; killed < kills; round++) {
            Path folder = Files.createDirectory(scratch.resolve("round-" + round));
            try (World world = worlds.make(folder, round)) {
                boolean done = false;
                while (!done) {
                    done = killed < kills
                            ? runAndKill(folder, world.arguments())
                            : runToTheEnd(folder, world.arguments());
                    if (!done) {
                        killed++;
                        world.checkAfterKill();
                    }
                }
                world.checkAtEnd();
            }
        }
        assertThat(killed).isEqualTo(kills);
    }

    /** Whether the process ended by itself before it was to be killed. */
    private boolean runAndKill(Path folder, List<String> arguments) throws Exception {
        Files.deleteIfExists(folder.resolve(STARTED));
        Process child = start(folder, arguments);
        try {
            long mayStartFor = LONGEST_RUN.toMillis();
            while (!Files.exists(folder.resolve(STARTED))) {
                if (child.waitFor(5, TimeUnit.MILLISECONDS) || (mayStartFor -= 5) < 0) {
                    break;
                }
            }
            if (child.waitFor(random.nextLong(longestWait.toMillis()), TimeUnit.MILLISECONDS)) {
                assertThat(child.exitValue()).as(output(folder)).isZero();
                return true;
            }
            return false;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private boolean runToTheEnd(Path folder, List<String> arguments) throws Exception {
        Process child = start(folder, arguments);
        boolean ended = child.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            child.destroyForcibly().waitFor();
        }
        assertThat(ended).as("ended by itself").isTrue();
        assertThat(child.exitValue()).as(output(folder)).isZero();
        return true;
    }

    private Process start(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                folder.toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output.txt").toFile()))
                .start();
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }
}
