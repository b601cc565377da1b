package io.github.defenderreactive.runtime.internal.retry;

import io.github.defenderreactive.runtime.internal.Arguments;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The retries that one client may make, to avoid amplifying load on a failing service. A retry takes 5 tokens; a call
 * that succeeds at once gives back 1, one that succeeds after retries gives back 5.
 *
 * <p>Shared by all calls of a client. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RetryBudget {

    /** The tokens of one retry. */
    private static final int COST = 5;

    private final int capacity;
    private final AtomicInteger tokens;

    /**
     * Creates a full budget.
     *
     * @param retries the number of retries that a full budget allows; 0 or more
     */
    public RetryBudget(int retries) {
        this.capacity = Math.min(Arguments.atLeast("retries", retries, 0), Integer.MAX_VALUE / COST) * COST;
        this.tokens = new AtomicInteger(capacity);
    }

    /**
     * Takes the tokens of one retry.
     *
     * @return false if there are not enough
     */
    public boolean spend() {
        int held;
        do {
            held = tokens.get();
            if (held < COST) {
                return false;
            }
        } while (!tokens.compareAndSet(held, held - COST));
        return true;
    }

    /**
     * Gives tokens back after a successful call.
     *
     * @param retried whether the call was retried
     */
    public void succeeded(boolean retried) {
        int refund = retried ? COST : 1;
        int held;
        do {
            held = tokens.get();
            if (held == capacity) {
                return;
            }
        } while (!tokens.compareAndSet(held, Math.min(capacity, held + refund)));
    }

    /**
     * Returns the remaining tokens.
     *
     * @return a number from 0 to the capacity
     */
    public int tokens() {
        return tokens.get();
    }
}
