// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the tests: each rule must catch the code it is there for, and leave its neighbour alone. */
@Tag("ci")
final class ArchitectureRulesTest {
    private static final String ROOT = "io.github.celltrustarchive";

    @TempDir
    private Path folder;

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments(ArchitectureRules.packagesHaveNoCycles, "model", "Object o = new %s.spi.Other();"),
                arguments(ArchitectureRules.modelSeesOnlyTheJdk, "model", "Object o = new %s.spi.Other();"),
                arguments(ArchitectureRules.modelSeesOnlyTheJdk, "model", "org.slf4j.Logger log;"),
                arguments(ArchitectureRules.spiSeesOnlyModelAndTheJdk, "spi", "jakarta.mail.Message message;"),
                arguments(ArchitectureRules.spiSeesOnlyModelAndTheJdk, "spi", "%s.io.Other other;"),
                arguments(ArchitectureRules.ioSeesOnlyModelAndTheJdk, "io", "%s.spi.Other other;"),
                arguments(ArchitectureRules.stagesDoNotSeeEachOther, "mail", "%s.staging.Other other;"),
                arguments(ArchitectureRules.stagesDoNotSeeEachOther, "report", "%s.ledger.Other other;"),
                arguments(ArchitectureRules.stagesDoNotSeeTheEngineOrThePipeline, "ledger", "%s.internal.Other o;"),
                arguments(ArchitectureRules.stagesDoNotSeeTheEngineOrThePipeline, "source", "%s.Other other;"),
                arguments(ArchitectureRules.stagesDoNotSeeTheEngineOrThePipeline, "mailbox", "%s.report.Other o;"),
                arguments(ArchitectureRules.reportSeesOnlyModelSpiAndIoOfOurs, "report", "%s.internal.Other o;"),
                arguments(ArchitectureRules.engineDoesNotSeeStagesOrThePipeline, "internal", "%s.mail.Other o;"),
                arguments(ArchitectureRules.engineDoesNotSeeStagesOrThePipeline, "internal", "%s.Other other;"),
                arguments(ArchitectureRules.nothingInsideSeesThePipeline, "io", "%s.Other other;"),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "mail", "Thread t = new Thread();"),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "mail", "void m(Thread t) { t.start(); }"),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "", "class T extends Thread {}"),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "", call("Executors.newCachedThreadPool()")),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "io", call("new ForkJoinPool()")),
                arguments(
                        ArchitectureRules.onlyTheEngineStartsThreads,
                        "spi",
                        call("CompletableFuture.supplyAsync(() -> 1)")),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "model", call("List.of().parallelStream()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "internal", call("Instant.now()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "mail", "Supplier<Instant> s = Instant::now;"),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "mail", call("LocalDate.now()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "mail", call("Clock.systemUTC()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "io", call("System.currentTimeMillis()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "io", call("Math.random()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "io", call("new Random()")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "io", "Supplier<Random> s = Random::new;"),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "io", call("UUID.randomUUID()")),
                arguments(ArchitectureRules.zoneAndLocaleAreNeverTheMachines, "mail", call("ZoneId.systemDefault()")),
                arguments(ArchitectureRules.onlyIoForcesToDisk, "ledger", forced("java.nio.channels.FileChannel")),
                arguments(ArchitectureRules.onlyIoForcesToDisk, "ledger", forced("java.nio.MappedByteBuffer")),
                arguments(ArchitectureRules.onlyTheDefaultSleeperSleeps, "io", sleep("Thread.sleep(1)")),
                arguments(ArchitectureRules.onlyTheDefaultSleeperSleeps, "", sleep("TimeUnit.DAYS.sleep(1)")),
                arguments(ArchitectureRules.nothingPrints, "report", "void m() { System.out.print(1); }"),
                arguments(ArchitectureRules.nothingLogsPastSlf4j, "report", "java.util.logging.Logger log;"));
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                arguments(ArchitectureRules.modelSeesOnlyTheJdk, "model", "byte[] b; int[][] i; List<String> l;"),
                arguments(ArchitectureRules.spiSeesOnlyModelAndTheJdk, "spi", "%s.model.Other other; long[] l;"),
                arguments(ArchitectureRules.ioSeesOnlyModelAndTheJdk, "io", "%s.model.Other other;"),
                arguments(ArchitectureRules.stagesDoNotSeeEachOther, "mail", "%s.spi.Other o; %s.io.Other p;"),
                arguments(
                        ArchitectureRules.reportSeesOnlyModelSpiAndIoOfOurs,
                        "report",
                        "%s.spi.Other o; %s.io.Other p;"),
                arguments(ArchitectureRules.engineDoesNotSeeStagesOrThePipeline, "internal", "%s.io.Other other;"),
                arguments(ArchitectureRules.onlyTheEngineStartsThreads, "internal", "Thread t = new Thread();"),
                arguments(
                        ArchitectureRules.timeAndChanceAreInjected,
                        "mail",
                        "Object m(Clock c) { return %s; }".formatted("Instant.now(c)")),
                arguments(ArchitectureRules.timeAndChanceAreInjected, "mail", call("new Random(1)")),
                arguments(ArchitectureRules.onlyIoForcesToDisk, "io", forced("java.nio.channels.FileChannel")));
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @MethodSource("broken")
    void ruleCatches(ArchRule rule, String place, String member) throws IOException {
        assertThat(rule.evaluate(compile(place, "Sample", member)).hasViolation())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @MethodSource("sound")
    void ruleLeavesAlone(ArchRule rule, String place, String member) throws IOException {
        assertThat(rule.evaluate(compile(place, "Sample", member))
                        .getFailureReport()
                        .getDetails())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("namedExceptions")
    void theNamedExceptionIsAllowed(ArchRule rule, String place, String name, String member) throws IOException {
        assertThat(rule.evaluate(compile(place, name, member))
                        .getFailureReport()
                        .getDetails())
                .isEmpty();
    }

    static Stream<Arguments> namedExceptions() {
        return Stream.of(
                arguments(ArchitectureRules.timeAndChanceAreInjected, "", "ArchivePipeline", call("Clock.systemUTC()")),
                arguments(
                        ArchitectureRules.onlyTheDefaultSleeperSleeps,
                        "io",
                        "SystemSleeper",
                        sleep("Thread.sleep(1)")));
    }

    private static String call(String expression) {
        return "Object o = " + expression + ";";
    }

    private static String forced(String type) {
        return "void m(" + type + " it) throws Exception { it.force" + (type.endsWith("l") ? "(true)" : "()") + "; }";
    }

    private static String sleep(String call) {
        return "void m() throws Exception { " + call + "; }";
    }

    /** Compiles one class with the member in the given package, beside a class named Other in every package. */
    private JavaClasses compile(String place, String name, String member) throws IOException {
        List<String> files = new ArrayList<>();
        for (String neighbour : List.of(
                "",
                "model",
                "spi",
                "io",
                "source",
                "mail",
                "mapping",
                "staging",
                "mailbox",
                "ledger",
                "report",
                "internal")) {
            String body = neighbour.equals("spi") ? ROOT + ".model.Other other;" : "";
            files.add(write(
                    neighbour,
                    "Other",
                    neighbour.equals("model") && place.equals("model")
                            ? "Object o = new " + ROOT + ".model.Sample();"
                            : body));
        }
        files.add(write(place, name, member.replace("%s", ROOT)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromStrings(files))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        return new ClassFileImporter().importPath(folder);
    }

    private String write(String place, String name, String member) throws IOException {
        String packageName = place.isEmpty() ? ROOT : ROOT + "." + place;
        Path file = folder.resolve(packageName.replace('.', '/')).resolve(name + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                package %s;
                import java.time.*; import java.util.*; import java.util.concurrent.*; import java.util.function.*;
                public class %s { %s }
                """.formatted(packageName, name, member));
        return file.toString();
    }
}
