package io.github.defenderreactive.runtime.drift;

import java.util.List;
import java.util.stream.IntStream;

/** The members that objects at one place contained. Thread-safe. */
final class DriftPresence {

    private final ModelType type;
    private final boolean[] received;
    private long objects;

    DriftPresence(ModelType type) {
        this.type = type;
        this.received = new boolean[type.accessors().size()];
    }

    ModelType type() {
        return type;
    }

    synchronized void add(boolean[] present) {
        objects++;
        for (int i = 0; i < present.length; i++) {
            received[i] |= present[i];
        }
    }

    /** Returns an entry for each member that was never received. */
    synchronized List<DriftEntry> entries(DriftKey place) {
        return IntStream.range(0, received.length)
                .filter(i -> !received[i])
                .mapToObj(i -> type.accessors().get(i).getName())
                .map(member -> new DriftEntry(
                        place.api(),
                        place.operation(),
                        place.kind(),
                        place.schema(),
                        place.path().isEmpty() ? member : place.path() + "." + member,
                        member,
                        objects,
                        List.of(),
                        List.of(),
                        List.of()))
                .toList();
    }
}
