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
 * The lightest set of names that contains one name of each group, found by branch and bound. Exact within
 * {@value #MAX_STEPS} steps, which is far more than the permissions of an API need; after that, the best set found so
 * far.
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
     * Returns the set, in alphabetical order. Of several sets with the same weight, the first in this order is
     * returned.
     *
     * @param groups the groups, none of them empty
     * @param weight the weight of a name, positive
     */
    static Set<String> of(Collection<? extends Set<String>> groups, ToLongFunction<String> weight) {
        HittingSet search = new HittingSet(groups, weight);
        search.extend(new TreeSet<>(), 0);
        Set<String> found = search.best;
        return found == null ? Set.of() : found;
    }

    /**
     * Removes groups that contain another one, because they add no condition. The smallest group first leaves the
     * fewest choices.
     */
    private static List<Set<String>> withoutLarger(Collection<? extends Set<String>> groups) {
        List<Set<String>> distinct = new ArrayList<>(Set.copyOf(groups));
        List<Set<String>> minimal = new ArrayList<>();
        distinct.sort(Comparator.<Set<String>>comparingInt(Set::size)
                .thenComparing(group -> new TreeSet<>(group).toString()));
        for (Set<String> group : distinct) {
            if (minimal.stream().noneMatch(group::containsAll)) {
                minimal.add(group);
            }
        }
        return minimal;
    }

    private void extend(Set<String> chosen, long weightOfChosen) {
        if (weightOfChosen >= bestWeight || ++steps > MAX_STEPS && best != null) {
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
            bestWeight = weightOfChosen;
            return;
        }
        open.stream()
                .sorted(Comparator.comparingLong(weight).thenComparing(Comparator.naturalOrder()))
                .forEach(name -> {
                    chosen.add(name);
                    extend(chosen, weightOfChosen + weight.applyAsLong(name));
                    chosen.remove(name);
                });
    }
}
