package io.github.defenderreactive.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.defenderreactive.emulator", importOptions = ImportOption.DoNotIncludeTests.class)
class EmulatorArchitectureTest {

    @ArchTest
    static final ArchRule emulatorKnowsNothingOfTheClient = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.defenderreactive.client..", "io.github.defenderreactive.codegen..", "com.fasterxml..");

    @ArchTest
    static final ArchRule theServiceIsFreeOfTransport = noClasses()
            .that()
            .haveSimpleNameStartingWith("DefenderService")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "reactor.netty..");
}
