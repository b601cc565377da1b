package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.DefenderService;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Fifty readers of one quota group against a service that enforces its quotas, on one virtual clock. */
class QuotaStormTest {

    private static final int READERS = 50;
    private static final int ALERTS = 400;
    private static final int PAGES = 20;
    private static final String LIST = "/api/alerts";
    private static final Quota QUOTA = Operations.LIST_ALERTS.info().quota();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final RateLimiter limiter = RateLimiter.builder().scheduler(time).build();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private DefenderService service;
    private ServiceTransport ours;
    private String token;

    @BeforeEach
    void start() {
        DefenderEmulator.Builder builder = DefenderEmulator.builder()
                .size(ALERTS)
                .pageSize(ALERTS / PAGES)
                .enforceQuotas(true)
                .tokenLifetime(Duration.ofDays(1))
                .clock(new VirtualClock(time, Instant.parse("2026-11-25T10:00:00Z")));
        service = builder.service();
        token = ServiceTransport.token(service, builder);
        ours = new ServiceTransport(service, time);
    }

    @AfterEach
    void stop() {
        time.dispose();
    }

    private Pipeline pipeline(ServiceTransport transport, RateLimiter permits) {
        TokenCache tokens = TokenCache.of(
                request -> Mono.just(AccessToken.of(token, Instant.now().plus(Duration.ofDays(1)))));
        return Pipeline.builder()
                .transport(transport)
                .apiRoot(URI.create("https://defender.test/api"))
                .authorization(tokens, "scope")
                .retry(RetryPolicy.builder().retryBudget(2_000).build())
                .rateLimiter(permits)
                .scheduler(time)
                .build();
    }

    private static final class Reader {
        private final Set<String> ids = new HashSet<>();
        private int items;
        private long last;
        private long longestGap;
        private boolean done;
    }

    private void startReaders(Pipeline pipeline, int items) {
        AlertsApi alerts = new AlertsApi(pipeline);
        for (int i = 0; i < READERS; i++) {
            Reader reader = new Reader();
            readers.add(reader);
            alerts.list(ListAlertsQuery.all())
                    .withoutTimeWindows()
                    .take(items)
                    .subscribe(alert -> took(reader, alert), failures::add, () -> reader.done = true);
        }
    }

    private void took(Reader reader, Alert alert) {
        long now = time.now(TimeUnit.MILLISECONDS);
        reader.longestGap = Math.max(reader.longestGap, now - reader.last);
        reader.last = now;
        reader.items++;
        reader.ids.add(alert.id());
    }

    private void run(Duration duration) {
        for (long tick = 0; tick < duration.toMillis(); tick += 50) {
            time.advanceTimeBy(Duration.ofMillis(50));
        }
    }

    private void everyReaderShouldHaveReadOnce(int items) {
        assertThat(failures).isEmpty();
        assertThat(readers).hasSize(READERS).allSatisfy(reader -> {
            assertThat(reader.done).isTrue();
            assertThat(reader.items).isEqualTo(items);
            assertThat(reader.ids).hasSize(items);
        });
    }

    private static int mostWithin(List<ServiceTransport.Sent> calls, Duration window) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < calls.size(); last++) {
            while (calls.get(last).sentAt() - calls.get(first).sentAt() >= window.toMillis()) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Test
    void shouldKeepTheQuotaServeEveryReaderAndLetAnIsolatePass() {
        Pipeline pipeline = pipeline(ours, limiter);
        Duration foretold = limiter.forecast(QUOTA, READERS * PAGES);
        startReaders(pipeline, ALERTS);
        run(Duration.ofSeconds(90));

        AtomicReference<Long> isolated = new AtomicReference<>();
        AtomicReference<Long> permitted = new AtomicReference<>();
        long asked = time.now(TimeUnit.MILLISECONDS);
        new MachineActionsApi(pipeline)
                .isolate(
                        service.tenant().machineId(0),
                        IsolateMachineRequest.builder()
                                .comment("storm")
                                .isolationType(IsolationType.FULL)
                                .build())
                .subscribe(action -> isolated.set(time.now(TimeUnit.MILLISECONDS)), failures::add);
        limiter.permits()
                .acquire(QUOTA, Lane.INTERACTIVE, Duration.ofMinutes(5))
                .subscribe(null, failures::add, () -> permitted.set(time.now(TimeUnit.MILLISECONDS)));
        run(Duration.ofMinutes(12));

        everyReaderShouldHaveReadOnce(ALERTS);
        List<ServiceTransport.Sent> calls = ours.calls(LIST);
        assertThat(calls)
                .hasSize(READERS * PAGES)
                .allSatisfy(call -> assertThat(call.status()).isEqualTo(200));
        assertThat(mostWithin(calls, Duration.ofMinutes(1))).isEqualTo(100);
        assertThat(mostWithin(calls, Duration.ofHours(1))).isLessThanOrEqualTo(1_500);
        assertThat(calls.get(calls.size() - 1).sentAt() - calls.get(0).sentAt())
                .isBetween(foretold.toMillis(), foretold.plusMinutes(1).toMillis() + 1_000);
        // 50 readers share 100 calls a minute: each has its turn twice in every minute.
        assertThat(readers).allSatisfy(reader -> assertThat(reader.longestGap).isLessThanOrEqualTo(61_000));
        assertThat(isolated.get() - asked).as("another group waits for nothing").isLessThanOrEqualTo(200);
        assertThat(permitted.get() - asked)
                .as("the same group waits for the next permit")
                .isLessThanOrEqualTo(60_000);
    }

    @Test
    void shouldSendNothingDuringAPauseWhileAnotherProcessUsesTheSameQuota() {
        ServiceTransport theirs = new ServiceTransport(service, time);
        Pipeline other = pipeline(theirs, RateLimiter.unlimited());
        AlertsApi neighbour = new AlertsApi(other.withRetry(RetryPolicy.none()));
        startReaders(pipeline(ours, limiter), 8 * ALERTS / PAGES);
        for (int minute = 0; minute < 14; minute++) {
            for (int i = 0; i < 60; i++) {
                neighbour.list(ListAlertsQuery.builder().top(1).build()).subscribe(alert -> {}, refused -> {});
            }
            run(Duration.ofMinutes(1));
        }

        everyReaderShouldHaveReadOnce(8 * ALERTS / PAGES);
        List<ServiceTransport.Sent> calls = ours.calls(LIST);
        List<ServiceTransport.Sent> refusals =
                calls.stream().filter(call -> call.status() == 429).toList();
        assertThat(refusals).isNotEmpty();
        assertThat(calls.stream().filter(call -> call.status() == 200)).hasSize(READERS * 8);
        for (ServiceTransport.Sent refusal : refusals) {
            long from = refusal.answeredAt();
            long until = from + TimeUnit.SECONDS.toMillis(refusal.retryAfter());
            assertThat(calls.stream().filter(call -> call.sentAt() > from && call.sentAt() < until))
                    .as("sent during a pause")
                    .isEmpty();
        }
    }
}
