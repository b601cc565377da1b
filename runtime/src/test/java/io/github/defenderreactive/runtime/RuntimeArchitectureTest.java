package io.github.defenderreactive.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import reactor.netty.resources.LoopResources;

/** The order of the packages, and what may show in the API. */
@AnalyzeClasses(packages = "io.github.defenderreactive.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class RuntimeArchitectureTest {

    private static final String ROOT = "io.github.defenderreactive.runtime.";

    /** Each may use those before it. */
    private static final List<String> ORDER = List.of(
            "value",
            "json",
            "error",
            "operation",
            "observation",
            "drift",
            "odata",
            "internal",
            "internal.key",
            "internal.http",
            "transport",
            "retry",
            "internal.retry",
            "internal.ratelimit",
            "internal.authority",
            "auth",
            "auth.claims",
            "internal.token",
            "auth.managedidentity",
            "auth.oauth",
            "internal.authorization",
            "ratelimit",
            "internal.position",
            "internal.rows",
            "paging",
            "internal.paging",
            "internal.stream",
            "pipeline");

    private static final int MOST_TYPES = 30;

    /** Packages whose split is still to come. */
    private static final Set<String> CROWDED = Set.of("auth");

    @ArchTest
    static final ArchRule lowerPackagesShouldNotKnowHigherOnes = classes()
            .should(new ArchCondition<JavaClass>("depend on packages before their own in " + ORDER) {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    int own = level(type);
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> level(dependency.getTargetClass()) > own)
                            .forEach(dependency ->
                                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule everyPackageShouldHaveItsPlaceInTheOrder = classes()
            .should(new ArchCondition<JavaClass>("lie in one of " + ORDER) {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (level(type) < 0) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " has no place"));
                    }
                }
            });

    @ArchTest
    static final ArchRule filtersShouldKnowNothingButJson = noClasses()
            .that()
            .resideInAPackage(ROOT + "odata")
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("lie in the runtime beyond json") {
                @Override
                public boolean test(JavaClass type) {
                    int level = level(type);
                    return level >= 0
                            && !ORDER.get(level).equals("json")
                            && !ORDER.get(level).equals("odata");
                }
            });

    @ArchTest
    static final ArchRule librariesShouldStayBehindTransportAndAuth = methods()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .and(new DescribedPredicate<JavaMethod>("public or protected") {
                @Override
                public boolean test(JavaMethod method) {
                    return method.getModifiers().contains(JavaModifier.PUBLIC)
                            || method.getModifiers().contains(JavaModifier.PROTECTED);
                }
            })
            .should(new ArchCondition<JavaMethod>("show no type of Netty, Nimbus or databind") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                            .filter(RuntimeArchitectureTest::isForeign)
                            // an application that runs event loops already must be able to name them
                            .filter(type -> !type.isEquivalentTo(LoopResources.class))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " shows " + type.getName())));
                }
            })
            .because("the API outlives the libraries");

    @ArchTest
    static final ArchRule theApiShouldNotShowInternals = classes()
            .that()
            .arePublic()
            .and()
            .resideOutsideOfPackage(ROOT + "internal..")
            .should(new ArchCondition<>("show no type of internal packages") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Stream.concat(
                                    Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream()),
                                    type.getMembers().stream()
                                            .filter(RuntimeArchitectureTest::isVisible)
                                            // The pipeline gets its permits from the limiter of the user.
                                            .filter(member ->
                                                    !member.getFullName().endsWith("RateLimiter.permits()"))
                                            .flatMap(member -> shown(member)))
                            .filter(shown -> shown.getBaseComponentType()
                                    .getPackageName()
                                    .startsWith(ROOT + "internal"))
                            .forEach(shown -> events.add(
                                    SimpleConditionEvent.violated(type, type.getName() + " shows " + shown.getName())));
                }
            });

    @ArchTest
    static void packagesShouldStaySmall(JavaClasses classes) {
        Map<String, Long> types = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @ArchTest
    static final ArchRule onlyTransportAndAuthShouldUseThoseLibraries = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT + "transport", ROOT + "auth..", ROOT + "internal.authority", ROOT + "internal.token")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty..",
                    "reactor.netty..",
                    "com.nimbusds..",
                    "com.fasterxml.jackson.databind..",
                    "tools.jackson..");

    @ArchTest
    static final ArchRule nothingShouldBlock = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<>("block a thread") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    String name = call.getName();
                    boolean reactor = owner.startsWith("reactor.core.publisher.")
                            && (name.startsWith("block") || name.equals("toIterable") || name.equals("toStream"));
                    return reactor || (owner.equals("java.lang.Thread") && name.equals("sleep"));
                }
            });

    @ArchTest
    static final ArchRule everyPackageShouldBeNullMarked = classes()
            .should(new ArchCondition<JavaClass>("lie in a package with @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                        events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                    }
                }
            });

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> shown(JavaMember member) {
        return member instanceof JavaCodeUnit unit
                ? Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                : Stream.of(((JavaField) member).getRawType());
    }

    private static boolean isForeign(JavaClass type) {
        return Stream.of(
                        "io.netty.",
                        "reactor.netty.",
                        "com.nimbusds.",
                        "com.fasterxml.jackson.databind.",
                        "tools.jackson.")
                .anyMatch(type.getName()::startsWith);
    }

    private static int level(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith(ROOT) ? ORDER.indexOf(name.substring(ROOT.length())) : -1;
    }
}
