package io.github.defenderreactive.emulator.internal.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rules in order of addition. A call gets the first rule that applies to it. Thread-safe. */
public final class RuleList<T> {

    private static final class Counted<T> {
        private final T rule;
        /** The number of calls by path, or of all under an empty one. */
        private final Map<String, Long> calls = new HashMap<>();

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
    public synchronized @Nullable T next(String operationId, String path) {
        Counted<T> first = null;
        for (Counted<T> counted : rules) {
            CallSelector calls = selector.apply(counted.rule);
            if (calls.concerns(operationId)) {
                long number = counted.calls.merge(calls.byPath() ? path : "", 1L, Long::sum);
                if (first == null && calls.includes(number)) {
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
