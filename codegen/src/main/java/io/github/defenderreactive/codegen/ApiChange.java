package io.github.defenderreactive.codegen;

import io.github.defenderreactive.codegen.ApiChanges.Dimension;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A difference between two descriptions of an API.
 *
 * @param kind the kind, such as {@code member-renamed}
 * @param place the JSON pointer of the element, in the new description unless the change removed it
 * @param before the names of the Java elements before, such as {@code Order.note()}; empty if there were none
 * @param after the names of the Java elements after; empty if there are none
 * @param likelyRename whether two elements were taken for one with a new name
 * @param warning whether programs that use the element compile with a warning
 * @param affected the effects on programs that use the generated code; empty if the change is compatible
 * @param text a sentence in English without the full stop
 * @since 0.1.0
 */
public record ApiChange(
        String kind,
        String place,
        List<String> before,
        List<String> after,
        boolean likelyRename,
        boolean warning,
        Set<Dimension> affected,
        String text) {

    /**
     * Copies the lists.
     *
     * @param kind the kind, such as {@code member-renamed}
     * @param place the JSON pointer of the element, in the new description unless the change removed it
     * @param before the names of the Java elements before; empty if there were none
     * @param after the names of the Java elements after; empty if there are none
     * @param likelyRename whether two elements were taken for one with a new name
     * @param warning whether programs that use the element compile with a warning
     * @param affected the effects on programs that use the generated code
     * @param text a sentence in English without the full stop
     */
    public ApiChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
        affected = affected.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(affected));
    }
}
