package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.Arguments;
import io.github.defenderreactive.runtime.internal.ratelimit.Permits;
import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Limits the calls of each quota group to the numbers that the service documents for any minute and any hour. Calls are
 * served in the order of arrival, interactive calls before bulk reads; one of 9 permits is given to a waiting bulk
 * read.
 *
 * <p>The service counts per tenant and application, so share one limiter between the clients of one application in one
 * tenant, and not beyond. Processes that use the same application share its quota; without a {@link SharedQuota}, a
 * process learns about the others only when the service rejects a call. Thread-safe. Holds no thread and no resource
 * that must be closed.
 *
 * @since 0.1.0
 */
public final class RateLimiter {

    /** The default maximum wait for a permit. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(5);

    /** The longest wait; it exceeds every window, and only a pause could be longer. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final boolean limited;
    private final Duration maxWait;
    private final @Nullable Scheduler chosenScheduler;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final @Nullable SharedQuota sharedQuota;
    private final Map<String, PermitQueue> groups = new ConcurrentHashMap<>();
    private final Permits permits = new LocalPermits();

    private RateLimiter(Builder builder) {
        this.limited = builder.limited;
        this.maxWait = builder.maxWait;
        this.sharedQuota = builder.sharedQuota;
        Scheduler chosen = builder.scheduler;
        this.chosenScheduler = chosen;
        this.scheduler = chosen == null ? Schedulers.parallel() : chosen;
        // A given scheduler may run on virtual time. The default clock is monotonic.
        this.nanos = chosen == null ? System::nanoTime : () -> chosen.now(TimeUnit.NANOSECONDS);
    }

    /**
     * Creates a limiter that applies the documented limits.
     *
     * @return a new limiter
     */
    public static RateLimiter create() {
        return builder().build();
    }

    /**
     * Creates a limiter that never delays a call, not even after a 429.
     *
     * @return a new limiter
     */
    public static RateLimiter unlimited() {
        Builder builder = builder();
        builder.limited = false;
        return builder.build();
    }

    /**
     * Returns a new builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns whether calls may have to wait for a permit.
     *
     * @return false for {@link #unlimited()}
     */
    public boolean isLimited() {
        return limited;
    }

    /**
     * Returns the maximum wait for a permit.
     *
     * @return the maximum; not negative
     */
    public Duration maxWait() {
        return maxWait;
    }

    /**
     * Returns the quota that this process shares with others.
     *
     * @return the shared quota, or null if there is none
     */
    public @Nullable SharedQuota sharedQuota() {
        return sharedQuota;
    }

    /**
     * Returns a builder with the settings of this limiter. The limiter that it builds counts calls of its own.
     *
     * @return a new builder
     */
    public Builder mutate() {
        Builder builder = new Builder();
        builder.limited = limited;
        builder.maxWait = maxWait;
        builder.scheduler = chosenScheduler;
        builder.sharedQuota = sharedQuota;
        return builder;
    }

    /**
     * Returns the permits. For the pipeline of this module; not part of the API.
     *
     * @return the permits of this limiter
     */
    public Permits permits() {
        return permits;
    }

    private static Duration capped(Duration time) {
        return time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time;
    }

    private Mono<Void> permit(Quota quota, Lane lane, boolean retry, Duration maxWait) {
        if (!limited) {
            return Mono.empty();
        }
        Mono<Void> own = new Permit(this, quota, lane, retry, maxWait);
        SharedQuota shared = sharedQuota;
        if (shared == null) {
            return own;
        }
        return Mono.defer(() -> {
            long since = nanos.getAsLong();
            return own.then(Mono.defer(() -> shared(shared, quota, maxWait, since)));
        });
    }

    private Mono<Void> shared(SharedQuota shared, Quota quota, Duration maxWait, long since) {
        Mono<Boolean> taken = SharedPermit.request(shared, quota).flatMap(delay -> {
            if (SharedPermit.isTaken(delay)) {
                return Mono.just(true);
            }
            // the waiters of this group would get the same response
            PermitQueue queue = queue(quota);
            queue.pause(capped(delay));
            Duration wait = Duration.ofNanos(queue.pauseLeft());
            if (wait.compareTo(maxWait.minusNanos(nanos.getAsLong() - since)) > 0) {
                return Mono.error(new ThrottledException(
                        "The shared quota of " + quota.group() + " is exceeded: the next permit is available in "
                                + Duration.ofSeconds(Math.max(1, wait.toSeconds()))
                                + ", but this call may not wait that long. Make fewer calls at once, or raise maxWait"
                                + " of the RateLimiter",
                        wait,
                        ErrorContext.NONE));
            }
            return Mono.delay(wait, scheduler).thenReturn(false);
        });
        // repeated and not nested, because a shared quota may request a delay any number of times
        Mono<Void> permit = taken.repeat().takeUntil(Boolean::booleanValue).then();
        // a shared quota that does not respond must not delay the call indefinitely
        Duration left = maxWait.minusNanos(nanos.getAsLong() - since);
        return permit.timeout(
                Mono.delay(left, scheduler),
                Mono.error(() -> new ThrottledException(
                        "The shared quota of " + quota.group() + " gave no permit within " + maxWait,
                        null,
                        ErrorContext.NONE)));
    }

    /**
     * Returns the time after which a number of calls would have their permits if they were made now, one after another,
     * and no other call arrived: the least time that a read of that many pages takes.
     *
     * @param quota the quota of the operation
     * @param calls the number of calls; 0 or more
     * @return the time, zero if all calls could start at once. It includes the calls that already wait and a pause. It
     *     is not limited by the maximum wait, and ignores a shared quota
     */
    public Duration forecast(Quota quota, long calls) {
        Arguments.atLeast("calls", calls, 0);
        if (!limited || calls == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(queue(quota).forecast(calls));
    }

    /**
     * Returns the number of waiting calls.
     *
     * @param quota the quota, which determines the group
     * @return their number
     */
    public int waiting(Quota quota) {
        PermitQueue queue = groups.get(quota.group());
        return queue == null ? 0 : queue.waiting();
    }

    private PermitQueue queue(Quota quota) {
        return groups.computeIfAbsent(quota.group(), group -> new PermitQueue(quota, scheduler, nanos));
    }

    private final class LocalPermits implements Permits {

        @Override
        public Mono<Void> acquire(Quota quota, Lane lane, Duration atMost) {
            return permit(quota, lane, false, atMost.compareTo(maxWait) < 0 ? atMost : maxWait);
        }

        @Override
        public Mono<Void> acquireForRetry(Quota quota, Lane lane, Duration atMost) {
            return permit(quota, lane, true, capped(atMost));
        }

        @Override
        public void pause(Quota quota, Duration time) {
            if (limited && time.compareTo(Duration.ZERO) > 0) {
                queue(quota).pause(capped(time));
            }
        }

        @Override
        public Duration pause(Quota quota) {
            return limited ? queue(quota).pauseForRefusal() : Duration.ZERO;
        }

        @Override
        public void applyReportedLimit(Quota quota, ReportedLimit reported) {
            if (limited) {
                queue(quota).applyReportedLimit(reported);
            }
        }
    }

    private static final class Permit extends Mono<Void> {

        private final RateLimiter limiter;
        private final Quota quota;
        private final Lane lane;
        private final boolean retry;
        private final Duration maxWait;

        Permit(RateLimiter limiter, Quota quota, Lane lane, boolean retry, Duration maxWait) {
            this.limiter = limiter;
            this.quota = quota;
            this.lane = lane;
            this.retry = retry;
            this.maxWait = maxWait;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            PermitQueue queue = limiter.queue(quota);
            PermitWaiter waiter =
                    new PermitWaiter(actual, queue, lane, retry, maxWait.toNanos(), limiter.nanos.getAsLong());
            queue.announce();
            actual.onSubscribe(waiter);
            queue.enter(waiter);
        }
    }

    /** Builds {@link RateLimiter} instances. */
    public static final class Builder {

        private boolean limited = true;
        private Duration maxWait = DEFAULT_MAX_WAIT;
        private @Nullable Scheduler scheduler;
        private @Nullable SharedQuota sharedQuota;

        private Builder() {}

        /**
         * Sets the maximum wait for a permit. A call that would wait longer fails at once. The deadline of a call is
         * suspended during the wait. After the service has rejected a call, all further waits of the call together are
         * limited by the same time again.
         *
         * @param time the maximum; not negative, default 5 min
         * @return this builder
         */
        public Builder maxWait(Duration time) {
            this.maxWait = capped(Arguments.notNegative("maxWait", time));
            return this;
        }

        /**
         * Sets the scheduler for waits, which is also the clock.
         *
         * @param timers the scheduler; default Reactor's parallel scheduler with a monotonic clock
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Sets a quota that this process shares with others.
         *
         * @param shared the shared quota of the same tenant and application; default none
         * @return this builder
         */
        public Builder sharedQuota(SharedQuota shared) {
            this.sharedQuota = Objects.requireNonNull(shared, "shared");
            return this;
        }

        /**
         * Builds the limiter.
         *
         * @return a new limiter that has given no permits
         */
        public RateLimiter build() {
            return new RateLimiter(this);
        }
    }
}
