package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
