// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a {@link MemoryChild} with a small heap and looks at what it printed. */
final class MemoryProcess {

    private MemoryProcess() {}

    /**
     * Archives everything, or fails.
     *
     * @param heap such as {@code -Xmx64m}
     * @param source the arguments of a Merge1 source, or none
     * @return what the process printed
     */
    static List<String> archive(Path folder, String heap, int messages, int minutes, List<String> source)
            throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MemoryChild.class.getName(),
                folder.toString(),
                Integer.toString(messages)));
        command.addAll(source);
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(minutes, TimeUnit.MINUTES))
                    .as("ended in time")
                    .isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(child.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }

    /** The heap in use doesn't grow, while collecting or delivering, by more than so much over its first quarter. */
    static void assertFlat(List<String> output, long slack) {
        for (String what : List.of("collected", "delivered")) {
            List<Long> used = output.stream()
                    .filter(line -> line.startsWith(what))
                    .map(line -> Long.parseLong(line.split(" ", -1)[2]))
                    .toList();
            assertThat(used).as(what).hasSize(4);
            assertThat(used)
                    .as("heap in use while " + what)
                    .allSatisfy(bytes -> assertThat(bytes).isLessThan(used.get(0) + slack));
        }
    }
}
