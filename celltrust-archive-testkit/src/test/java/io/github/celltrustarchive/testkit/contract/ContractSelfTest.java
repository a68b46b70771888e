// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The test of a contract: every nested class that is marked {@link Breaks}, here or in one of the holders given, must fail
 * exactly the rule it says.
 */
abstract class ContractSelfTest {

    private final List<Class<?>> holders;

    /** Looks for broken parts in this class and in more classes. */
    ContractSelfTest(Class<?>... moreHolders) {
        holders =
                Stream.concat(Stream.of(getClass()), Arrays.stream(moreHolders)).toList();
    }

    @TestFactory
    Stream<DynamicTest> aBrokenPartFailsExactlyTheRuleItBreaks() {
        List<Class<?>> broken = holders.stream()
                .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(part -> part.isAnnotationPresent(Breaks.class))
                .sorted(Comparator.comparing(ContractSelfTest::brokenRule).thenComparing(Class::getName))
                .toList();
        assertThat(broken).isNotEmpty();
        return broken.stream()
                .map(part -> DynamicTest.dynamicTest(
                        brokenRule(part) + " is broken by " + part.getSimpleName(), () -> failsExactly(part)));
    }

    private static void failsExactly(Class<?> part) {
        ContractRun run = ContractRun.of(part);
        assertThat(run.failedRules()).as(run.toString()).containsExactly(brokenRule(part));
    }

    private static String brokenRule(Class<?> part) {
        return Objects.requireNonNull(part.getAnnotation(Breaks.class)).value();
    }
}
