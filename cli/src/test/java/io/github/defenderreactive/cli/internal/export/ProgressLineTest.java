package io.github.defenderreactive.cli.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.export.ExportProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class ProgressLineTest {

    private static final String ERASE = "\r\u001b[K";

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(out, true, StandardCharsets.UTF_8);

    @Test
    void shouldShowTheLatestProgressAndEraseIt() {
        ProgressLine line = new ProgressLine(terminal, clock);
        clock.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(out.size()).isZero();

        line.update(new ExportProgress(40, 1, 1_500_000, 2_000, 0, 1, List.of()));
        line.update(new ExportProgress(40, 12, 1_234_567_890, 1_234_567, 0, 1, List.of()));
        clock.advanceTimeBy(Duration.ofMillis(500));
        line.close();
        clock.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(ERASE + "12 of 40 files, 1,234,567 records, 1,234 MB" + ERASE);
    }

    @Test
    void shouldPrintNothingIfNothingWasShown() {
        ProgressLine line = new ProgressLine(terminal, clock);
        line.close();

        assertThat(out.size()).isZero();
    }

    @Test
    void shouldPrintNothingIfStandardErrorIsNotATerminal() {
        assertThat(ProgressLine.onStandardError()).isNull();
    }
}
