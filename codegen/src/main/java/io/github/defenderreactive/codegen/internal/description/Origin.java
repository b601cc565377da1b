package io.github.defenderreactive.codegen.internal.description;

import java.util.List;

/**
 * The overlays that a schema, property or operation comes from.
 *
 * @param added the overlay that added it, or an empty text if the description has it
 * @param changed the overlays that changed it, in order
 */
public record Origin(String added, List<String> changed) {

    public static final String ADDED = "x-defender-overlay";
    public static final String CHANGED = "x-defender-overlay-changed";

    public Origin {
        changed = List.copyOf(changed);
    }

    /** Returns the origin that an element names; both parts are empty if it names none. */
    public static Origin of(Element element) {
        return new Origin(element.text(ADDED, ""), element.get(CHANGED).texts());
    }

    public static boolean isKey(String key) {
        return key.equals(ADDED) || key.equals(CHANGED);
    }
}
