package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Lane;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One waiter in the queue. It ends in exactly one way: with a permit, with an error, or cancelled. */
final class PermitWaiter extends AtomicInteger implements Subscription {

    private static final long serialVersionUID = 1L;

    private static final int WAITING = 0;
    private static final int ENDED = 1;
    private static final int CANCELLED = 2;

    private final transient CoreSubscriber<? super Void> actual;
    private final transient PermitQueue queue;
    private final transient Lane lane;
    private final boolean retry;
    private final long maxWait;
    private final long since;

    PermitWaiter(
            CoreSubscriber<? super Void> actual,
            PermitQueue queue,
            Lane lane,
            boolean retry,
            long maxWait,
            long since) {
        this.actual = actual;
        this.queue = queue;
        this.lane = lane;
        this.retry = retry;
        this.maxWait = maxWait;
        this.since = since;
    }

    Lane lane() {
        return lane;
    }

    /** Returns whether the call had a permit before and is retried. */
    boolean isRetry() {
        return retry;
    }

    boolean isWaiting() {
        return get() == WAITING;
    }

    /** Returns the nanoseconds that it may wait in total. */
    long maxWait() {
        return maxWait;
    }

    /** Returns the nanoseconds that it may still wait. */
    long remainingWait(long now) {
        return maxWait - (now - since);
    }

    /** Ends the wait. Returns false if the waiter was cancelled before. */
    boolean end() {
        return compareAndSet(WAITING, ENDED);
    }

    void grant() {
        signal(actual::onComplete);
    }

    void fail(Throwable error) {
        signal(() -> actual.onError(error));
    }

    /** Signals the subscriber. An error that it throws must not affect the other waiters. */
    private void signal(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            Operators.onErrorDropped(thrown, actual.currentContext());
        }
    }

    @Override
    public void request(long n) {
        // completion is the only signal
    }

    @Override
    public void cancel() {
        if (compareAndSet(WAITING, CANCELLED)) {
            queue.onCancel();
        }
    }
}
