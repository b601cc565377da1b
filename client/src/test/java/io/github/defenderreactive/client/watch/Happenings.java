package io.github.defenderreactive.client.watch;

import java.util.EnumMap;
import java.util.Map;

/** How often each happened. */
final class Happenings {

    private final Map<Happening, Integer> counts = new EnumMap<>(Happening.class);

    void add(Happening happening) {
        counts.merge(happening, 1, Integer::sum);
    }

    void add(Map<Happening, Integer> others) {
        others.forEach((happening, count) -> counts.merge(happening, count, Integer::sum));
    }

    Map<Happening, Integer> counts() {
        return Map.copyOf(counts);
    }

    int of(Happening happening) {
        return counts.getOrDefault(happening, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
