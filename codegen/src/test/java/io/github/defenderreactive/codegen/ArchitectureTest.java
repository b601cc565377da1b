package io.github.defenderreactive.codegen;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
            .arePublic()
            .should()
            .haveNameMatching(".*\\.(Bundler|OperationsReference|DefenderReactiveCodegen|DescriptionException)");
}
