package io.github.defenderreactive.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things that are planned for calls. A call gets the first thing, in order of addition, that is due for it. Thread-safe.
 */
final class Planned<T> {

    private static final class Plan<T> {
        private final T thing;
        private long calls;
        private int fired;

        Plan(T thing) {
            this.thing = thing;
        }
    }

    private final Function<T, Occasion> occasion;
    private final List<Plan<T>> plans = new ArrayList<>();

    Planned(Function<T, Occasion> occasion) {
        this.occasion = occasion;
    }

    synchronized void add(T thing) {
        plans.add(new Plan<>(thing));
    }

    synchronized void clear() {
        plans.clear();
    }

    synchronized int fired() {
        return plans.stream().mapToInt(plan -> plan.fired).sum();
    }

    /** What is due for a call, which counts as a call for everything that concerns it. */
    synchronized @Nullable T next(String operationId) {
        Plan<T> due = null;
        for (Plan<T> plan : plans) {
            Occasion when = occasion.apply(plan.thing);
            if (when.concerns(operationId)) {
                plan.calls++;
                if (due == null && when.includes(plan.calls)) {
                    due = plan;
                }
            }
        }
        if (due == null) {
            return null;
        }
        due.fired++;
        return due.thing;
    }
}
