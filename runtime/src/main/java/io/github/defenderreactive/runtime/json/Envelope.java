package io.github.defenderreactive.runtime.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an OData collection carries around its items.
 *
 * @param nextLink the {@code @odata.nextLink} as received, or null on the last page
 * @param count the {@code @odata.count}, or null
 * @param items number of items read
 * @param others every other member, {@code @odata.context} included, in the order received
 * @since 0.1.0
 */
public record Envelope(@Nullable String nextLink, @Nullable Long count, long items, Map<String, JsonValue> others) {

    /**
     * Copies the map and keeps its order.
     *
     * @param nextLink the {@code @odata.nextLink} as received, or null on the last page
     * @param count the {@code @odata.count}, or null
     * @param items number of items read
     * @param others every other member
     */
    public Envelope {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }
}
