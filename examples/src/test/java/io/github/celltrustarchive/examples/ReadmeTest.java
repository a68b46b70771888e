// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What newcomers copy from the README is what is compiled and run. */
class ReadmeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path SOURCES = ROOT.resolve("examples/src");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path RECIPES = ROOT.resolve("docs/recipes.md");
    private static final Path AZURE_BLOB = ROOT.resolve("docs/azure-blob.md");
    private static final Path MICROSOFT_365 = ROOT.resolve("docs/microsoft-365.md");

    @ParameterizedTest
    @MethodSource("pages")
    void everyJavaBlockIsCompiledCode(Path page) throws IOException {
        String compiled = compiledParts();

        List<String> blocks = blocks(page, "java");

        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        assertThat(blocks).allSatisfy(block -> assertThat(compiled).contains(withoutWhitespace(block)));
    }

    @Test
    void theFirstJavaBlockIsTheTenLines() throws IOException {
        String source =
                Files.readString(SOURCES.resolve("main/java/io/github/celltrustarchive/examples/EmbedInTenLines.java"));

        assertThat(withoutWhitespace(blocks(README, "java").get(0)))
                .isEqualTo(withoutWhitespace(marked(source).get(0)));
    }

    @Test
    void theFirstThreeShellBlocksAreOneCommandEach() throws IOException {
        List<String> blocks = blocks(README, "sh");

        assertThat(blocks.get(0)).matches("mvn -q [^\n]*package && java -jar examples/target/quick-start.jar\n");
        assertThat(blocks.get(1)).isEqualTo("mvn verify\n");
        assertThat(blocks.get(2))
                .matches("mvn -q [^\n]*package && java -jar examples/target/microsoft-365.jar --simulate\n");
    }

    @ParameterizedTest
    @MethodSource("linkingPages")
    void everyPageThatIsNamedExists(Path file) throws IOException {
        List<Path> pages = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)")
                .matcher(Files.readString(file))
                .results()
                .map(link -> file.resolveSibling(link.group(1)))
                .toList();

        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(page).exists());
    }

    @Test
    void everyTestTheReadmeNamesExists() throws IOException {
        List<String> named = Pattern.compile("`(\\w+Test)`")
                .matcher(Files.readString(README))
                .results()
                .map(test -> test.group(1) + ".java")
                .toList();

        try (Stream<Path> files =
                Files.find(ROOT, 12, (file, attributes) -> file.toString().endsWith("Test.java"))) {
            assertThat(named)
                    .isNotEmpty()
                    .isSubsetOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static List<Path> pages() {
        return List.of(README, RECIPES, AZURE_BLOB);
    }

    private static List<Path> linkingPages() {
        return List.of(README, RECIPES, AZURE_BLOB, MICROSOFT_365);
    }

    private static List<String> blocks(Path page, String language) throws IOException {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String compiledParts() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder parts = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                parts.append(marked(Files.readString(file)).stream()
                        .map(ReadmeTest::withoutWhitespace)
                        .collect(Collectors.joining("\n")));
            }
            return parts.toString();
        }
    }

    private static List<String> marked(String source) {
        return Pattern.compile("// README begin\n(.*?)// README end", Pattern.DOTALL)
                .matcher(source)
                .results()
                .map(part -> part.group(1))
                .toList();
    }

    private static String withoutWhitespace(String text) {
        return text.replaceAll("\\s+", "");
    }
}
