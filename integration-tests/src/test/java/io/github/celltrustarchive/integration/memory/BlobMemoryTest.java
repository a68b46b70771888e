// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.integration.AzuriteServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage in blob storage holds a few blocks of an object, never all of it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BlobMemoryTest {

    private static final long HUNDRED_MEGABYTES = 100L << 20;

    @TempDir
    private Path folder;

    @Test
    @Tag("ci")
    void aHundredMegabytesAreStagedAndReadWithAHeapOf64Megabytes() throws Exception {
        try (AzuriteServer server = AzuriteServer.start()) {
            Path output = folder.resolve("output.txt");
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            BlobMemoryChild.class.getName(),
                            server.endpoint().toString(),
                            Long.toString(HUNDRED_MEGABYTES))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(child.waitFor(4, TimeUnit.MINUTES))
                        .as("ended in time")
                        .isTrue();
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(child.exitValue()).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output)).contains("same put ");
        }
    }
}
