package io.github.defenderreactive.runtime.internal.retry;

import io.github.defenderreactive.runtime.internal.Arguments;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The retries that one client may make, to avoid amplifying load on a failing service. A retry takes 5 tokens; a call that
 * succeeds at once gives back 1, one that succeeds after retries gives back 5.
 *
 * <p>Shared by all calls of a client; safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RetryBudget {

    /** Tokens of one retry. */
    private static final int COST = 5;

    private final int capacity;
    private final AtomicInteger tokens;

    /**
     * Creates a full budget.
     *
     * @param retries retries that a full budget allows; 0 or more
     */
    public RetryBudget(int retries) {
        this.capacity = Math.min(Arguments.atLeast("retries", retries, 0), Integer.MAX_VALUE / COST) * COST;
        this.tokens = new AtomicInteger(capacity);
    }

    /**
     * Takes the tokens of one retry.
     *
     * @return false when there are not enough
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
     * Gives tokens back for a call that succeeded.
     *
     * @param repeated whether it was repeated before
     */
    public void succeeded(boolean repeated) {
        int refund = repeated ? COST : 1;
        int held;
        do {
            held = tokens.get();
            if (held == capacity) {
                return;
            }
        } while (!tokens.compareAndSet(held, Math.min(capacity, held + refund)));
    }

    /**
     * The tokens left.
     *
     * @return 0 to capacity
     */
    public int tokens() {
        return tokens.get();
    }
}
