package io.github.defenderreactive.runtime.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one client may spend on repeating, so that a service in trouble is not met with a multiple of its load. A repeat
 * takes 5 tokens; a call that succeeds at once gives back 1, one that succeeds after repeats gives back 5.
 *
 * <p>Shared by all calls of a client; safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RetryBudget {

    /** Tokens a repeat takes. */
    private static final int COST = 5;

    private final int capacity;
    private final AtomicInteger tokens;

    /**
     * Creates a full budget.
     *
     * @param capacity most tokens held; 0 allows no repeat
     */
    public RetryBudget(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("Capacity is negative: " + capacity);
        }
        this.capacity = capacity;
        this.tokens = new AtomicInteger(capacity);
    }

    /**
     * Takes the tokens of one repeat.
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
