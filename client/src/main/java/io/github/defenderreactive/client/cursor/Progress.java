package io.github.defenderreactive.client.cursor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a watch.
 *
 * @param cursor the cursor, or null before the watch has started
 * @param seen the versions that were delivered within the deepest overlap, and those of items that a watch follows for
 *     longer; may contain several versions of an item, in any order
 * @since 0.1.0
 */
public record Progress(@Nullable Cursor cursor, List<SeenVersion> seen) {

    /** The progress before a watch has started. */
    public static final Progress NONE = new Progress(null, List.of());

    /**
     * Copies the list.
     *
     * @param cursor the cursor, or null before the watch has started
     * @param seen the versions that a watch remembers
     */
    public Progress {
        seen = List.copyOf(seen);
    }
}
