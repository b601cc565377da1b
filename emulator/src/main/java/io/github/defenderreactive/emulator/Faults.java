package io.github.defenderreactive.emulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The faults the emulator has in store. A call is struck by the first fault, in order of addition, that is due for it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Faults {

    private final Planned<Fault> planned = new Planned<>(Fault::occasion);
    private volatile Duration clockSkew = Duration.ZERO;

    Faults() {}

    /**
     * Adds a fault.
     *
     * @param fault what shall happen, and to which calls
     * @return this
     */
    public Faults add(Fault fault) {
        planned.add(fault);
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
        clockSkew = skew;
        return this;
    }

    /** Takes all faults and the skew away. */
    public void clear() {
        planned.clear();
        clockSkew = Duration.ZERO;
    }

    /**
     * How many calls were struck since the last {@link #clear()}.
     *
     * @return the number of calls
     */
    public int fired() {
        return planned.fired();
    }

    Duration skew() {
        return clockSkew;
    }

    @Nullable
    Fault next(String operationId) {
        return planned.next(operationId);
    }
}
