package io.github.defenderreactive.codegen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.defenderreactive.codegen", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule shouldNameTheRuntimeOnlyInGeneratedCode =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.github.defenderreactive.runtime..");

    @ArchTest
    static final ArchRule shouldOfferOnlyBundlerReferenceAndGenerator = classes()
            .that()
            .resideOutsideOfPackage("..internal..")
            .and()
            .arePublic()
            .should()
            .haveNameMatching(
                    ".*\\.(ApiChange|ApiChanges(\\$Dimension)?|ApiDiff|Bundler|Description|OperationsReference|DefenderReactiveCodegen)");

    /** A package may use those below it. */
    @ArchTest
    static final ArchRule shouldKeepTheOrderOfThePackages = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("entry")
            .definedBy("io.github.defenderreactive.codegen")
            .layer("reference")
            .definedBy("..internal.reference")
            .layer("diff")
            .definedBy("..internal.diff")
            .layer("view")
            .definedBy("..internal.view")
            .layer("overlay")
            .definedBy("..internal.overlay")
            .layer("bundle")
            .definedBy("..internal.bundle")
            .layer("normalize")
            .definedBy("..internal.normalize")
            .layer("output")
            .definedBy("..internal.output")
            .layer("description")
            .definedBy("..internal.description")
            .layer("java")
            .definedBy("..internal.java")
            .whereLayer("entry")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reference")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("diff")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("entry", "reference", "diff")
            .whereLayer("overlay")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("normalize")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("bundle")
            .mayOnlyBeAccessedByLayers("entry", "overlay")
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("description")
            .mayOnlyBeAccessedByLayers("entry", "reference", "view", "bundle", "normalize", "output", "overlay", "diff")
            .whereLayer("java")
            .mayOnlyBeAccessedByLayers("entry", "reference", "view", "normalize", "description", "diff");
}
