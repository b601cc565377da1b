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
 * The callers of one quota group. Threads that arrive leave a note and one of them works for all, so that nobody blocks
 * and what is below is touched by one thread at a time.
 */
final class PermitQueue {

    /** Interactive permits in a row while a bulk read waits; the next one is the read's, so that it goes on. */
    private static final int MOST_IN_A_ROW = 8;

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
    private int inARow;
    private @Nullable Disposable timer;

    PermitQueue(Quota quota, Scheduler scheduler, LongSupplier nanos) {
        this.quota = quota;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.log = new SlidingWindowLog(quota);
    }

    /** Counts who is about to {@linkplain #enter enter}, and may be {@linkplain #left gone} before. */
    void announce() {
        waiting.incrementAndGet();
    }

    void enter(PermitWaiter waiter) {
        arrivals.add(waiter);
        drain();
    }

    /** A waiter was cancelled. */
    void left() {
        waiting.decrementAndGet();
        drain();
    }

    void pause(Duration time) {
        long until = nanos.getAsLong() + time.toNanos();
        pauseRequest.accumulateAndGet(until, (held, next) -> held == Long.MIN_VALUE ? next : later(held, next));
        drain();
    }

    /** Gives no permit for a time that grows while the service goes on refusing; tells for how long. */
    Duration pauseForRefusal() {
        long now = nanos.getAsLong();
        long time = refusals.pause(log.refill(now), now);
        pause(Duration.ofNanos(time));
        return Duration.ofNanos(time);
    }

    /** Keeps to what the service says it allows. */
    void applyReportedLimit(ReportedLimit seen) {
        log.applyReportedLimit(seen, nanos.getAsLong());
        drain();
    }

    long pauseLeft() {
        return pauseLeft(nanos.getAsLong());
    }

    /** Nanoseconds until so many newcomers have their permits, if nobody else comes. */
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
            } catch (Throwable broken) {
                // Such as a clock that fails: nobody must wait for it.
                failAll(broken);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void failAll(Throwable broken) {
        for (PermitWaiter next = arrivals.poll(); next != null; next = arrivals.poll()) {
            lane(next).add(next);
        }
        fail(interactive, broken);
        fail(bulk, broken);
    }

    private void fail(PermitLane lane, Throwable broken) {
        lane.forEach(waiter -> {
            if (waiter.take()) {
                waiting.decrementAndGet();
                waiter.fail(broken);
            }
        });
        lane.forgetEnded();
    }

    private void serve() {
        for (PermitWaiter next = arrivals.poll(); next != null; next = arrivals.poll()) {
            if (!refusedAtOnce(next)) {
                lane(next).add(next);
            }
        }
        forgetCancelled();
        while (true) {
            PermitWaiter first = first();
            if (first == null) {
                stopTimer();
                return;
            }
            long now = nanos.getAsLong();
            long wait = Math.max(pauseLeft(now), log.nanosUntilRoom(now));
            if (wait > 0) {
                refuse(interactive, now, wait);
                refuse(bulk, now, wait);
                restartTimer(wait);
                return;
            }
            // Its lane throws it out at the next look.
            if (first.take()) {
                inARow = first.lane() == Lane.INTERACTIVE && bulk.peek() != null ? inARow + 1 : 0;
                waiting.decrementAndGet();
                log.give(now);
                first.proceed();
            }
        }
    }

    /** Fails a waiter whose turn would come too late, rather than when its time is up. */
    private boolean refusedAtOnce(PermitWaiter waiter) {
        int before = before(waiter);
        // The first in line is looked at like any other, when its turn has come.
        if (before == 0) {
            return false;
        }
        long now = nanos.getAsLong();
        long patience = waiter.patience(now);
        if (turn(before, now) > patience) {
            // Those who left count no more.
            interactive.forgetEnded();
            bulk.forgetEnded();
            before = before(waiter);
            long wait = turn(before, now);
            if (wait > patience) {
                if (waiter.take()) {
                    waiting.decrementAndGet();
                    waiter.fail(refusal(waiter, wait, before, now));
                }
                return true;
            }
        }
        return false;
    }

    /** How many permits go to others before this one's, if nobody else comes. */
    private int before(PermitWaiter waiter) {
        if (waiter.lane() == Lane.BULK) {
            return interactive.size() + bulk.before(waiter);
        }
        int before = interactive.before(waiter);
        return bulk.size() == 0 ? before : before + before / MOST_IN_A_ROW;
    }

    /** Nanoseconds until the permit behind so many others. */
    private long turn(int before, long now) {
        long pause = pauseLeft(now);
        return pause + log.nanosUntil(before + 1L, now + pause);
    }

    private @Nullable PermitWaiter first() {
        PermitWaiter read = bulk.peek();
        PermitWaiter first = interactive.peek();
        return first == null || (read != null && inARow >= MOST_IN_A_ROW) ? read : first;
    }

    private PermitLane lane(PermitWaiter waiter) {
        return waiter.lane() == Lane.INTERACTIVE ? interactive : bulk;
    }

    private long pauseLeft(long now) {
        long until = pauseRequest.get();
        return until == Long.MIN_VALUE ? 0 : Math.max(0, until - now);
    }

    /**
     * Fails those whose patience ends before the next permit. The others are looked at again then, before their patience
     * ends, so they need no timer of their own.
     */
    private void refuse(PermitLane lane, long now, long wait) {
        lane.forEach(waiter -> {
            if (waiter.patience(now) < wait && waiter.take()) {
                waiting.decrementAndGet();
                waiter.fail(refusal(waiter, wait, 0, now));
            }
        });
        lane.forgetEnded();
    }

    private ThrottledException refusal(PermitWaiter waiter, long wait, int before, long now) {
        Duration time = Duration.ofNanos(wait);
        return new ThrottledException(
                "The local rate limiter for " + quota.group() + " (" + limits(now) + ") has no permit for another "
                        + seconds(time)
                        + (before == 0 ? "" : ", because " + before + " calls wait before this one")
                        + ". That is longer than this call may wait, " + seconds(Duration.ofNanos(waiter.longestWait()))
                        + ": make fewer calls at once, or raise maxWait of the RateLimiter",
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

    /** Most often the head; a crowd of them in the middle is thrown out before it takes memory. */
    private void forgetCancelled() {
        int live = waiting.get();
        if (interactive.size() + bulk.size() > 2 * live + 16) {
            interactive.forgetEnded();
            bulk.forgetEnded();
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
