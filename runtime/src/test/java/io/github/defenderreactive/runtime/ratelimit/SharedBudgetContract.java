package io.github.defenderreactive.runtime.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.transport.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What every shared budget must do, seen by the processes that share it. */
abstract class SharedBudgetContract {

    private static final Quota QUOTA = new Quota("g", 6, 0);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SharedBudget budget = budget(time);

    /** An unused budget on the clock of the test. */
    abstract SharedBudget budget(Scheduler clock);

    @AfterEach
    void stop() {
        time.dispose();
    }

    private Duration ask() {
        return budget.acquire(QUOTA).block(Duration.ofSeconds(5));
    }

    @Test
    void shouldGiveTheQuotaAndThenSayHowLongToWait() {
        for (int i = 0; i < 6; i++) {
            assertThat(ask()).isZero();
        }
        Duration wait = ask();
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(ask()).isZero();
    }

    @Test
    void shouldTakeNothingBeforeSubscribeNorWhenItSaysWait() {
        Mono<Duration> cold = budget.acquire(QUOTA);
        for (int i = 0; i < 6; i++) {
            assertThat(ask()).isZero();
        }
        for (int i = 0; i < 20; i++) {
            assertThat(cold.block(Duration.ofSeconds(5))).isPositive();
        }
        time.advanceTimeBy(Duration.ofMinutes(1));
        for (int i = 0; i < 6; i++) {
            assertThat(ask()).isZero();
        }
    }

    @Test
    void shouldGiveWhatWasReleasedToTheNext() {
        for (int i = 0; i < 6; i++) {
            assertThat(ask()).isZero();
        }
        budget.release(QUOTA).block(Duration.ofSeconds(5));
        assertThat(ask()).isZero();
        assertThat(ask()).isPositive();
    }

    @Test
    void shouldCountGroupsApartAndTakeZeroForNoLimit() {
        for (int i = 0; i < 7; i++) {
            ask();
        }
        assertThat(budget.acquire(new Quota("other", 1, 0)).block(Duration.ofSeconds(5)))
                .isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(budget.acquire(new Quota("free", 0, 0)).block(Duration.ofSeconds(5)))
                    .isZero();
        }
    }

    @Test
    void shouldNotGiveTwoThreadsTheSameCall() {
        Quota wide = new Quota("wide", 500, 0);
        Long taken = Flux.range(0, 2_000)
                .flatMap(i -> budget.acquire(wide).subscribeOn(Schedulers.parallel()), 64)
                .filter(Duration::isZero)
                .count()
                .block(Duration.ofSeconds(20));
        assertThat(taken).isEqualTo(500);
    }

    @Test
    void shouldKeepTwoLimitersWithinOneQuota() {
        List<Long> given = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            RateLimiter limiter = RateLimiter.builder()
                    .scheduler(time)
                    .maxWait(Duration.ofHours(1))
                    .sharedBudget(budget)
                    .build();
            for (int i = 0; i < 30; i++) {
                limiter.acquire(QUOTA, Lane.BULK, Duration.ofHours(1))
                        .subscribe(null, null, () -> given.add(time.now(TimeUnit.NANOSECONDS)));
            }
        }
        for (int second = 0; second < 1_200; second++) {
            time.advanceTimeBy(Duration.ofSeconds(1));
        }

        assertThat(given).hasSize(60);
        for (int i = 6; i < given.size(); i++) {
            assertThat(given.get(i) - given.get(i - 6)).isGreaterThanOrEqualTo(TimeUnit.MINUTES.toNanos(1));
        }
    }
}
