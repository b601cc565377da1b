package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.rules.RuleList;
import io.github.defenderreactive.emulator.internal.rules.StubRule;

/**
 * The responses that replace those of the emulator. A call gets the first stub, in order of addition, that applies to
 * it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Stubs {

    private final RuleList<StubRule> rules;

    Stubs(RuleList<StubRule> rules) {
        this.rules = rules;
    }

    /**
     * Adds a stub.
     *
     * @param stub the response, and the calls it is for
     * @return this
     */
    public Stubs add(Stub stub) {
        rules.add(stub.rule());
        return this;
    }

    /** Removes all stubs, which restores the emulator's own responses. */
    public void clear() {
        rules.clear();
    }

    /**
     * Returns the number of calls that got a stub since the last {@link #clear()}.
     *
     * @return the number of calls
     */
    public int fired() {
        return rules.fired();
    }
}
