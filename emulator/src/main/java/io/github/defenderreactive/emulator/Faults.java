package io.github.defenderreactive.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults the emulator has in store. A call is struck by the first fault, in order of addition, that is due for it.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Faults {

    private static final class Planned {
        private final Fault fault;
        private long calls;
        private int fired;

        Planned(Fault fault) {
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();
    private volatile Duration clockSkew = Duration.ZERO;

    Faults() {}

    /**
     * Adds a fault.
     *
     * @param fault what shall happen, and to which calls
     * @return this
     */
    public synchronized Faults add(Fault fault) {
        planned.add(new Planned(fault));
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
    public synchronized void clear() {
        planned.clear();
        clockSkew = Duration.ZERO;
    }

    /**
     * How many calls were struck since the last {@link #clear()}.
     *
     * @return the number of calls
     */
    public synchronized int fired() {
        return planned.stream().mapToInt(plan -> plan.fired).sum();
    }

    Duration skew() {
        return clockSkew;
    }

    synchronized @Nullable Fault next(String operationId) {
        Planned struck = null;
        for (Planned plan : planned) {
            if (plan.fault.concerns(operationId)) {
                plan.calls++;
                if (struck == null && plan.fault.strikesAt(plan.calls)) {
                    struck = plan;
                }
            }
        }
        if (struck == null) {
            return null;
        }
        struck.fired++;
        return struck.fault;
    }
}
