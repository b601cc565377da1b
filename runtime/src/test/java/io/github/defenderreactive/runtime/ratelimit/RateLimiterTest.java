package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Permits, on a clock of the test's own. */
class RateLimiterTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> order = new ArrayList<>();

    @AfterEach
    void stop() {
        time.dispose();
    }

    @Test
    void shouldGivePermitsUpToTheLimitAtOnceAndTheNextWhenTheFirstIsAMinuteOld() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 3, 0);
        for (int i = 0; i < 3; i++) {
            time.advanceTimeBy(Duration.ofSeconds(5));
            acquire(limiter, quota, Lane.BULK, "p" + i);
        }
        acquire(limiter, quota, Lane.BULK, "p3");
        acquire(limiter, quota, Lane.BULK, "p4");

        assertThat(order).containsExactly("p0", "p1", "p2");
        assertThat(limiter.waiting(quota)).isEqualTo(2);
        time.advanceTimeBy(Duration.ofMillis(49_999));
        assertThat(order).hasSize(3);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(order).containsExactly("p0", "p1", "p2", "p3");
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(order).endsWith("p4");
        assertThat(limiter.waiting(quota)).isZero();
    }

    @Test
    void shouldKeepTheHourBesidesTheMinute() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 100, 1500);
        for (int i = 0; i < 1600; i++) {
            acquire(limiter, quota, Lane.BULK, "p");
        }

        for (int minute = 0; minute < 15; minute++) {
            assertThat(order).hasSize(100 * (minute + 1));
            time.advanceTimeBy(Duration.ofMinutes(1));
        }
        assertThat(order).hasSize(1500);
        time.advanceTimeBy(Duration.ofMinutes(44));
        assertThat(order).hasSize(1500);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(order).hasSize(1600);
    }

    @Test
    void shouldNeverExceedALimitInAnyWindow() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 7, 50);
        Random random = new Random(4711);
        List<Long> given = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            time.advanceTimeBy(Duration.ofMillis(random.nextInt(20_000)));
            limiter.permits()
                    .acquire(quota, Lane.BULK, LONG)
                    .subscribe(null, null, () -> given.add(time.now(TimeUnit.NANOSECONDS)));
        }
        time.advanceTimeBy(Duration.ofDays(1));

        assertThat(given).hasSize(400);
        assertThat(mostWithin(given, Duration.ofMinutes(1))).isEqualTo(7);
        assertThat(mostWithin(given, Duration.ofHours(1))).isEqualTo(50);
    }

    @Test
    void shouldTakeALimitOfZeroForNone() {
        RateLimiter limiter = limiter();
        Quota none = new Quota("none", 0, 0);
        Quota hourly = new Quota("hourly", 0, 2);
        for (int i = 0; i < 5000; i++) {
            acquire(limiter, none, Lane.BULK, "none");
        }
        acquire(limiter, hourly, Lane.BULK, "h");
        acquire(limiter, hourly, Lane.BULK, "h");
        acquire(limiter, hourly, Lane.BULK, "h");

        assertThat(order).hasSize(5002);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(order).hasSize(5003);
    }

    @Test
    void shouldServeInteractiveCallsFirstAndEachLaneInOrder() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 1, 0);
        acquire(limiter, quota, Lane.BULK, "b0");
        acquire(limiter, quota, Lane.BULK, "b1");
        acquire(limiter, quota, Lane.BULK, "b2");
        acquire(limiter, quota, Lane.INTERACTIVE, "i1");
        acquire(limiter, quota, Lane.INTERACTIVE, "i2");

        for (int i = 0; i < 4; i++) {
            time.advanceTimeBy(Duration.ofMinutes(1));
        }

        assertThat(order).containsExactly("b0", "i1", "i2", "b1", "b2");
    }

    @Test
    void shouldServeThoseWhoComeAgainBeforeNewcomersOfTheirLane() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 1, 0);
        acquire(limiter, quota, Lane.BULK, "first");
        acquire(limiter, quota, Lane.BULK, "newcomer");
        acquireForRetry(limiter, quota, "again 1");
        Disposable gone = acquireForRetry(limiter, quota, "gone");
        acquireForRetry(limiter, quota, "again 2");
        acquire(limiter, quota, Lane.INTERACTIVE, "interactive");
        gone.dispose();

        for (int i = 0; i < 4; i++) {
            time.advanceTimeBy(Duration.ofMinutes(1));
        }

        assertThat(order).containsExactly("first", "interactive", "again 1", "again 2", "newcomer");
        assertThat(limiter.waiting(quota)).isZero();
    }

    @Test
    void shouldGiveNoPermitToAWaiterThatWasCancelled() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 1, 0);
        acquire(limiter, quota, Lane.BULK, "first");
        List<Disposable> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiters.add(acquire(limiter, quota, Lane.BULK, "cancelled"));
        }
        acquire(limiter, quota, Lane.BULK, "last");

        waiters.forEach(Disposable::dispose);
        assertThat(limiter.waiting(quota)).isEqualTo(1);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(order).containsExactly("first", "last");
    }

    @Test
    void shouldLeaveOtherGroupsAlone() {
        RateLimiter limiter = limiter();
        acquire(limiter, new Quota("a", 1, 0), Lane.BULK, "a");
        acquire(limiter, new Quota("a", 1, 0), Lane.BULK, "a2");
        limiter.permits().pause(new Quota("a", 1, 0), Duration.ofHours(1));

        acquire(limiter, new Quota("b", 1, 0), Lane.BULK, "b");

        assertThat(order).containsExactly("a", "b");
    }

    @Test
    void shouldPauseAGroupUntilTheLatestTimeNamed() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 100, 0);
        limiter.permits().pause(quota, Duration.ofSeconds(8));
        limiter.permits().pause(quota, Duration.ofSeconds(3));
        acquire(limiter, quota, Lane.INTERACTIVE, "p");

        time.advanceTimeBy(Duration.ofMillis(7_999));
        assertThat(order).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(order).containsExactly("p");
    }

    @Test
    void shouldFailAtOnceWhenThePermitWouldComeTooLate() {
        RateLimiter limiter = limiter();
        Quota quota = new Quota("g", 1, 0);
        acquire(limiter, quota, Lane.BULK, "first");

        StepVerifier.create(limiter.permits().acquire(quota, Lane.BULK, Duration.ofSeconds(59)))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ThrottledException.class).hasMessageContaining("1 a minute");
                    assertThat(((ThrottledException) error).retryAfter()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(((ThrottledException) error).status()).isZero();
                })
                .verify(Duration.ofSeconds(5));
        assertThat(limiter.waiting(quota)).isZero();
    }

    @Test
    void shouldFailWaitersThatAPauseMakesTooLate() {
        RateLimiter limiter = RateLimiter.builder()
                .scheduler(time)
                .maxWait(Duration.ofMinutes(2))
                .build();
        Quota quota = new Quota("g", 1, 0);
        acquire(limiter, quota, Lane.BULK, "first");
        Disposable waiter = acquire(limiter, quota, Lane.BULK, "waiter");
        assertThat(waiter.isDisposed()).isFalse();

        limiter.permits().pause(quota, Duration.ofMinutes(3));

        assertThat(order).containsExactly("first", "waiter failed");
    }

    @Test
    void shouldNotLimitWhenUnlimited() {
        RateLimiter limiter = RateLimiter.unlimited();
        limiter.permits().pause(new Quota("g", 1, 1), Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            acquire(limiter, new Quota("g", 1, 1), Lane.BULK, "p");
        }

        assertThat(order).hasSize(10);
    }

    @RepeatedTest(50)
    void shouldCountRightWhenManyThreadsComeAndGo() {
        RateLimiter limiter = RateLimiter.create();
        Quota quota = new Quota("g", 500, 0);
        AtomicInteger given = new AtomicInteger();

        // Half of those who come leave at once; those who got a permit before leaving count.
        Flux.range(0, 2000)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .doOnNext(i -> {
                    Caller caller = new Caller(given);
                    limiter.permits()
                            .acquire(quota, i % 4 == 0 ? Lane.INTERACTIVE : Lane.BULK, LONG)
                            .subscribe(caller);
                    if (i % 2 == 0) {
                        caller.leave();
                    }
                })
                .sequential()
                .blockLast(Duration.ofSeconds(20));

        assertThat(given).hasValue(500);
        assertThat(limiter.waiting(quota)).isPositive().isLessThan(1500);
    }

    /** Counts a permit also when it comes in the moment of leaving, as a disposed lambda would not. */
    private static final class Caller implements CoreSubscriber<Void> {

        private final AtomicInteger given;
        private Subscription subscription;

        Caller(AtomicInteger given) {
            this.given = given;
        }

        void leave() {
            subscription.cancel();
        }

        @Override
        public void onSubscribe(Subscription waiting) {
            subscription = waiting;
        }

        @Override
        public void onNext(Void nothing) {
            throw new AssertionError("A permit is a completion");
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            given.incrementAndGet();
        }
    }

    @Test
    void shouldKeepEverySettingWhenMutated() {
        SharedQuota shared = new SharedQuota() {
            @Override
            public Mono<Duration> acquire(Quota quota) {
                return Mono.just(Duration.ZERO);
            }

            @Override
            public Mono<Void> release(Quota quota) {
                return Mono.empty();
            }
        };
        RateLimiter first = RateLimiter.builder()
                .maxWait(LONG)
                .scheduler(time)
                .sharedQuota(shared)
                .build();
        RateLimiter second = first.mutate().build();

        assertThat(second).isNotSameAs(first);
        assertThat(second.maxWait()).isEqualTo(LONG);
        assertThat(second.sharedQuota()).isSameAs(shared);
        assertThat(second).extracting("scheduler").isSameAs(time);
        assertThat(RateLimiter.unlimited().mutate().build().isLimited()).isFalse();
    }

    private static int mostWithin(List<Long> given, Duration window) {
        Deque<Long> inside = new ArrayDeque<>();
        int most = 0;
        for (long at : given) {
            while (!inside.isEmpty() && at - inside.peek() >= window.toNanos()) {
                inside.poll();
            }
            inside.add(at);
            most = Math.max(most, inside.size());
        }
        return most;
    }

    private Disposable acquire(RateLimiter limiter, Quota quota, Lane lane, String name) {
        return limiter.permits()
                .acquire(quota, lane, LONG)
                .subscribe(null, error -> order.add(name + " failed"), () -> order.add(name));
    }

    private Disposable acquireForRetry(RateLimiter limiter, Quota quota, String name) {
        return limiter.permits().acquireForRetry(quota, Lane.BULK, LONG).subscribe(null, null, () -> order.add(name));
    }

    private RateLimiter limiter() {
        return RateLimiter.builder().scheduler(time).maxWait(LONG).build();
    }
}
