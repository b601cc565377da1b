package io.github.defenderreactive.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Collectors;

@AnalyzeClasses(
        packages = {"io.github.defenderreactive.client", "io.github.defenderreactive.runtime"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ClientArchitectureTest {

    private static final String CLIENT = "io.github.defenderreactive.client";

    private static final int MAX_TYPES = 30;

    @ArchTest
    static final ArchRule runtimeKnowsNothingOfTheClient = noClasses()
            .that()
            .resideInAPackage("io.github.defenderreactive.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.github.defenderreactive.client..", "io.github.defenderreactive.emulator..");

    /** Metrics are an integration. */
    @ArchTest
    static final ArchRule nothingNeedsMicrometer =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.micrometer..");

    @ArchTest
    static final ArchRule clientKnowsNothingOfTheEmulator = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.defenderreactive.emulator..");

    @ArchTest
    static final ArchRule internalsOfTheRuntimeStayThere = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.defenderreactive.runtime.internal..");

    @ArchTest
    static final ArchRule packagesHaveNoCycle =
            slices().matching("io.github.defenderreactive.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modelsStandAlone = modelsOf(CLIENT);

    @ArchTest
    static final ArchRule modelsOfMicrosoftGraphStandAlone = modelsOf(CLIENT + ".graph");

    @ArchTest
    static final ArchRule modelsOfDefenderXdrStandAlone = modelsOf(CLIENT + ".xdr");

    @ArchTest
    static final ArchRule generatedCodeImportsOnlyTheRuntime = generatedCodeOf(CLIENT);

    @ArchTest
    static final ArchRule generatedCodeOfMicrosoftGraphImportsOnlyTheRuntime = generatedCodeOf(CLIENT + ".graph");

    @ArchTest
    static final ArchRule generatedCodeOfDefenderXdrImportsOnlyTheRuntime = generatedCodeOf(CLIENT + ".xdr");

    /** Generated packages have one type per schema, operation or query. */
    @ArchTest
    static void handWrittenPackagesShouldBeSmall(JavaClasses types) {
        Map<String, Long> sizes = types.stream()
                .filter(type -> type.getPackageName().startsWith(CLIENT)
                        && !type.getPackageName().matches(".*\\.(model|api|query)")
                        && type.isTopLevelClass()
                        && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MAX_TYPES));
    }

    private static ArchRule modelsOf(String root) {
        return classes()
                .that()
                .resideInAPackage(root + ".model")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson.annotation..",
                        "io.github.defenderreactive.runtime.json..",
                        "io.github.defenderreactive.runtime.value..",
                        root + ".model");
    }

    private static ArchRule generatedCodeOf(String root) {
        return classes()
                .that()
                .resideInAnyPackage(root + ".api", root + ".query")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "reactor.core.publisher..",
                        "io.github.defenderreactive.runtime..",
                        root + ".model",
                        root + ".query",
                        root + ".api");
    }

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .that()
            .resideInAPackage(CLIENT + "..")
            .should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                            "block|blockFirst|blockLast|blockOptional|toIterable|toStream")));
}
