package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionProviderTest {

    @ParameterizedTest
    @ValueSource(strings = {"--version", "alerts stream --version"})
    void shouldPrintTheVersionOfTheBuild(String arguments) {
        CommandLineRun run = CommandLineRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("defender " + System.getProperty("defender.version") + System.lineSeparator());
    }
}
