package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.ratelimit.ReportedLimit;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.Quota;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * The waiters of one quota group. Arrivals are queued and one thread drains the queue, so that no thread blocks and the
 * lanes are accessed by one thread at a time.
 */
final class PermitQueue {

    /** The number of consecutive interactive permits while a bulk read waits; the next one is given to the read. */
    private static final int MAX_INTERACTIVE_IN_ROW = 8;

    private final Quota quota;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final SlidingWindowLog log;

    private final Queue<PermitWaiter> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong pauseRequest = new AtomicLong(Long.MIN_VALUE);

    private final Refusals refusals = new Refusals();

    private final PermitLane interactive = new PermitLane();
    private final PermitLane bulk = new PermitLane();
    private int interactiveInRow;
    private @Nullable Disposable timer;

    PermitQueue(Quota quota, Scheduler scheduler, LongSupplier nanos) {
        this.quota = quota;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.log = new SlidingWindowLog(quota);
    }

    /**
     * Counts a waiter that is about to {@linkplain #enter enter} and may be {@linkplain #onCancel cancelled} before.
     */
    void announce() {
        waiting.incrementAndGet();
    }

    void enter(PermitWaiter waiter) {
        arrivals.add(waiter);
        drain();
    }

    /** Invoked when a waiter was cancelled. */
    void onCancel() {
        waiting.decrementAndGet();
        drain();
    }

    void pause(Duration time) {
        long until = nanos.getAsLong() + time.toNanos();
        pauseRequest.accumulateAndGet(until, (held, next) -> held == Long.MIN_VALUE ? next : later(held, next));
        drain();
    }

    /** Pauses for a time that grows while the service continues to reject calls, and returns that time. */
    Duration pauseForRefusal() {
        long now = nanos.getAsLong();
        long time = refusals.pause(log.refill(now), now);
        pause(Duration.ofNanos(time));
        return Duration.ofNanos(time);
    }

    /** Applies a limit that the service reported. */
    void applyReportedLimit(ReportedLimit reported) {
        log.applyReportedLimit(reported, nanos.getAsLong());
        drain();
    }

    long pauseLeft() {
        return pauseLeft(nanos.getAsLong());
    }

    /** Returns the nanoseconds until the given number of new calls have their permits, if no other call arrives. */
    long forecast(long calls) {
        long now = nanos.getAsLong();
        long pause = pauseLeft(now);
        int before = waiting();
        return pause + log.nanosUntil(before + Math.min(calls, Long.MAX_VALUE - before), now + pause);
    }

    int waiting() {
        return waiting.get();
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }

    private void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                serve();
            } catch (Throwable failure) {
                // for example thrown by a clock; a waiter must not wait indefinitely
                failAll(failure);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void failAll(Throwable failure) {
        for (PermitWaiter next = arrivals.poll(); next != null; next = arrivals.poll()) {
            lane(next).add(next);
        }
        fail(interactive, failure);
        fail(bulk, failure);
    }

    private void fail(PermitLane lane, Throwable failure) {
        lane.forEach(waiter -> {
            if (waiter.end()) {
                waiting.decrementAndGet();
                waiter.fail(failure);
            }
        });
        lane.removeEnded();
    }

    private void serve() {
        for (PermitWaiter next = arrivals.poll(); next != null; next = arrivals.poll()) {
            if (!failIfTooLate(next)) {
                lane(next).add(next);
            }
        }
        removeCancelled();
        while (true) {
            PermitWaiter first = first();
            if (first == null) {
                stopTimer();
                return;
            }
            long now = nanos.getAsLong();
            long wait = Math.max(pauseLeft(now), log.nanosUntilPermit(now));
            if (wait > 0) {
                failExpiring(interactive, now, wait);
                failExpiring(bulk, now, wait);
                restartTimer(wait);
                return;
            }
            // if the waiter has ended, its lane removes it in the next iteration
            if (first.end()) {
                interactiveInRow = first.lane() == Lane.INTERACTIVE && bulk.peek() != null ? interactiveInRow + 1 : 0;
                waiting.decrementAndGet();
                log.give(now);
                first.grant();
            }
        }
    }

    /** Fails a waiter that could not get its permit in time, without waiting for its time to expire. */
    private boolean failIfTooLate(PermitWaiter waiter) {
        int before = before(waiter);
        // the first waiter is served or failed with the others in serve()
        if (before == 0) {
            return false;
        }
        long now = nanos.getAsLong();
        long remainingWait = waiter.remainingWait(now);
        if (nanosUntilPermitAfter(before, now) > remainingWait) {
            // waiters that have ended must not count
            interactive.removeEnded();
            bulk.removeEnded();
            before = before(waiter);
            long wait = nanosUntilPermitAfter(before, now);
            if (wait > remainingWait) {
                if (waiter.end()) {
                    waiting.decrementAndGet();
                    waiter.fail(rateLimitExceeded(waiter, wait, before, now));
                }
                return true;
            }
        }
        return false;
    }

    /** Returns the number of permits that are given before this waiter's, if no other call arrives. */
    private int before(PermitWaiter waiter) {
        if (waiter.lane() == Lane.BULK) {
            return interactive.size() + bulk.before(waiter);
        }
        int before = interactive.before(waiter);
        return bulk.size() == 0 ? before : before + before / MAX_INTERACTIVE_IN_ROW;
    }

    /** Returns the nanoseconds until the permit after the given number of others. */
    private long nanosUntilPermitAfter(int before, long now) {
        long pause = pauseLeft(now);
        return pause + log.nanosUntil(before + 1L, now + pause);
    }

    private @Nullable PermitWaiter first() {
        PermitWaiter read = bulk.peek();
        PermitWaiter first = interactive.peek();
        return first == null || (read != null && interactiveInRow >= MAX_INTERACTIVE_IN_ROW) ? read : first;
    }

    private PermitLane lane(PermitWaiter waiter) {
        return waiter.lane() == Lane.INTERACTIVE ? interactive : bulk;
    }

    private long pauseLeft(long now) {
        long until = pauseRequest.get();
        return until == Long.MIN_VALUE ? 0 : Math.max(0, until - now);
    }

    /**
     * Fails the waiters whose time expires before the next permit. The timer of the next permit runs before the time of
     * the others expires, so they need no timer of their own.
     */
    private void failExpiring(PermitLane lane, long now, long wait) {
        lane.forEach(waiter -> {
            if (waiter.remainingWait(now) < wait && waiter.end()) {
                waiting.decrementAndGet();
                waiter.fail(rateLimitExceeded(waiter, wait, 0, now));
            }
        });
        lane.removeEnded();
    }

    private ThrottledException rateLimitExceeded(PermitWaiter waiter, long wait, int before, long now) {
        Duration time = Duration.ofNanos(wait);
        return new ThrottledException(
                "Local rate limit of " + quota.group() + " (" + limits(now) + ") exceeded: this call would get a permit"
                        + " in " + seconds(time)
                        + (before == 0 ? "" : ", after " + before + " other calls")
                        + ", but may only wait " + seconds(Duration.ofNanos(waiter.maxWait()))
                        + ". Make fewer calls at once, or raise maxWait of the RateLimiter",
                time,
                ErrorContext.NONE);
    }

    private static Duration seconds(Duration time) {
        return Duration.ofSeconds(Math.max(1, time.toSeconds()));
    }

    private String limits(long now) {
        String minute = log.perMinute(now) == 0 ? "" : log.perMinute(now) + " a minute";
        String hour = log.perHour(now) == 0 ? "" : log.perHour(now) + " an hour";
        return minute + (minute.isEmpty() || hour.isEmpty() ? "" : ", ") + hour;
    }

    /** Removes cancelled waiters from the middle of the lanes when they are many. Usually only the head is removed. */
    private void removeCancelled() {
        int live = waiting.get();
        if (interactive.size() + bulk.size() > 2 * live + 16) {
            interactive.removeEnded();
            bulk.removeEnded();
        }
    }

    private void restartTimer(long wait) {
        stopTimer();
        timer = scheduler.schedule(this::drain, wait, TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        Disposable current = timer;
        if (current != null) {
            timer = null;
            current.dispose();
        }
    }
}
