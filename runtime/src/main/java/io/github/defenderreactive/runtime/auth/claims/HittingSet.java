package io.github.defenderreactive.runtime.auth.claims;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lightest set of names that has one of each group, by trying all that could be lighter than the best one found. Exact
 * up to {@value #MAX_STEPS} steps, which is far more than an API's permissions need; beyond, the best one found by then.
 */
final class HittingSet {

    private static final int MAX_STEPS = 200_000;

    private final ToLongFunction<String> weight;
    private final List<Set<String>> groups;
    private @Nullable Set<String> best;
    private long bestWeight = Long.MAX_VALUE;
    private int steps;

    private HittingSet(Collection<? extends Set<String>> groups, ToLongFunction<String> weight) {
        this.weight = weight;
        this.groups = withoutLarger(groups);
    }

    /**
     * The set, in alphabetical order; of two that weigh the same the one that begins first in it.
     *
     * @param groups none of them empty
     * @param weight of one name, positive
     */
    static Set<String> of(Collection<? extends Set<String>> groups, ToLongFunction<String> weight) {
        HittingSet search = new HittingSet(groups, weight);
        search.extend(new TreeSet<>(), 0);
        Set<String> found = search.best;
        return found == null ? Set.of() : found;
    }

    /** Who has one of a group has one of every group that holds it. The smallest group first leaves the fewest choices. */
    private static List<Set<String>> withoutLarger(Collection<? extends Set<String>> groups) {
        List<Set<String>> distinct = new ArrayList<>(Set.copyOf(groups));
        List<Set<String>> kept = new ArrayList<>();
        distinct.sort(Comparator.<Set<String>>comparingInt(Set::size)
                .thenComparing(group -> new TreeSet<>(group).toString()));
        for (Set<String> group : distinct) {
            if (kept.stream().noneMatch(group::containsAll)) {
                kept.add(group);
            }
        }
        return kept;
    }

    private void extend(Set<String> chosen, long weighs) {
        if (weighs >= bestWeight || ++steps > MAX_STEPS && best != null) {
            return;
        }
        Set<String> open = null;
        for (Set<String> group : groups) {
            if (group.stream().noneMatch(chosen::contains)) {
                open = group;
                break;
            }
        }
        if (open == null) {
            best = new TreeSet<>(chosen);
            bestWeight = weighs;
            return;
        }
        open.stream()
                .sorted(Comparator.comparingLong(weight).thenComparing(Comparator.naturalOrder()))
                .forEach(name -> {
                    chosen.add(name);
                    extend(chosen, weighs + weight.applyAsLong(name));
                    chosen.remove(name);
                });
    }
}
