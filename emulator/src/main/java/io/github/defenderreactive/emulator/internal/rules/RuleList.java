package io.github.defenderreactive.emulator.internal.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules in order of addition. A call gets the first rule that applies to it. Thread-safe. */
public final class RuleList<T> {

    private static final class Counted<T> {
        private final T rule;
        private long calls;
        private int fired;

        Counted(T rule) {
            this.rule = rule;
        }
    }

    private final Function<T, CallSelector> selector;
    private final List<Counted<T>> rules = new ArrayList<>();

    public RuleList(Function<T, CallSelector> selector) {
        this.selector = selector;
    }

    public synchronized void add(T rule) {
        rules.add(new Counted<>(rule));
    }

    public synchronized void clear() {
        rules.clear();
    }

    /** Returns the number of calls that got a rule. */
    public synchronized int fired() {
        return rules.stream().mapToInt(rule -> rule.fired).sum();
    }

    /** Returns the rule for a call, and counts the call for every rule that concerns its operation. */
    public synchronized @Nullable T next(String operationId) {
        Counted<T> first = null;
        for (Counted<T> counted : rules) {
            CallSelector calls = selector.apply(counted.rule);
            if (calls.concerns(operationId)) {
                counted.calls++;
                if (first == null && calls.includes(counted.calls)) {
                    first = counted;
                }
            }
        }
        if (first == null) {
            return null;
        }
        first.fired++;
        return first.rule;
    }
}
