package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a watch has to know of an item.
 *
 * @param id its id
 * @param updated its last update
 * @param created its creation
 * @param json its JSON, for one that cannot be delivered
 */
record ItemAccessors<T>(
        Function<T, @Nullable String> id,
        Function<T, @Nullable Instant> updated,
        Function<T, @Nullable Instant> created,
        Function<T, String> json) {}
