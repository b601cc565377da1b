package io.github.defenderreactive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.ratelimit.SharedQuota;
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
 * The contract of every {@link SharedQuota} towards the processes that share it. The test of an implementation extends
 * this class and returns an instance:
 *
 * <pre>{@code
 * class RedisQuotaTest extends SharedQuotaContract {
 *
 *     @Override
 *     protected SharedQuota sharedQuota(Scheduler clock) {
 *         return new RedisQuota(connection, clock);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public abstract class SharedQuotaContract {

    /** The maximum wait of a test for the shared quota. */
    protected static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int PER_MINUTE = 6;
    private static final Quota QUOTA = new Quota("g", PER_MINUTE, 0);

    private final ManualTime time = new ManualTime();

    /** Creates the test. */
    protected SharedQuotaContract() {}

    /**
     * Returns an unused shared quota.
     *
     * @param clock the clock, whose time is advanced by the test
     * @return the shared quota, a new one for each test
     */
    protected abstract SharedQuota sharedQuota(Scheduler clock);

    private static Duration ask(SharedQuota shared, Quota quota) {
        return Objects.requireNonNull(shared.acquire(quota).block(PATIENCE), "acquire emitted nothing");
    }

    private static void takeAll(SharedQuota shared) {
        for (int i = 0; i < PER_MINUTE; i++) {
            assertEquals(Duration.ZERO, ask(shared, QUOTA));
        }
    }

    private static void assertRefused(Duration wait) {
        assertTrue(
                wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(Duration.ofMinutes(1)) <= 0,
                () -> "wait must be <= 1 minute, was " + wait);
    }

    /** Permits are granted up to the quota, then a wait is returned. */
    @Test
    public void shouldGiveTheQuotaAndThenSayHowLongToWait() {
        SharedQuota shared = sharedQuota(time);
        takeAll(shared);
        assertRefused(ask(shared, QUOTA));
        time.advance(Duration.ofMinutes(1));
        assertEquals(Duration.ZERO, ask(shared, QUOTA));
    }

    /** Only a subscriber that gets a permit uses the quota. */
    @Test
    public void shouldTakeNothingBeforeSubscribeNorWhenItSaysWait() {
        SharedQuota shared = sharedQuota(time);
        Mono<Duration> cold = shared.acquire(QUOTA);
        takeAll(shared);
        for (int i = 0; i < 20; i++) {
            assertRefused(Objects.requireNonNull(cold.block(PATIENCE)));
        }
        time.advance(Duration.ofMinutes(1));
        takeAll(shared);
    }

    /** A permit that was not used is available to the next caller. */
    @Test
    public void shouldGiveWhatWasReleasedToTheNext() {
        SharedQuota shared = sharedQuota(time);
        takeAll(shared);
        shared.release(QUOTA).block(PATIENCE);
        assertEquals(Duration.ZERO, ask(shared, QUOTA));
        assertRefused(ask(shared, QUOTA));
    }

    /** Groups are independent, and zero means unlimited. */
    @Test
    public void shouldCountGroupsApartAndTakeZeroForNoLimit() {
        SharedQuota shared = sharedQuota(time);
        takeAll(shared);
        assertRefused(ask(shared, QUOTA));
        assertEquals(Duration.ZERO, ask(shared, new Quota("other", 1, 0)));
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ZERO, ask(shared, new Quota("free", 0, 0)));
        }
    }

    /** Concurrent threads get no more permits than the quota. */
    @Test
    public void shouldNotGiveTwoThreadsTheSameCall() {
        SharedQuota shared = sharedQuota(time);
        Quota wide = new Quota("wide", 500, 0);
        Long taken = Flux.range(0, 2_000)
                .flatMap(i -> shared.acquire(wide).subscribeOn(Schedulers.parallel()), 64)
                .filter(Duration::isZero)
                .count()
                .block(PATIENCE);
        assertEquals(500L, taken);
    }

    /** Two limiters over one shared quota permit no more calls per minute than a single one. */
    @Test
    public void shouldKeepTwoLimitersWithinOneQuota() {
        SharedQuota shared = sharedQuota(time);
        List<Long> given = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            RateLimiter limiter = RateLimiter.builder()
                    .scheduler(time)
                    .maxWait(Duration.ofHours(1))
                    .sharedQuota(shared)
                    .build();
            for (int i = 0; i < 30; i++) {
                limiter.permits()
                        .acquire(QUOTA, Lane.BULK, Duration.ofHours(1))
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
