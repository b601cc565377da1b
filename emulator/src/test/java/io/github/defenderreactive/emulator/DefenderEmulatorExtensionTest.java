package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
