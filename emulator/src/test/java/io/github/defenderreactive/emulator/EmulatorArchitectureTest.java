package io.github.defenderreactive.emulator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "io.github.defenderreactive.emulator", importOptions = ImportOption.DoNotIncludeTests.class)
class EmulatorArchitectureTest {

    private static final String ROOT = "io.github.defenderreactive.emulator";
    private static final int MOST_TYPES = 30;

    /** The packages below the root. Each may depend on those before it. */
    private static final List<String> ORDER = List.of(
            "http",
            "internal.json",
            "internal.http",
            "internal.description",
            "internal.seed",
            "internal.config",
            "internal.rules",
            "internal.exchange",
            "internal.server",
            "internal.admission",
            "internal.odata",
            "internal.data",
            "internal.login",
            "internal.machines",
            "internal.slice",
            "internal.alerts",
            "internal.entities",
            "internal.actions",
            "internal.scans",
            "internal.inventory",
            "internal.exports",
            "internal.hunting",
            "internal.graph",
            "internal.xdr",
            "internal.service");

    @ArchTest
    static final ArchRule emulatorIsIndependentOfTheClient = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.defenderreactive.client..", "io.github.defenderreactive.codegen..", "com.fasterxml..");

    @ArchTest
    static final ArchRule onlyTheServerKnowsTheTransport = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".http", ROOT + ".internal..")
            .and()
            .resideOutsideOfPackage(ROOT + ".internal.server")
            .or()
            .haveSimpleNameStartingWith("DefenderService")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.channel..", "io.netty.handler..", "reactor..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.github.defenderreactive.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule publicMethodsNameNoInternalTypes = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".http")
            .should()
            .haveRawReturnType(resideInAPackage(ROOT + ".internal.."))
            .orShould()
            .haveRawParameterTypes(DescribedPredicate.anyElementThat(resideInAPackage(ROOT + ".internal..")));

    @ArchTest
    static void packagesFollowTheirOrder(JavaClasses classes) {
        assertThat(names(classes).keySet()).containsAll(ORDER).hasSize(ORDER.size() + 1);
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + "." + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + ORDER.get(i))
                    .should(dependOnClassesThat(
                            JavaClass.Predicates.resideInAnyPackage(later).or(resideInAPackage(ROOT))))
                    .check(classes);
        }
    }

    @ArchTest
    static void packagesAreSmall(JavaClasses classes) {
        assertThat(names(classes))
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    /** Returns the number of top-level types by the name of the package below the root; empty for the root. */
    private static Map<String, Long> names(JavaClasses classes) {
        Function<JavaClass, String> name = type ->
                type.getPackageName().equals(ROOT) ? "" : type.getPackageName().substring(ROOT.length() + 1);
        return classes.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(name, Collectors.counting()));
    }
}
