package io.github.defenderreactive.runtime.ratelimit;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who waits in one lane, in the order of service: first the calls that had a permit before and must be sent again, then
 * the others; each in the order of arrival. A call that the service has refused would otherwise wait behind everybody who
 * came meanwhile, and be refused until it gives up.
 */
final class PermitLane {

    private final ArrayDeque<PermitWaiter> again = new ArrayDeque<>();
    private final ArrayDeque<PermitWaiter> newcomers = new ArrayDeque<>();

    void add(PermitWaiter waiter) {
        (waiter.isAgain() ? again : newcomers).add(waiter);
    }

    /** The next one that still waits, or null. */
    @Nullable
    PermitWaiter peek() {
        PermitWaiter first = firstWaiting(again);
        return first == null ? firstWaiting(newcomers) : first;
    }

    private static @Nullable PermitWaiter firstWaiting(ArrayDeque<PermitWaiter> queue) {
        PermitWaiter first = queue.peek();
        while (first != null && !first.isWaiting()) {
            queue.poll();
            first = queue.peek();
        }
        return first;
    }

    /** Those who left are counted until they are forgotten. */
    int size() {
        return again.size() + newcomers.size();
    }

    /** How many of those that were added a waiter would be served after. */
    int before(PermitWaiter waiter) {
        return waiter.isAgain() ? again.size() : size();
    }

    void forEach(Consumer<PermitWaiter> action) {
        again.forEach(action);
        newcomers.forEach(action);
    }

    /** Throws out those who wait no more. */
    void forgetEnded() {
        again.removeIf(waiter -> !waiter.isWaiting());
        newcomers.removeIf(waiter -> !waiter.isWaiting());
    }
}
