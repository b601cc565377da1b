package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A difference between two descriptions.
 *
 * @param kind the kind, in lower case with dashes
 * @param place the JSON pointer, in the new description unless the change removed the element
 * @param before the Java elements before, empty if there were none
 * @param after the Java elements after, empty if there are none
 * @param likelyRename whether two elements were taken for one with a new name
 * @param text a sentence without the full stop
 */
public record Change(
        String kind,
        Pointer place,
        List<String> before,
        List<String> after,
        boolean likelyRename,
        Verdict verdict,
        String text) {

    public Change {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Returns this change with a place of another document.
     *
     * @param old returns the place of an element that the change removed
     * @param now returns the place of another element
     */
    public Change at(UnaryOperator<Pointer> old, UnaryOperator<Pointer> now) {
        UnaryOperator<Pointer> mapping = after.isEmpty() && !before.isEmpty() ? old : now;
        return new Change(kind, mapping.apply(place), before, after, likelyRename, verdict, text);
    }
}
