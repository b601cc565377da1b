package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an item that a watch uses.
 *
 * @param id the id
 * @param updated the last update time
 * @param created the creation time
 * @param json the item as JSON, for reports of an item that cannot be delivered
 */
record ItemAccessors<T>(
        Function<T, @Nullable String> id,
        Function<T, @Nullable Instant> updated,
        Function<T, @Nullable Instant> created,
        Function<T, String> json) {}
