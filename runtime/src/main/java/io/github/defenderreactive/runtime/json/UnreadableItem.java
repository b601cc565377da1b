package io.github.defenderreactive.runtime.json;

import java.util.Objects;

/**
 * An element of a collection that cannot be decoded: null, a value of another type, or an item over a limit.
 *
 * @param path JSON path of the item
 * @param problem the reason why it cannot be decoded
 * @param json the item as received, up to its first {@value #MOST_BYTES} bytes
 * @param bytes length of the item in bytes
 * @since 0.1.0
 */
public record UnreadableItem(String path, String problem, String json, long bytes) {

    /** Maximum number of bytes of an item that are kept. */
    public static final int MOST_BYTES = 4096;

    /**
     * Creates an unreadable item.
     *
     * @param path JSON path of the item
     * @param problem the reason why it cannot be decoded
     * @param json the beginning of the item as received
     * @param bytes length of the item in bytes
     */
    public UnreadableItem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(json, "json");
    }
}
