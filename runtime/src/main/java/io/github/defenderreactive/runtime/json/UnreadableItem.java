package io.github.defenderreactive.runtime.json;

import java.util.Objects;

/**
 * What stands in a collection in the place of an item and cannot be read as one: null, a value of another kind, or an item
 * over a limit.
 *
 * @param path JSON path of the item
 * @param problem why it cannot be read
 * @param json the item as received, up to its first {@value #MOST_BYTES} bytes
 * @param bytes how long it is
 * @since 0.1.0
 */
public record UnreadableItem(String path, String problem, String json, long bytes) {

    /** Most bytes of an item that are kept. */
    public static final int MOST_BYTES = 4096;

    /**
     * Checks that nothing is null.
     *
     * @param path JSON path of the item
     * @param problem why it cannot be read
     * @param json the beginning of the item as received
     * @param bytes how long it is
     */
    public UnreadableItem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(json, "json");
    }
}
