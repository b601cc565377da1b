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
 * Gives permits per quota group, never more in any minute or hour than the service documents, in the order of arrival
 * but interactive calls before bulk reads: of 9 permits, one goes to a read that waits.
 *
 * <p>The service counts per tenant and application, so share one limiter between the clients of one application in one
 * tenant, and no further. Processes that share an application share its quota too: without a {@link SharedQuota} each
 * learns of the others by being refused. Safe for use by several threads; holds no thread and no resource that must be closed.
 *
 * @since 0.1.0
 */
public final class RateLimiter {

    /** Longest wait for a permit when none is chosen. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(5);

    /** No window is longer, so nobody waits longer but for a pause. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private final boolean limited;
    private final Duration maxWait;
    private final @Nullable Scheduler chosenScheduler;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final @Nullable SharedQuota sharedQuota;
    private final Map<String, PermitQueue> groups = new ConcurrentHashMap<>();
    private final Permits permits = new OwnPermits();

    private RateLimiter(Builder builder) {
        this.limited = builder.limited;
        this.maxWait = builder.maxWait;
        this.sharedQuota = builder.sharedQuota;
        Scheduler chosen = builder.scheduler;
        this.chosenScheduler = chosen;
        this.scheduler = chosen == null ? Schedulers.parallel() : chosen;
        // A chosen scheduler may run on virtual time; without one the clock must not jump with the wall's.
        this.nanos = chosen == null ? System::nanoTime : () -> chosen.now(TimeUnit.NANOSECONDS);
    }

    /**
     * A limiter that keeps every documented limit.
     *
     * @return a new limiter
     */
    public static RateLimiter create() {
        return builder().build();
    }

    /**
     * A limiter that never makes a call wait, not even after a 429.
     *
     * @return a new limiter
     */
    public static RateLimiter unlimited() {
        Builder builder = builder();
        builder.limited = false;
        return builder.build();
    }

    /**
     * Begins a limiter with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Whether calls may have to wait here.
     *
     * @return false for {@link #unlimited()}
     */
    public boolean isLimited() {
        return limited;
    }

    /**
     * The longest wait for a permit.
     *
     * @return not negative
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

    private Mono<Void> permit(Quota quota, Lane lane, boolean again, Duration patience) {
        if (!limited) {
            return Mono.empty();
        }
        Mono<Void> own = new Permit(this, quota, lane, again, patience);
        SharedQuota shared = sharedQuota;
        if (shared == null) {
            return own;
        }
        return Mono.defer(() -> {
            long since = nanos.getAsLong();
            return own.then(Mono.defer(() -> shared(shared, quota, patience, since)));
        });
    }

    private Mono<Void> shared(SharedQuota shared, Quota quota, Duration patience, long since) {
        Mono<Boolean> taken = SharedPermit.ask(shared, quota).flatMap(answer -> {
            if (SharedPermit.isTaken(answer)) {
                return Mono.just(true);
            }
            // Those behind would hear the same.
            PermitQueue queue = queue(quota);
            queue.pause(capped(answer));
            Duration wait = Duration.ofNanos(queue.pauseLeft());
            if (wait.compareTo(patience.minusNanos(nanos.getAsLong() - since)) > 0) {
                return Mono.error(new ThrottledException(
                        "The shared quota of " + quota.group() + " has no permit for another "
                                + Duration.ofSeconds(Math.max(1, wait.toSeconds()))
                                + ". That is longer than this call may wait: make fewer calls at once, or raise maxWait"
                                + " of the RateLimiter",
                        wait,
                        ErrorContext.NONE));
            }
            return Mono.delay(wait, scheduler).thenReturn(false);
        });
        // Repeated and not nested: a shared quota may say "not yet" any number of times.
        Mono<Void> permit = taken.repeat().takeUntil(Boolean::booleanValue).then();
        // A shared quota that never answers must not hold the call indefinitely.
        Duration left = patience.minusNanos(nanos.getAsLong() - since);
        return permit.timeout(
                Mono.delay(left, scheduler),
                Mono.error(() -> new ThrottledException(
                        "The shared quota of " + quota.group() + " gave no permit within " + patience,
                        null,
                        ErrorContext.NONE)));
    }

    /**
     * How long some calls would wait, were they made now, one after another as permits come, and nobody else called:
     * what a read of so many pages takes at the least.
     *
     * @param quota the limits and the group that shares them
     * @param calls 0 or more
     * @return zero when all could go at once; behind those who wait already and behind a pause. Not cut at the longest
     *     wait, and without what a shared quota knows
     */
    public Duration forecast(Quota quota, long calls) {
        Arguments.atLeast("calls", calls, 0);
        if (!limited || calls == 0) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(queue(quota).forecast(calls));
    }

    /**
     * Callers that wait now.
     *
     * @param quota names the group
     * @return their number
     */
    public int waiting(Quota quota) {
        PermitQueue queue = groups.get(quota.group());
        return queue == null ? 0 : queue.waiting();
    }

    private PermitQueue queue(Quota quota) {
        return groups.computeIfAbsent(quota.group(), group -> new PermitQueue(quota, scheduler, nanos));
    }

    private final class OwnPermits implements Permits {

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
        public void applyReportedLimit(Quota quota, ReportedLimit seen) {
            if (limited) {
                queue(quota).applyReportedLimit(seen);
            }
        }
    }

    private static final class Permit extends Mono<Void> {

        private final RateLimiter limiter;
        private final Quota quota;
        private final Lane lane;
        private final boolean again;
        private final Duration patience;

        Permit(RateLimiter limiter, Quota quota, Lane lane, boolean again, Duration patience) {
            this.limiter = limiter;
            this.quota = quota;
            this.lane = lane;
            this.again = again;
            this.patience = patience;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Void> actual) {
            PermitQueue queue = limiter.queue(quota);
            PermitWaiter waiter =
                    new PermitWaiter(actual, queue, lane, again, patience.toNanos(), limiter.nanos.getAsLong());
            queue.announce();
            actual.onSubscribe(waiter);
            queue.enter(waiter);
        }
    }

    /** Collects the settings of a limiter. */
    public static final class Builder {

        private boolean limited = true;
        private Duration maxWait = DEFAULT_MAX_WAIT;
        private @Nullable Scheduler scheduler;
        private @Nullable SharedQuota sharedQuota;

        private Builder() {}

        /**
         * Sets the longest wait for a permit. A call that would wait longer fails at once. The deadline of a call does not
         * count here: its clock stands still during the wait. After the service has refused a call, all its further waits
         * together may take as long again.
         *
         * @param time not negative, default 5 min
         * @return this builder
         */
        public Builder maxWait(Duration time) {
            this.maxWait = capped(Arguments.notNegative("maxWait", time));
            return this;
        }

        /**
         * Sets what wakes waiters and tells the time.
         *
         * @param timers default Reactor's parallel scheduler with a monotonic clock
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Sets the quota that this process shares with others.
         *
         * @param shared one for the same tenant and application; default none
         * @return this builder
         */
        public Builder sharedQuota(SharedQuota shared) {
            this.sharedQuota = Objects.requireNonNull(shared, "shared");
            return this;
        }

        /**
         * Finishes the limiter.
         *
         * @return a new limiter with full windows
         */
        public RateLimiter build() {
            return new RateLimiter(this);
        }
    }
}
