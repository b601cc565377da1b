package io.github.defenderreactive.cli.soak;

import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.emulator.Faults;
import java.time.Duration;
import java.util.Random;

/** Transient faults of all kinds in two calls of seven, which are the same for the same seed. */
final class FaultSchedule {

    private static final int MOST_BETWEEN = 4;
    private static final int PAGE_BYTES = 10_000_000;
    private static final int SLOW_BYTES_PER_SECOND = 2_000_000;

    private final Random random;

    FaultSchedule(long seed) {
        this.random = new Random(seed);
    }

    void into(Faults faults, int calls) {
        // Never two in a row, so that four attempts are sufficient even with a poll of the watch in between.
        for (int call = 2; call < calls; call += 2 + random.nextInt(MOST_BETWEEN)) {
            faults.add(fault(random.nextInt(100)).on("listAlerts").fromCall(call));
        }
    }

    private Fault fault(int percent) {
        if (percent < 20) {
            return Fault.throttled(Duration.ofSeconds(1));
        }
        if (percent < 35) {
            return Fault.status(503);
        }
        if (percent < 55) {
            return Fault.resetBeforeHeaders();
        }
        if (percent < 75) {
            return Fault.resetAfter(random.nextInt(PAGE_BYTES));
        }
        if (percent < 97) {
            return Fault.truncatedAfter(random.nextInt(PAGE_BYTES));
        }
        return Fault.paced(SLOW_BYTES_PER_SECOND);
    }
}
