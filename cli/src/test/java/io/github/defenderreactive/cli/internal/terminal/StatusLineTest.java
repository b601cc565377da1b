package io.github.defenderreactive.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream results = new PrintStream(StatusLine.above(out), true, StandardCharsets.UTF_8);

    private String written() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Test
    void shouldEraseTheLineBeforeAnythingElseIsWritten() {
        try (StatusLine line = StatusLine.on(terminal)) {
            results.println("first");
            assertThat(written()).isEqualTo("first\n");
            line.show("1 item");
            line.show("2 items");
            assertThat(written()).isEqualTo(ERASE + "1 item" + ERASE + "2 items");
            results.println("second");
            results.println("third");
            assertThat(written()).isEqualTo(ERASE + "second\nthird\n");
        }
        assertThat(written()).isEmpty();
    }

    @Test
    void shouldShowNothingWithinALineOfResults() {
        try (StatusLine line = StatusLine.on(terminal)) {
            results.print("half of a line");
            line.show("hidden");
            results.println(", and the rest");
            line.show("visible");
        }
        assertThat(written()).isEqualTo("half of a line, and the rest\n" + ERASE + "visible" + ERASE);
    }

    @Test
    void shouldShowNothingAfterItsEnd() {
        StatusLine line = StatusLine.on(terminal);
        assertThat(StatusLine.isOpen()).isTrue();
        line.show("x".repeat(200));
        assertThat(written()).isEqualTo(ERASE + "x".repeat(StatusLine.MAX_COLUMNS));
        line.close();
        line.close();
        line.show("late");

        assertThat(written()).isEqualTo(ERASE);
        assertThat(StatusLine.isOpen()).isFalse();
    }

    @Test
    void shouldNotBeOpenedIfStandardErrorIsNotATerminal() {
        assertThat(StatusLine.onStandardError("xterm")).isNull();
        assertThat(StatusLine.onStandardError("dumb")).isNull();
        assertThat(StatusLine.onStandardError(null)).isNull();
    }
}
