package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** How long an emulator that the extension gives lives. */
class DefenderEmulatorExtensionTest {

    @Nested
    @ExtendWith(DefenderEmulatorExtension.class)
    class PerTestByDefault {
        @Test
        void shouldStartWithAllDefaults(DefenderEmulator emulator, DefenderEmulator same) {
            assertThat(emulator).isSameAs(same);
            assertThat(emulator.tenant().generatedAlerts()).isEqualTo(1_000);
            assertThat(emulator.journal().calls()).isEmpty();
        }
    }

    @Nested
    class PerTest {
        private static final Set<DefenderEmulator> SEEN = new HashSet<>();

        @RegisterExtension
        final DefenderEmulatorExtension extension = DefenderEmulatorExtension.with(builder -> builder.size(7));

        @RepeatedTest(2)
        void shouldBeAnotherForEachTest(DefenderEmulator emulator) {
            assertThat(SEEN.add(emulator)).isTrue();
            assertThat(emulator.tenant().generatedAlerts()).isEqualTo(7);
        }
    }

    @Nested
    class PerClass {
        private static final Set<DefenderEmulator> SEEN = new HashSet<>();

        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION =
                DefenderEmulatorExtension.perClass(builder -> builder.size(8));

        @RepeatedTest(2)
        void shouldBeOneForAllTests(DefenderEmulator emulator) {
            SEEN.add(emulator);
            assertThat(SEEN).hasSize(1);
            assertThat(emulator.tenant().generatedAlerts()).isEqualTo(8);
        }
    }

    @Nested
    class PerTestInTheConstructor {
        private static final Set<DefenderEmulator> SEEN = new HashSet<>();

        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION = DefenderEmulatorExtension.with(builder -> builder.size(9));

        private final DefenderEmulator own;

        PerTestInTheConstructor(DefenderEmulator own) {
            this.own = own;
        }

        @RepeatedTest(2)
        void shouldBeAnotherForEachTestAndTheSameInIt(DefenderEmulator emulator) {
            assertThat(emulator).isSameAs(own);
            assertThat(SEEN.add(emulator)).isTrue();
        }
    }

    @Nested
    class PerTestByAccessor {
        private static final Set<DefenderEmulator> SEEN = new HashSet<>();

        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION = DefenderEmulatorExtension.with(builder -> builder.size(6));

        private DefenderEmulator early;

        @BeforeEach
        void prepare() {
            early = EXTENSION.emulator();
        }

        @RepeatedTest(2)
        void shouldBeThatOfTheTest(DefenderEmulator emulator) {
            assertThat(EXTENSION.emulator()).isSameAs(emulator).isSameAs(early);
            assertThat(SEEN.add(emulator)).isTrue();
        }

        @AfterEach
        void look() {
            assertThat(EXTENSION.emulator()).isSameAs(early);
        }
    }

    @Test
    void shouldSayThatNoTestRuns() {
        assertThatIllegalStateException()
                .isThrownBy(DefenderEmulatorExtension.with(builder -> builder)::emulator)
                .withMessageStartingWith("No test runs now")
                .withMessageContaining("perClass(");
    }

    @Nested
    class PerClassByAccessor {
        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION =
                DefenderEmulatorExtension.perClass(builder -> builder.size(5));

        /** Initialised with the class, before JUnit calls anything. */
        private static final String URL = EXTENSION.emulator().baseUrl().toString();

        private static DefenderEmulator beforeAll;

        private final DefenderEmulator inTheConstructor = EXTENSION.emulator();

        @BeforeAll
        static void prepare() {
            beforeAll = EXTENSION.emulator();
        }

        @RepeatedTest(2)
        void shouldBeOneFromTheFirstUseOn(DefenderEmulator emulator) {
            assertThat(emulator)
                    .isSameAs(EXTENSION.emulator())
                    .isSameAs(beforeAll)
                    .isSameAs(inTheConstructor);
            assertThat(emulator.baseUrl()).hasToString(URL);
        }

        @Nested
        class Within {
            @Test
            void shouldBeThatOfTheOuterClass(DefenderEmulator emulator) {
                assertThat(emulator).isSameAs(beforeAll).isSameAs(EXTENSION.emulator());
            }
        }
    }

    /** Calls a static method of the class that fills in properties, as Spring's extension does, before any other extension. */
    static final class Context implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
            context.getRequiredTestClass()
                    .getDeclaredMethod("properties", Map.class)
                    .invoke(null, WithContext.PROPERTIES);
        }
    }

    @Nested
    @ExtendWith(Context.class)
    class WithContext {
        private static final Map<String, Supplier<Object>> PROPERTIES = new HashMap<>();

        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION =
                DefenderEmulatorExtension.perClass(builder -> builder.size(5));

        static void properties(Map<String, Supplier<Object>> registry) {
            registry.put("url", EXTENSION.emulator()::baseUrl);
            registry.put("secret", () -> EXTENSION.emulator().connection().clientSecret());
        }

        @Test
        void shouldBeThereBeforeTheContext(DefenderEmulator emulator) {
            assertThat(PROPERTIES.get("url").get()).isEqualTo(emulator.baseUrl());
            assertThat(PROPERTIES.get("secret").get()).isEqualTo(emulator.clientSecret());
        }
    }

    /** Two classes that inherit the extension: each has an emulator of its own, which ends with it. */
    @Test
    void shouldGiveEachClassThatInheritsItAnother() {
        Inherited.SEEN.clear();
        run(First.class, Second.class);

        assertThat(Inherited.SEEN).hasSize(2).doesNotHaveDuplicates();
        for (int port : Inherited.SEEN) {
            assertThatThrownBy(() -> new Socket("localhost", port).close()).isInstanceOf(ConnectException.class);
        }
    }

    /** Run by the test above only. */
    static class Inherited {
        static final List<Integer> SEEN = new ArrayList<>();

        @RegisterExtension
        static final DefenderEmulatorExtension EXTENSION =
                DefenderEmulatorExtension.perClass(builder -> builder.size(5));

        @Test
        void shouldListen() throws IOException {
            int port = EXTENSION.emulator().baseUrl().getPort();
            SEEN.add(port);
            new Socket("localhost", port).close();
        }
    }

    /** Run by the test above only. */
    static class First extends Inherited {}

    /** Run by the test above only. */
    static class Second extends Inherited {}

    private static long run(Class<?>... classes) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        summary);
        assertThat(summary.getSummary().getFailures()).isEmpty();
        return summary.getSummary().getTestsSucceededCount();
    }

    /** The switch makes this JUnit close as those before 5.13 do: not everything that can be closed. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void shouldCloseTheEmulatorWithAnyVersionOfJUnit(String closesEverything) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Started.class))
                                .configurationParameter(
                                        "junit.jupiter.extensions.store.close.autocloseable.enabled", closesEverything)
                                .build(),
                        summary);

        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(1);
        assertThatThrownBy(() -> new Socket("localhost", Started.port).close()).isInstanceOf(ConnectException.class);
    }

    /** Run by the test above only. */
    @ExtendWith(DefenderEmulatorExtension.class)
    static class Started {
        private static int port;

        @Test
        void shouldListen(DefenderEmulator emulator) throws IOException {
            port = emulator.baseUrl().getPort();
            new Socket("localhost", port).close();
        }
    }
}
