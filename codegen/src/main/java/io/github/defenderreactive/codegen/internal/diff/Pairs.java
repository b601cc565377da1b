package io.github.defenderreactive.codegen.internal.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * The names of two descriptions, matched with each other.
 *
 * @param kept names of elements in both
 * @param renamed likely renames, the old name first
 */
record Pairs(List<String> kept, Map<String, String> renamed, List<String> removed, List<String> added) {

    /** Returns the pairs of equal names only. */
    static Pairs of(Iterable<String> before, Iterable<String> after) {
        List<String> old = list(before);
        List<String> now = list(after);
        return new Pairs(
                old.stream().filter(now::contains).toList(),
                new LinkedHashMap<>(),
                new ArrayList<>(old.stream().filter(name -> !now.contains(name)).toList()),
                new ArrayList<>(now.stream().filter(name -> !old.contains(name)).toList()));
    }

    /** Returns the element of a name that is in a pair. */
    static <T> T get(Map<String, T> elements, String name) {
        return Objects.requireNonNull(elements.get(name), name);
    }

    private static List<String> list(Iterable<String> names) {
        List<String> list = new ArrayList<>();
        names.forEach(list::add);
        return list;
    }

    /** Takes a removed and an added element for one if exactly these two fit each other. */
    Pairs renaming(BiPredicate<String, String> fit) {
        for (String old : List.copyOf(removed)) {
            List<String> candidates =
                    added.stream().filter(name -> fit.test(old, name)).toList();
            boolean unique = candidates.size() == 1
                    && removed.stream()
                                    .filter(other -> fit.test(other, candidates.get(0)))
                                    .count()
                            == 1;
            if (unique) {
                renamed.put(old, candidates.get(0));
                removed.remove(old);
                added.remove(candidates.get(0));
            }
        }
        return this;
    }

    /** Returns the names of all elements in both descriptions, the old name first. */
    Map<String, String> both() {
        Map<String, String> both = new LinkedHashMap<>();
        kept.forEach(name -> both.put(name, name));
        both.putAll(renamed);
        return both;
    }
}
