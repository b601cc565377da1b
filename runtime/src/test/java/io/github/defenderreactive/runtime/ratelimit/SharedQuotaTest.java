package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Failures and delays of a shared quota. What the quota itself must do is the contract of the testkit. */
class SharedQuotaTest {

    private static final Quota QUOTA = new Quota("g", 2, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger released = new AtomicInteger();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    private RateLimiter limiter(Mono<Duration> answer) {
        return RateLimiter.builder()
                .scheduler(time)
                .sharedQuota(new SharedQuota() {
                    @Override
                    public Mono<Duration> acquire(Quota quota) {
                        return answer;
                    }

                    @Override
                    public Mono<Void> release(Quota quota) {
                        return Mono.fromRunnable(released::incrementAndGet);
                    }
                })
                .build();
    }

    @Test
    void shouldGiveBackACallForWhichNobodyWaitsAnyMore() {
        Sinks.One<Duration> answer = Sinks.one();
        RateLimiter limiter = limiter(answer.asMono());
        Disposable caller = limiter.permits()
                .acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1))
                .subscribe();
        caller.dispose();
        assertThat(released).hasValue(0);

        answer.tryEmitValue(Duration.ZERO);

        assertThat(released).hasValue(1);
    }

    @Test
    void shouldGiveBackNothingWhenNothingWasTaken() {
        Sinks.One<Duration> answer = Sinks.one();
        RateLimiter limiter = limiter(answer.asMono());
        limiter.permits()
                .acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1))
                .subscribe()
                .dispose();

        answer.tryEmitValue(Duration.ofSeconds(3));

        assertThat(released).hasValue(0);
    }

    @Test
    void shouldGiveBackNothingWhenTheSharedQuotaCouldNotBeAsked() {
        Sinks.One<Duration> answer = Sinks.one();
        RateLimiter limiter = limiter(answer.asMono());
        limiter.permits()
                .acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1))
                .subscribe()
                .dispose();

        answer.tryEmitError(new IllegalStateException("no connection"));

        assertThat(released).hasValue(0);
    }

    @Test
    void shouldAskAsOftenAsItTakes() {
        int often = 50_000;
        AtomicInteger asked = new AtomicInteger();
        RateLimiter limiter = limiter(
                Mono.fromSupplier(() -> asked.incrementAndGet() < often ? Duration.ofMillis(1) : Duration.ZERO));

        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1)))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(often)))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(asked).hasValue(often);
    }

    @Test
    void shouldGoOnAloneWhenTheSharedQuotaCannotBeAsked() {
        RateLimiter limiter = limiter(Mono.error(new IllegalStateException("no connection")));

        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1)))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1)))
                .expectComplete()
                .verify(PATIENCE);
        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofSeconds(1)))
                .expectError(ThrottledException.class)
                .verify(PATIENCE);
    }

    @Test
    void shouldFailAtOnceWhenTheOthersLeaveNothingInTime() {
        AtomicInteger asked = new AtomicInteger();
        RateLimiter limiter = limiter(Mono.fromSupplier(() -> {
            asked.incrementAndGet();
            return Duration.ofSeconds(40);
        }));

        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofSeconds(30)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ThrottledException.class).hasMessageContaining("shared quota of");
                    assertThat(((ThrottledException) error).retryAfter()).isEqualTo(Duration.ofSeconds(40));
                })
                .verify(PATIENCE);
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldAskAgainWhenTheWaitIsOver() {
        AtomicInteger asked = new AtomicInteger();
        RateLimiter limiter =
                limiter(Mono.fromSupplier(() -> asked.incrementAndGet() < 3 ? Duration.ofSeconds(10) : Duration.ZERO));

        StepVerifier.create(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofMinutes(1)))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(9_999)))
                .then(() -> assertThat(asked).hasValue(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .then(() -> assertThat(asked).hasValue(2))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .expectComplete()
                .verify(PATIENCE);
    }
}
