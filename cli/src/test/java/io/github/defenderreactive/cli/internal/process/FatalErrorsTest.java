package io.github.defenderreactive.cli.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that reach no subscriber: the process ends with one line even if a thread waits for the stream. */
@Timeout(180)
class FatalErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"elastic", "prefetch", "timer", "periodic", "dropped", "thread", "main"})
    void shouldEndIfMemoryRunsOut(String place) throws IOException, InterruptedException {
        try (CommandProcess program = program(place)) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.OTHER);
            assertThat(program.err())
                    .hasLineCount(1)
                    .startsWith("defender: Out of memory")
                    .contains("-Xmx");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "class")
    void shouldEndIfAClassIsMissing(String place) throws IOException, InterruptedException {
        try (CommandProcess program = program(place)) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.OTHER);
            assertThat(program.err())
                    .isEqualTo(
                            "defender: Unexpected failure: java.lang.NoClassDefFoundError: io/netty/util/AttributeKey\n");
        }
    }

    private static CommandProcess program(String place) throws IOException {
        return CommandProcess.start(List.of("-Xmx64m"), Map.of(), FatalErrorProgram.class, List.of(place), "", "");
    }
}
