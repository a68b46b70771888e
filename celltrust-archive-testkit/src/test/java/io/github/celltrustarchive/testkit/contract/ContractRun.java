// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What came of every rule when JUnit ran a contract class: the rules by number, each with the message of its failure or
 * skip, or an empty one.
 *
 * @param passed rules that held
 * @param failed rules that were broken, with the message
 * @param skipped rules that weren't tested, with the reason
 */
record ContractRun(
        SortedMap<String, String> passed, SortedMap<String, String> failed, SortedMap<String, String> skipped) {

    /** The configuration parameter that lets classes with {@link Breaks} run. */
    static final String PARAMETER = "celltrustarchive.contractrun";

    /**
     * Runs a contract class.
     *
     * @throws AssertionError if something outside a rule fails, such as the class itself or its preparations
     */
    static ContractRun of(Class<?> contract) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter(PARAMETER, "true")
                .configurationParameter("junit.platform.output.capture.stderr", "false")
                .build();
        Collector collector = new Collector();
        LauncherFactory.create().execute(request, collector);
        ContractRun run = collector.run;
        if (run.passed.isEmpty() && run.failed.isEmpty() && run.skipped.isEmpty()) {
            throw new AssertionError("no rule was run in " + contract.getName());
        }
        return run;
    }

    /** The rules that failed. */
    Set<String> failedRules() {
        return failed.keySet();
    }

    @Override
    public String toString() {
        return "failed: " + lines(failed) + "\nskipped: " + lines(skipped) + "\npassed: " + passed.keySet();
    }

    private static String lines(Map<String, String> rules) {
        return rules.entrySet().stream()
                .map(e -> "\n  " + e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining());
    }

    private static final class Collector implements TestExecutionListener {
        private final ContractRun run = new ContractRun(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            run.skipped.put(rule(test, null), reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            Throwable cause = result.getThrowable().orElse(null);
            String message = String.valueOf(cause);
            switch (result.getStatus()) {
                case SUCCESSFUL -> {
                    if (test.isTest()) {
                        run.passed.put(rule(test, null), "");
                    }
                }
                case ABORTED -> run.skipped.put(rule(test, cause), message);
                case FAILED -> run.failed.put(rule(test, cause), message);
            }
        }

        private static String rule(TestIdentifier test, @Nullable Throwable cause) {
            Method method = test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(source -> ((MethodSource) source).getJavaMethod())
                    .orElseThrow(() -> new AssertionError(test.getDisplayName() + " did not run", cause));
            Rule rule = method.getAnnotation(Rule.class);
            if (rule == null) {
                throw new AssertionError(method + " has no rule", cause);
            }
            return rule.value();
        }
    }
}
