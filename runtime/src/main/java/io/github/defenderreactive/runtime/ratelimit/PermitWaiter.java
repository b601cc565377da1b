package io.github.defenderreactive.runtime.ratelimit;

import io.github.defenderreactive.runtime.operation.Lane;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One caller in the queue. It ends in exactly one way: with a permit, with an error, or cancelled. */
final class PermitWaiter extends AtomicInteger implements Subscription {

    private static final long serialVersionUID = 1L;

    private static final int WAITING = 0;
    private static final int ENDED = 1;
    private static final int CANCELLED = 2;

    private final transient CoreSubscriber<? super Void> actual;
    private final transient PermitQueue queue;
    private final transient Lane lane;
    private final boolean again;
    private final long longestWait;
    private final long since;

    PermitWaiter(
            CoreSubscriber<? super Void> actual,
            PermitQueue queue,
            Lane lane,
            boolean again,
            long longestWait,
            long since) {
        this.actual = actual;
        this.queue = queue;
        this.lane = lane;
        this.again = again;
        this.longestWait = longestWait;
        this.since = since;
    }

    Lane lane() {
        return lane;
    }

    /** Whether it had a permit before, for the same call. */
    boolean isAgain() {
        return again;
    }

    boolean isWaiting() {
        return get() == WAITING;
    }

    /** Nanoseconds it may wait in all. */
    long longestWait() {
        return longestWait;
    }

    /** Nanoseconds it may still wait. */
    long patience(long now) {
        return longestWait - (now - since);
    }

    /** Ends the wait; false when the waiter was cancelled before. */
    boolean take() {
        return compareAndSet(WAITING, ENDED);
    }

    void proceed() {
        signal(actual::onComplete);
    }

    void fail(Throwable error) {
        signal(() -> actual.onError(error));
    }

    /** The others in the queue must not suffer from what one of them does with its permit. */
    private void signal(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable thrown) {
            Operators.onErrorDropped(thrown, actual.currentContext());
        }
    }

    @Override
    public void request(long n) {
        // Completion is the only signal.
    }

    @Override
    public void cancel() {
        if (compareAndSet(WAITING, CANCELLED)) {
            queue.left();
        }
    }
}
