package io.github.defenderreactive.codegen.internal.normalize;

import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.HashMap;
import java.util.Map;

/** Where the parts of a normalized description stood before. */
final class Places {

    private final Map<Pointer, Pointer> original = new HashMap<>();

    /** Records that a part has moved. Both places are those of the description as it is at this moment. */
    void moved(Pointer from, Pointer to) {
        if (!from.equals(to)) {
            original.put(to, original(from));
        }
    }

    /** Records that parts have moved at the same time, for example because one of a list was removed. */
    void moved(Map<Pointer, Pointer> fromByTo) {
        Map<Pointer, Pointer> originals = new HashMap<>();
        fromByTo.forEach((to, from) -> originals.put(to, original(from)));
        original.putAll(originals);
    }

    /** Returns the original place of a part, which is found by the closest part around it that has moved. */
    Pointer original(Pointer place) {
        for (int length = place.segments().size(); length > 0; length--) {
            Pointer around = new Pointer(place.segments().subList(0, length));
            Pointer found = original.get(around);
            if (found != null) {
                Pointer whole = found;
                for (String segment :
                        place.segments().subList(length, place.segments().size())) {
                    whole = whole.child(segment);
                }
                return whole;
            }
        }
        return place;
    }
}
