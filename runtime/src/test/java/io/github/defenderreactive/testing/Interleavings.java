package io.github.defenderreactive.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a scenario again and again until every way it can go has been gone. The scenario asks at each fork; its answers are
 * counted up like the digits of a number, so the same scenario must meet the same forks when it is given the same answers.
 */
public final class Interleavings {

    private final List<Integer> answers = new ArrayList<>();
    private final List<Integer> alternatives = new ArrayList<>();
    private int at;

    private Interleavings() {}

    /**
     * Goes all ways.
     *
     * @return how many there were
     */
    public static long explore(Consumer<Interleavings> scenario) {
        Interleavings forks = new Interleavings();
        long ways = 0;
        do {
            forks.at = 0;
            ways++;
            try {
                scenario.accept(forks);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Way " + ways + ", answers " + forks.answers.subList(0, forks.at), e);
            }
        } while (forks.next());
        return ways;
    }

    /** A fork: which way to go, from 0. */
    public int choose(int ways) {
        if (at == answers.size()) {
            answers.add(0);
            alternatives.add(ways);
        }
        if (alternatives.get(at) != ways) {
            throw new IllegalStateException("The scenario does not repeat itself");
        }
        return answers.get(at++);
    }

    private boolean next() {
        while (!answers.isEmpty()) {
            int last = answers.size() - 1;
            if (answers.get(last) + 1 < alternatives.get(last)) {
                answers.set(last, answers.get(last) + 1);
                return true;
            }
            answers.remove(last);
            alternatives.remove(last);
        }
        return false;
    }
}
