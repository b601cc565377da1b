package io.github.defenderreactive.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/** The order of the packages and the visibility of their types. */
@AnalyzeClasses(packages = "io.github.defenderreactive.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class CliArchitectureTest {

    private static final String ROOT = "io.github.defenderreactive.cli";

    /** Each package may use those in the lists before its own. */
    private static final List<List<String>> ORDER = List.of(
            List.of("arguments", "terminal"),
            List.of("process"),
            List.of("progress"),
            List.of("output", "connect"),
            List.of("operations", "streams"),
            List.of(
                    "actions",
                    "alerts",
                    "crawl",
                    "emulate",
                    "export",
                    "hunting",
                    "incidents",
                    "indicators",
                    "shell",
                    "token"),
            List.of("drift"),
            List.of(""));

    private static final int MAX_TYPES = 30;

    @ArchTest
    static final ArchRule packagesShouldHaveNoCycle =
            slices().matching("io.github.defenderreactive.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesShouldUseOnlyThoseBeforeThem = classes()
            .should(new ArchCondition<>("use its own package and packages before it in " + ORDER) {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (level(type) < 0) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " has no place in the order"));
                    }
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> {
                                JavaClass target = dependency.getTargetClass();
                                return (target.getPackageName() + ".").startsWith(ROOT + ".")
                                        && !target.getPackageName().equals(type.getPackageName())
                                        && level(target) >= level(type);
                            })
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                }
            });

    /** All public types but the program itself are shared by packages of the command. */
    @ArchTest
    static final ArchRule onlySharedTypesShouldBePublic = classes()
            .that()
            .haveModifier(JavaModifier.PUBLIC)
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveFullyQualifiedName(Defender.class.getName())
            .should(new ArchCondition<>("be used by another package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean shared = type.getDirectDependenciesToSelf().stream()
                            .anyMatch(dependency -> !dependency
                                    .getOriginClass()
                                    .getPackageName()
                                    .equals(type.getPackageName()));
                    if (!shared) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " need not be public"));
                    }
                }
            });

    @ArchTest
    static final ArchRule everyPackageShouldBeNullMarked = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    @ArchTest
    static void packagesShouldBeSmall(JavaClasses types) {
        Map<String, Long> sizes = types.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        Assertions.assertThat(sizes)
                .allSatisfy((name, size) -> Assertions.assertThat(size).as(name).isLessThanOrEqualTo(MAX_TYPES));
    }

    @ArchTest
    static final ArchRule onlyTheProgramShouldEndTheProcess = classes()
            .that(new DescribedPredicate<>("call System.exit or Runtime.halt") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getMethodCallsFromSelf().stream()
                            .anyMatch(call -> call.getTarget().getFullName().startsWith("java.lang.System.exit(")
                                    || call.getTarget().getFullName().startsWith("java.lang.Runtime.halt("));
                }
            })
            .should()
            .haveFullyQualifiedName(Defender.class.getName())
            .orShould()
            .resideInAPackage(ROOT + ".internal.process");

    private static int level(JavaClass type) {
        String name = type.getPackageName().equals(ROOT)
                ? ""
                : type.getPackageName().substring((ROOT + ".internal.").length());
        for (int level = 0; level < ORDER.size(); level++) {
            if (ORDER.get(level).contains(name)) {
                return level;
            }
        }
        return -1;
    }
}
