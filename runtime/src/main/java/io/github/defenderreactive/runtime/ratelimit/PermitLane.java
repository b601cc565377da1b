package io.github.defenderreactive.runtime.ratelimit;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The waiters of one lane in the order of service: first the calls that are retried, then the others, each in the order
 * of arrival. Otherwise a call that the service rejected would wait after every call that arrived in the meantime, and
 * might be rejected until it fails.
 */
final class PermitLane {

    private final ArrayDeque<PermitWaiter> retries = new ArrayDeque<>();
    private final ArrayDeque<PermitWaiter> firstAttempts = new ArrayDeque<>();

    void add(PermitWaiter waiter) {
        (waiter.isRetry() ? retries : firstAttempts).add(waiter);
    }

    /** Returns the first waiter that still waits, or null. */
    @Nullable
    PermitWaiter peek() {
        PermitWaiter first = firstWaiting(retries);
        return first == null ? firstWaiting(firstAttempts) : first;
    }

    private static @Nullable PermitWaiter firstWaiting(ArrayDeque<PermitWaiter> queue) {
        PermitWaiter first = queue.peek();
        while (first != null && !first.isWaiting()) {
            queue.poll();
            first = queue.peek();
        }
        return first;
    }

    /** Returns the number of waiters. Those that have ended are included until they are removed. */
    int size() {
        return retries.size() + firstAttempts.size();
    }

    /** Returns the number of added waiters that would be served before this one. */
    int before(PermitWaiter waiter) {
        return waiter.isRetry() ? retries.size() : size();
    }

    void forEach(Consumer<PermitWaiter> action) {
        retries.forEach(action);
        firstAttempts.forEach(action);
    }

    /** Removes the waiters that have ended. */
    void removeEnded() {
        retries.removeIf(waiter -> !waiter.isWaiting());
        firstAttempts.removeIf(waiter -> !waiter.isWaiting());
    }
}
