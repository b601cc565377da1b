package io.github.defenderreactive.micrometer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "io.github.defenderreactive.micrometer",
        importOptions = ImportOption.DoNotIncludeTests.class)
class MicrometerArchitectureTest {

    private static final String BRIDGE = "io.github.defenderreactive.micrometer";

    @ArchTest
    static final ArchRule bridgeKnowsOnlyWhatIsToldAndMicrometer = classes()
            .that()
            .resideInAPackage(BRIDGE + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify.annotations..",
                    "reactor.util.context..",
                    "io.micrometer.common..",
                    "io.micrometer.core..",
                    "io.micrometer.observation..",
                    "io.github.defenderreactive.runtime.observation..",
                    "io.github.defenderreactive.runtime.operation..",
                    "io.github.defenderreactive.client.watch..",
                    BRIDGE + "..");

    /** Its superinterface is not there without context-propagation. */
    @ArchTest
    static final ArchRule bridgeNeedsNoContextPropagation = noClasses()
            .that()
            .resideInAPackage(BRIDGE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer.context..", "io.micrometer.observation.contextpropagation..");
}
