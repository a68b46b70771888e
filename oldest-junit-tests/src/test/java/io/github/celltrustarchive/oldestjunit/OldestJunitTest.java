// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.oldestjunit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test kit asks JUnit for nothing that its oldest promised version doesn't have. */
class OldestJunitTest {

    private static final Path SOURCES = Path.of("../celltrust-archive-testkit/src/main/java");

    @TempDir
    Path classes;

    @Test
    void theseTestsRunOnTheOldestVersion() {
        String version = Test.class.getPackage().getImplementationVersion();

        assertEquals("5.10", version.substring(0, version.lastIndexOf('.')));
    }

    /** Contracts run only some of the kit's calls; the compiler looks at all of them. */
    @Test
    void theWholeKitCompilesAgainstIt() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<Path> kit = sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(source -> !source.endsWith("module-info.java"))
                    .toList();
            List<String> options = List.of("-proc:none", "-d", classes.toString());

            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(kit))
                    .call();

            assertTrue(compiled, messages::toString);
            assertTrue(kit.size() > 50, "there are sources");
        }
    }
}
