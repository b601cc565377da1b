package io.github.defenderreactive.runtime.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a page besides its items.
 *
 * @param nextLink the {@code @odata.nextLink}, or another link or cursor, as received; null on the last page
 * @param count the {@code @odata.count}, or null
 * @param items number of items read
 * @param others all other members, {@code @odata.context} included, in the order received
 * @since 0.1.0
 */
public record Envelope(@Nullable String nextLink, @Nullable Long count, long items, Map<String, JsonValue> others) {

    /**
     * Creates an envelope. The map is copied in its order.
     *
     * @param nextLink the {@code @odata.nextLink} as received, or null on the last page
     * @param count the {@code @odata.count}, or null
     * @param items number of items read
     * @param others all other members
     */
    public Envelope {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }
}
