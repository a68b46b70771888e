// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvUserMapperSizeTest {

    @TempDir
    private Path folder;

    @Test
    @Tag("ci")
    void aMillionRowsFitIntoASmallHeap() throws Exception {
        Path file = folder.resolve("users.csv");
        MillionRows.write(file, 1_000_000);

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        MillionRows.class.getName(),
                        file.toString(),
                        "1000000"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).describedAs(output).isZero();
        assertThat(output).contains("all found");
    }
}
