package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.ratelimit.SharedBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What every {@link SharedBudget} must keep to, seen by the processes that share it. The test of a budget extends this class
 * and says how to get one:
 *
 * <pre>{@code
 * class RedisBudgetTest extends SharedBudgetContract {
 *
 *     @Override
 *     protected SharedBudget budget(Scheduler clock) {
 *         return new RedisBudget(connection, clock);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public abstract class SharedBudgetContract {

    /** How long a test waits for the budget. */
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int PER_MINUTE = 6;
    private static final Quota QUOTA = new Quota("g", PER_MINUTE, 0);

    private final ManualTime time = new ManualTime();

    /** Creates the test. */
    protected SharedBudgetContract() {}

    /**
     * Returns an unused budget.
     *
     * @param clock tells the time, which stands still until a test moves it
     * @return the budget, another one for each test
     */
    protected abstract SharedBudget budget(Scheduler clock);

    private static Duration ask(SharedBudget budget, Quota quota) {
        return Objects.requireNonNull(budget.acquire(quota).block(PATIENCE), "acquire emitted nothing");
    }

    private static void takeAll(SharedBudget budget) {
        for (int i = 0; i < PER_MINUTE; i++) {
            assertEquals(Duration.ZERO, ask(budget, QUOTA));
        }
    }

    private static void assertRefused(Duration wait) {
        assertTrue(
                wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(Duration.ofMinutes(1)) <= 0,
                () -> "expected a wait of up to a minute, got " + wait);
    }

    /** The quota is given, and then a wait until more is left. */
    @Test
    public void shouldGiveTheQuotaAndThenSayHowLongToWait() {
        SharedBudget budget = budget(time);
        takeAll(budget);
        assertRefused(ask(budget, QUOTA));
        time.advance(Duration.ofMinutes(1));
        assertEquals(Duration.ZERO, ask(budget, QUOTA));
    }

    /** Only a subscriber that is let go takes a call. */
    @Test
    public void shouldTakeNothingBeforeSubscribeNorWhenItSaysWait() {
        SharedBudget budget = budget(time);
        Mono<Duration> cold = budget.acquire(QUOTA);
        takeAll(budget);
        for (int i = 0; i < 20; i++) {
            assertRefused(Objects.requireNonNull(cold.block(PATIENCE)));
        }
        time.advance(Duration.ofMinutes(1));
        takeAll(budget);
    }

    /** A call that was not made is given to the next. */
    @Test
    public void shouldGiveWhatWasReleasedToTheNext() {
        SharedBudget budget = budget(time);
        takeAll(budget);
        budget.release(QUOTA).block(PATIENCE);
        assertEquals(Duration.ZERO, ask(budget, QUOTA));
        assertRefused(ask(budget, QUOTA));
    }

    /** Groups do not share, and zero is no limit. */
    @Test
    public void shouldCountGroupsApartAndTakeZeroForNoLimit() {
        SharedBudget budget = budget(time);
        takeAll(budget);
        assertRefused(ask(budget, QUOTA));
        assertEquals(Duration.ZERO, ask(budget, new Quota("other", 1, 0)));
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ZERO, ask(budget, new Quota("free", 0, 0)));
        }
    }

    /** Threads that ask at the same time get no more than the quota. */
    @Test
    public void shouldNotGiveTwoThreadsTheSameCall() {
        SharedBudget budget = budget(time);
        Quota wide = new Quota("wide", 500, 0);
        Long taken = Flux.range(0, 2_000)
                .flatMap(i -> budget.acquire(wide).subscribeOn(Schedulers.parallel()), 64)
                .filter(Duration::isZero)
                .count()
                .block(PATIENCE);
        assertEquals(500L, taken);
    }

    /** Two limiters over one budget make no more calls in any minute than one may. */
    @Test
    public void shouldKeepTwoLimitersWithinOneQuota() {
        SharedBudget budget = budget(time);
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
            time.advance(Duration.ofSeconds(1));
        }

        assertEquals(60, given.size());
        for (int i = PER_MINUTE; i < given.size(); i++) {
            long span = given.get(i) - given.get(i - PER_MINUTE);
            assertTrue(
                    span >= TimeUnit.MINUTES.toNanos(1), () -> "more than the quota within " + Duration.ofNanos(span));
        }
    }
}
