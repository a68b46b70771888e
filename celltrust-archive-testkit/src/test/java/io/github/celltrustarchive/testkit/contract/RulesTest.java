// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.testkit.contract.RulesDocument.Row;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/rules.md, the contract classes and their broken parts together. */
class RulesTest {

    @Test
    void rulesAreNumberedWithoutGapsAndEachIsOneSentence() throws IOException {
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        for (Row row : RulesDocument.read().rows()) {
            numbers.computeIfAbsent(row.type(), type -> new ArrayList<>()).add(row.number());
            assertThat(row.promise()).as(row.rule()).endsWith(".").doesNotContain(". ");
        }
        assertThat(numbers).isNotEmpty();
        numbers.forEach((type, given) -> assertThat(given).as(type).containsExactlyElementsOf(countTo(given.size())));
    }

    @Test
    void everyRuleSaysWhoChecksIt() throws IOException {
        assertThat(RulesDocument.read().rows()).allMatch(row -> row.tested() || row.reviewed());
    }

    @Test
    void everyTestedRuleHasOneTestAndEveryTestHasARule() throws Exception {
        List<String> tested = RulesDocument.read().rows().stream()
                .filter(Row::tested)
                .map(Row::rule)
                .toList();

        assertThat(tests().stream().map(RulesTest::rule)).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void theNameOfATestBeginsWithItsRule() throws Exception {
        Map<String, Row> rows = new TreeMap<>();
        RulesDocument.read().rows().forEach(row -> rows.put(row.rule(), row));

        for (Method test : tests()) {
            assertThat(test.getName())
                    .startsWith(Objects.requireNonNull(rows.get(rule(test))).methodPrefix());
        }
    }

    @Test
    void everyTestOfAContractCarriesItsRule() throws Exception {
        List<Method> withoutRule = methods()
                .filter(method -> method.isAnnotationPresent(Test.class) != method.isAnnotationPresent(Rule.class))
                .toList();

        assertThat(withoutRule).isEmpty();
    }

    @Test
    void everyTestedRuleIsBrokenByAPartThatFailsIt() throws Exception {
        List<String> broken = classesOf(RulesTest.class).stream()
                .map(part -> part.getAnnotation(Breaks.class))
                .filter(Objects::nonNull)
                .map(Breaks::value)
                .distinct()
                .toList();

        assertThat(broken)
                .containsExactlyInAnyOrderElementsOf(
                        tests().stream().map(RulesTest::rule).toList());
    }

    private static List<Integer> countTo(int last) {
        return Stream.iterate(1, n -> n + 1).limit(last).toList();
    }

    private static List<Method> tests() throws Exception {
        return methods()
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .toList();
    }

    private static Stream<Method> methods() throws Exception {
        return classesOf(Rule.class).stream().flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
    }

    private static String rule(Method test) {
        return Objects.requireNonNull(test.getAnnotation(Rule.class)).value();
    }

    /** All classes of the contract package that lie where this one lies, nested ones too. */
    private static List<Class<?>> classesOf(Class<?> neighbour)
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(Objects.requireNonNull(neighbour.getResource(neighbour.getSimpleName() + ".class"))
                        .toURI())
                .getParent();
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (String name : files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .toList()) {
                String simple = name.substring(0, name.length() - ".class".length());
                classes.add(
                        Class.forName(neighbour.getPackageName() + "." + simple, false, neighbour.getClassLoader()));
            }
        }
        return classes;
    }
}
