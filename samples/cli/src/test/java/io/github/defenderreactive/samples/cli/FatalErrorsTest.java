package io.github.defenderreactive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that Reactor passes to nobody: the process ends with a line, whoever waits for the stream. */
@Timeout(180)
class FatalErrorsTest {

    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"elastic", "prefetch", "timer", "periodic", "dropped", "thread", "main"})
    void shouldEndWhenMemoryRunsOut(String place) throws IOException, InterruptedException {
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
    void shouldEndWhenAClassIsMissing(String place) throws IOException, InterruptedException {
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

    /**
     * Whether a large value fits depends on the JVM; a process that waits is wrong in any case.
     *
     * @param heap in MB
     */
    @ParameterizedTest
    @CsvSource({"12, 64", "15, 64", "15, 80"})
    void shouldPrintAnAlertOfManyMegabytesOrEnd(int megabytes, int heap) throws IOException, InterruptedException {
        String title = "x".repeat(megabytes * MEBIBYTE);
        byte[] page = ("{\"value\":[{\"id\":\"da1_-1\",\"alertCreationTime\":\"2026-11-01T00:00:00Z\",\"title\":\""
                        + title + "\"}]}")
                .getBytes(StandardCharsets.US_ASCII);
        try (StaticServer server = new StaticServer(200, page)) {
            List<String> arguments = new ArrayList<>(List.of("alerts", "stream"));
            arguments.addAll(server.options());
            try (CommandProcess command =
                    CommandProcess.start(List.of("-Xmx" + heap + "m"), Map.of(), arguments, "", "")) {
                int exitCode = command.exitCode();
                if (exitCode == ExitCode.OK) {
                    assertThat(command.out()).hasSizeGreaterThan(title.length());
                    assertThat(command.err()).isEmpty();
                } else {
                    assertThat(exitCode).isEqualTo(ExitCode.OTHER);
                    assertThat(command.err()).hasLineCount(1).startsWith("defender: Out of memory");
                }
            }
        }
    }
}
