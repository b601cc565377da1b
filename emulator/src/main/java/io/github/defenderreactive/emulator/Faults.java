package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.github.defenderreactive.emulator.internal.rules.RuleList;
import io.github.defenderreactive.emulator.internal.service.SkewedClock;
import java.time.Duration;

/**
 * The faults the emulator has in store. A call is struck by the first fault, in order of addition, that is due for it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Faults {

    private final RuleList<FaultRule> rules;
    private final SkewedClock clock;

    Faults(RuleList<FaultRule> rules, SkewedClock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Adds a fault.
     *
     * @param fault what shall happen, and to which calls
     * @return this
     */
    public Faults add(Fault fault) {
        rules.add(fault.rule());
        return this;
    }

    /**
     * Lets the emulator's clock go wrong: its {@code Date} headers, the times of its tokens and the times of new state
     * move by the skew.
     *
     * @param skew how far ahead the emulator is of its clock; negative for behind
     * @return this
     */
    public Faults clockSkew(Duration skew) {
        clock.skew(skew);
        return this;
    }

    /** Takes all faults and the skew away. */
    public void clear() {
        rules.clear();
        clock.skew(Duration.ZERO);
    }

    /**
     * How many calls were struck since the last {@link #clear()}.
     *
     * @return the number of calls
     */
    public int fired() {
        return rules.fired();
    }
}
