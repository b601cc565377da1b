package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.defenderreactive.cli.internal.output.FlushedLines;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.terminal.BrokenPipe;
import io.github.defenderreactive.cli.internal.terminal.StandardOutput;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {

    private static final JsonEncodable ROW = out -> out.beginObject().endObject();

    private static PrintStream failingWith(String reason) {
        return StandardOutput.of(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Output.Format.class)
    void shouldFailWithTheReasonInEveryFormat(Output.Format format) {
        Throwable failure = catchThrowable(() -> {
            try (Output rows = Output.of(format, failingWith("No space left on device"), false, List.of("id"))) {
                rows.row(ROW);
            }
        });
        assertThat(failure)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write to standard output: No space left on device");
        assertThat(BrokenPipe.isCauseOf(failure)).isFalse();
        assertThat(ExitCode.of(failure)).isEqualTo(ExitCode.OTHER);
    }

    @Test
    void shouldFailBeforeALineCountsAsPrinted() {
        FlushedLines lines = new FlushedLines(failingWith("No space left on device"), false);
        assertThat(catchThrowable(() -> lines.line(ROW))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void shouldDetectABrokenPipe() {
        assertThat(BrokenPipe.isCauseOf(
                        catchThrowable(() -> failingWith("Broken pipe").println("line"))))
                .isTrue();
    }

    /** picocli prints these options before a command runs. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void shouldReportThatHelpCannotBePrinted(String option) {
        PrintStream real = System.out;
        try {
            System.setOut(failingWith("Broken pipe"));
            assertThat(Defender.run(Map.of(), option)).isEqualTo(ExitCode.OK);
            System.setOut(failingWith("No space left on device"));
            assertThat(Defender.run(Map.of(), option)).isEqualTo(ExitCode.OTHER);
        } finally {
            System.setOut(real);
        }
    }
}
