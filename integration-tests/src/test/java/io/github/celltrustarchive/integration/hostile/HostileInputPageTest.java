// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.integration.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/hostile-input.md} and the tests agree. */
class HostileInputPageTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)#(\\w+)`");
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|FuzzTest)\\b(?:(?!@Test|@Param|@Fuzz).)*?void (\\w+)\\(", Pattern.DOTALL);

    @Test
    void everyTestOnThePageExists() throws IOException {
        Set<String> existing = new TreeSet<>();
        for (String module : List.of("../celltrust-archive-core", "../celltrust-archive-merge1", ".")) {
            existing.addAll(tests(Path.of(module, "src/test/java")));
        }

        assertThat(named()).hasSizeGreaterThan(40).isSubsetOf(existing);
    }

    @Test
    void everyHostileTestAndEveryFuzzTargetIsOnThePage() throws IOException {
        Path here = Path.of("src/test/java/io/github/celltrustarchive/integration");
        Set<String> tests = tests(here.resolve("hostile"));
        tests.addAll(tests(here.resolve("fuzz")));
        tests.removeIf(test -> test.startsWith("HostileInputPageTest#"));

        assertThat(named()).containsAll(tests);
    }

    @Test
    void everyRowNamesATest() throws IOException {
        assertThat(Files.readAllLines(page()))
                .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| input |"))
                .hasSizeGreaterThan(30)
                .allMatch(line -> NAMED.matcher(line).find());
    }

    private static Set<String> named() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = NAMED.matcher(Files.readString(page()));
        while (matcher.find()) {
            named.add(matcher.group(1) + "#" + matcher.group(2));
        }
        return named;
    }

    private static Set<String> tests(Path folder) throws IOException {
        Set<String> tests = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                Matcher matcher = METHOD.matcher(Files.readString(file));
                while (matcher.find()) {
                    tests.add(file.getFileName().toString().replace(".java", "#") + matcher.group(1));
                }
            }
        }
        return tests;
    }

    private static Path page() {
        return Path.of("../docs/hostile-input.md");
    }
}
