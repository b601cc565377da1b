package io.github.defenderreactive.cli.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.internal.terminal.StatusLine;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class ProgressTest {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Progress progress = new Progress(null, clock, () -> clock.now(TimeUnit.NANOSECONDS));

    private CallListener call() {
        return progress.callStarted(Operations.LIST_ALERTS.info(), Context.empty());
    }

    private static CallSummary ended(long items) {
        return new CallSummary(Outcome.SUCCESS, 1, items, Duration.ZERO, 200, null, null);
    }

    private void pass(int seconds) {
        clock.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldShowTheCallsOfACommandThatReportsNothing() {
        pass(2);
        assertThat(progress.text()).isEqualTo("0 calls, 2 s");
        call().callEnded(ended(0));
        assertThat(progress.text()).isEqualTo("1 call, 30 a minute");
        call().callEnded(ended(1_000));
        assertThat(progress.text()).isEqualTo("1,000 items, 500 a second");
    }

    @Test
    void shouldShowWhatACommandReports() {
        call().callEnded(ended(1_000));
        pass(5);
        progress.add(10);
        assertThat(progress.text()).isEqualTo("10 items, 2 a second");

        progress.expect("devices", 40);
        progress.add(10);
        pass(10);
        assertThat(progress.text()).isEqualTo("20 of 40 devices, 2 a second, 10 s left");
    }

    @Test
    void shouldShowTheLongestWait() {
        CallListener first = call();
        CallListener second = call();
        first.permitRequested(0);
        pass(3);
        second.permitRequested(1);
        pass(60);
        assertThat(progress.text()).isEqualTo("0 calls, 1 min 3 s; waiting for the quota, 1 min 3 s");

        first.permitGranted(Duration.ofSeconds(63));
        first.tokenReady(Duration.ZERO);
        assertThat(progress.text()).endsWith("; waiting for the quota, 1 min 0 s");
        second.permitGranted(Duration.ofSeconds(60));
        pass(1);
        assertThat(progress.text()).endsWith("; waiting for an access token, 1 s");
        second.attemptStarted(1);
        assertThat(progress.text()).doesNotContain("waiting");
        second.attemptEnded(new AttemptSummary(1, Outcome.THROTTLED, 429, Duration.ZERO, 0, null, null));
        assertThat(progress.text()).endsWith("; waiting for a retry after HTTP 429, 0 s");
        second.callEnded(ended(0));
        assertThat(progress.text()).doesNotContain("waiting");
    }

    @Test
    void shouldShortenTheFiguresRatherThanTheWait() {
        progress.follow(() -> new Measure("records", 1_234_567, Measure.UNKNOWN, "12 of 40 files, 1,234 MB", 0.3));
        call().permitRequested(0);
        pass(100);

        assertThat(progress.text())
                .startsWith("12 of 40 files, 1,234 MB, 1,234,567 records")
                .endsWith("; waiting for the quota, 1 min 40 s")
                .hasSize(StatusLine.MAX_COLUMNS);
    }

    @Test
    void shouldShowTheBytesOfADownload() {
        pass(100);
        CallListener file = progress.callStarted(Downloads.OPERATION, Context.empty());
        file.responseStarted(503, 20);
        file.bytesReceived(20);
        file.responseStarted(200, 4_000_000);
        file.bytesReceived(500_000);
        file.bytesReceived(500_000);
        pass(1);
        assertThat(progress.text()).isEqualTo("1.0 of 4.0 MB, 1.0 MB a second, 3 s left");
        file.callEnded(ended(0));
        assertThat(progress.text()).startsWith("1 call,");
    }

    @Test
    void shouldShowNothingInsteadOfAProgressThatIsNotKnownYet() {
        progress.follow(() -> null);
        pass(1);

        assertThat(progress.text()).isEqualTo("0 calls, 1 s");
        assertThat(progress.isShown()).isFalse();
        assertThat(StatusLine.isOpen()).isFalse();
        progress.close();
    }
}
