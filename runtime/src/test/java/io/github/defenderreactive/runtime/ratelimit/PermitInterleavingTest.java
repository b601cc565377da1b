package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.testing.Interleavings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Every order of a few arrivals, departures, pauses and passing time, also one from within another: whoever gets a permit
 * may at once come again, or make another leave.
 */
class PermitInterleavingTest {

    private static final Quota QUOTA = new Quota("g", 2, 3);
    private static final int STEPS = 6;

    @Test
    void shouldKeepTheLimitsAndForgetNobodyWhateverTheOrder() {
        long ways = Interleavings.explore(forks -> {
            World world = new World(forks);
            try {
                world.run();
            } finally {
                world.time.dispose();
            }
        });
        assertThat(ways).isGreaterThan(10_000);
    }

    private enum Step {
        INTERACTIVE,
        BULK,
        BULK_AGAIN,
        CANCEL_FIRST,
        CANCEL_LAST,
        PAUSE,
        LET_TIME_PASS
    }

    private static final class World {

        private final Interleavings forks;
        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private final RateLimiter limiter = RateLimiter.builder()
                .scheduler(time)
                .maxWait(Duration.ofDays(1))
                .build();
        private final List<Caller> callers = new ArrayList<>();
        private final List<Long> given = new ArrayList<>();
        private long pausedUntil;
        private int left = STEPS;

        World(Interleavings forks) {
            this.forks = forks;
        }

        void run() {
            while (left > 0 && step(true)) {
                check();
            }
            left = 0;
            time.advanceTimeBy(Duration.ofDays(1));
            assertThat(callers).as("left waiting").noneMatch(Caller::waits);
            check();
        }

        private void check() {
            assertThat(limiter.waiting(QUOTA))
                    .isEqualTo((int) callers.stream().filter(Caller::waits).count());
            for (int i = 2; i < given.size(); i++) {
                assertThat(given.get(i) - given.get(i - 2)).isGreaterThanOrEqualTo(TimeUnit.MINUTES.toNanos(1));
            }
            for (int i = 3; i < given.size(); i++) {
                assertThat(given.get(i) - given.get(i - 3)).isGreaterThanOrEqualTo(TimeUnit.HOURS.toNanos(1));
            }
            assertThat(callers).allMatch(caller -> caller.permits <= 1 && !(caller.gone && caller.permits > 0));
        }

        private boolean step(boolean timeMayPass) {
            List<Step> possible = new ArrayList<>(List.of(Step.INTERACTIVE, Step.BULK, Step.BULK_AGAIN));
            if (callers.stream().anyMatch(Caller::waits)) {
                possible.add(Step.CANCEL_FIRST);
                possible.add(Step.CANCEL_LAST);
            }
            possible.add(Step.PAUSE);
            if (timeMayPass) {
                possible.add(Step.LET_TIME_PASS);
            }
            int chosen = forks.choose(possible.size() + 1);
            if (chosen == 0) {
                return false;
            }
            left--;
            perform(possible.get(chosen - 1));
            return true;
        }

        private void perform(Step step) {
            switch (step) {
                case INTERACTIVE -> come(limiter.permits().acquire(QUOTA, Lane.INTERACTIVE, Duration.ofDays(1)));
                case BULK -> come(limiter.permits().acquire(QUOTA, Lane.BULK, Duration.ofDays(1)));
                case BULK_AGAIN -> come(limiter.permits().acquireForRetry(QUOTA, Lane.BULK, Duration.ofDays(1)));
                case CANCEL_FIRST ->
                    callers.stream().filter(Caller::waits).findFirst().ifPresent(Caller::leave);
                case CANCEL_LAST ->
                    callers.stream().filter(Caller::waits).reduce((a, b) -> b).ifPresent(Caller::leave);
                case PAUSE -> {
                    limiter.permits().pause(QUOTA, Duration.ofSeconds(90));
                    pausedUntil = now() + TimeUnit.SECONDS.toNanos(90);
                }
                case LET_TIME_PASS -> time.advanceTimeBy(Duration.ofSeconds(61));
            }
        }

        private void come(Mono<Void> permit) {
            Caller caller = new Caller();
            callers.add(caller);
            permit.subscribe(caller);
        }

        private long now() {
            return time.now(TimeUnit.NANOSECONDS);
        }

        private final class Caller extends BaseSubscriber<Void> {

            private int permits;
            private boolean gone;

            boolean waits() {
                return permits == 0 && !gone;
            }

            void leave() {
                gone = true;
                cancel();
            }

            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnComplete() {
                permits++;
                given.add(now());
                assertThat(now()).as("a permit during a pause").isGreaterThanOrEqualTo(pausedUntil);
                if (left > 0) {
                    step(false);
                }
            }

            @Override
            protected void hookOnError(Throwable error) {
                throw new AssertionError("Nobody is refused here", error);
            }
        }
    }
}
