// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.github.celltrustarchive.ForbiddenCalls.call;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.stream.Stream;

/** The floors of the library and what is injected instead of called, one rule each. */
final class ArchitectureRules {
    private static final String ROOT = "io.github.celltrustarchive";
    private static final String MODEL = ROOT + ".model..";
    private static final String SPI = ROOT + ".spi..";
    private static final String IO = ROOT + ".io..";
    private static final String REPORT = ROOT + ".report..";
    private static final String INTERNAL = ROOT + ".internal..";
    private static final String[] STAGES = Stream.of("source", "mail", "mapping", "staging", "mailbox", "ledger")
            .map(stage -> ROOT + "." + stage + "..")
            .toArray(String[]::new);
    private static final String[] JDK = {"java..", "javax..", "org.jspecify.."};

    /** The default clock, randomness and waiting of a host that brings none are made in the builders. */
    private static final DescribedPredicate<JavaClass> BUILDER_DEFAULT = describe(
            "a builder of what a host starts",
            type -> type.getPackageName().equals(ROOT)
                    && (type.getName().startsWith(ROOT + ".ArchivePipeline")
                            || type.getName().equals(ROOT + ".ArchiveScheduleBuilder")));

    private static final DescribedPredicate<JavaClass> DEFAULT_SLEEPER = describe(
            "the default Sleeper",
            type -> type.getPackageName().equals(ROOT + ".io") && type.getName().contains("Sleeper"));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule modelSeesOnlyTheJdk = seesOnly("model is the ground floor", MODEL, JDK, MODEL);

    @ArchTest
    static final ArchRule spiSeesOnlyModelAndTheJdk = seesOnly("an SPI speaks model and JDK", SPI, JDK, SPI, MODEL);

    @ArchTest
    static final ArchRule ioSeesOnlyModelAndTheJdk = seesOnly("io stands on the model", IO, JDK, IO, MODEL);

    @ArchTest
    static final ArchRule stagesDoNotSeeEachOther = slices().matching(
                    ROOT + ".(source|mail|mapping|staging|mailbox|ledger|report)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule stagesDoNotSeeTheEngineOrThePipeline = noClasses()
            .that()
            .resideInAnyPackage(STAGES)
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOT, INTERNAL, REPORT))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule reportSeesOnlyModelSpiAndIoOfOurs = noClasses()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(REPORT, MODEL, SPI, IO)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule engineDoesNotSeeStagesOrThePipeline = noClasses()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT).or(resideInAnyPackage(STAGES)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingInsideSeesThePipeline = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*..")
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheEngineStartsThreads = noClasses()
            .that()
            .resideOutsideOfPackage(INTERNAL)
            .should(call("start or pool threads", ForbiddenCalls::startsThreads))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule timeAndChanceAreInjected = noClasses()
            .that(DescribedPredicate.not(BUILDER_DEFAULT))
            .should(call("read the clock or draw at random", ForbiddenCalls::readsTimeOrChance))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule zoneAndLocaleAreNeverTheMachines = noClasses()
            .should(call("ask for the machine's zone or locale", ForbiddenCalls::readsMachineDefaults))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyIoForcesToDisk = noClasses()
            .that()
            .resideOutsideOfPackage(IO)
            .should(call("force to disk", ForbiddenCalls::forcesToDisk))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheDefaultSleeperSleeps = noClasses()
            .that(DescribedPredicate.not(DEFAULT_SLEEPER))
            .should(call("sleep", ForbiddenCalls::sleeps))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingPrints =
            GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingLogsPastSlf4j = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.util.logging.."))
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static ArchRule seesOnly(String why, String floor, String[] base, String... ours) {
        String[] visible =
                Stream.concat(Arrays.stream(base), Arrays.stream(ours)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(floor)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(visible))
                .because(why)
                .allowEmptyShould(true);
    }
}
