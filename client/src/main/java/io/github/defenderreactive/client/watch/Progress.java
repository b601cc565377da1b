package io.github.defenderreactive.client.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a watch remembers.
 *
 * @param cursor where it stands, or null before it has begun
 * @param seen what was delivered within reach of the deepest overlap; of an item several versions may be listed, in any
 *     order
 * @since 0.1.0
 */
public record Progress(@Nullable Cursor cursor, List<SeenVersion> seen) {

    /** Before a watch has begun. */
    public static final Progress NONE = new Progress(null, List.of());

    /**
     * Copies the list.
     *
     * @param cursor where it stands, or null before it has begun
     * @param seen what was delivered within reach of the deepest overlap
     */
    public Progress {
        seen = List.copyOf(seen);
    }
}
