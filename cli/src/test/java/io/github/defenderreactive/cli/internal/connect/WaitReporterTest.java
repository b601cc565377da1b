package io.github.defenderreactive.cli.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.observation.AttemptSummary;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.observation.CallSummary;
import io.github.defenderreactive.runtime.observation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class WaitReporterTest {

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final List<String> said = new ArrayList<>();
    private final WaitReporter waits = new WaitReporter(clock, said::add);
    private final CallListener call = waits.callStarted(Operations.LIST_ALERTS.info(), Context.empty());

    private static AttemptSummary failed(int status) {
        return new AttemptSummary(1, Outcome.THROTTLED, status, Duration.ZERO, 0, null, null);
    }

    @Test
    void shouldReportTheReasonOfAWait() {
        call.permitRequested(3);
        clock.advanceTimeBy(WaitReporter.INITIAL_DELAY.minusMillis(1));
        assertThat(said).isEmpty();
        clock.advanceTimeBy(Duration.ofMillis(1));
        assertThat(said).containsExactly("listAlerts: waiting for the quota");
        clock.advanceTimeBy(WaitReporter.INTERVAL.multipliedBy(2));
        assertThat(said).hasSize(3);

        said.clear();
        call.permitGranted(WaitReporter.INITIAL_DELAY);
        clock.advanceTimeBy(WaitReporter.INITIAL_DELAY);
        assertThat(said).containsExactly("listAlerts: waiting for an access token");

        said.clear();
        call.tokenReady(WaitReporter.INITIAL_DELAY);
        call.attemptStarted(1);
        clock.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(said).isEmpty();

        call.attemptEnded(failed(429));
        clock.advanceTimeBy(WaitReporter.INITIAL_DELAY);
        assertThat(said).containsExactly("listAlerts: waiting for a retry after HTTP 429");
    }

    @Test
    void shouldReportNothingAfterTheEndOfACall() {
        call.permitRequested(0);
        call.permitGranted(Duration.ZERO);
        call.tokenReady(Duration.ZERO);
        call.attemptStarted(1);
        call.attemptEnded(failed(0));
        call.callEnded(new CallSummary(Outcome.CONNECTION, 1, 0, Duration.ZERO, 0, null, null));
        clock.advanceTimeBy(Duration.ofHours(1));
        assertThat(said).isEmpty();
    }

    @Test
    void shouldReportLongWorkUntilItEnds() {
        Disposable running = waits.report("the download", Mono.never()).subscribe();
        clock.advanceTimeBy(WaitReporter.INITIAL_DELAY);
        assertThat(said).containsExactly("still waiting for the download");
        running.dispose();
        clock.advanceTimeBy(Duration.ofHours(1));
        assertThat(said).hasSize(1);
    }
}
