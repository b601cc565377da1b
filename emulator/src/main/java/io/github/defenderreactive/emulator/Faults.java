package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.github.defenderreactive.emulator.internal.rules.RuleList;
import io.github.defenderreactive.emulator.internal.service.SkewedClock;
import java.time.Duration;

/**
 * The fault injection rules of the emulator. The first fault, in order of addition, that applies to a call takes
 * effect. Thread-safe.
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
     * @param fault the fault and the calls it applies to
     * @return this
     */
    public Faults add(Fault fault) {
        rules.add(fault.rule());
        return this;
    }

    /**
     * Skews the clock of the emulator: its {@code Date} headers, the times of its tokens and the times of new state.
     *
     * @param skew the offset from the configured clock; negative for a clock that is slow
     * @return this
     */
    public Faults clockSkew(Duration skew) {
        clock.skew(skew);
        return this;
    }

    /** Removes all faults and the skew. */
    public void clear() {
        rules.clear();
        clock.skew(Duration.ZERO);
    }

    /**
     * Returns the number of calls that a fault applied to since the last {@link #clear()}.
     *
     * @return the number of calls
     */
    public int fired() {
        return rules.fired();
    }
}
