package io.github.defenderreactive.cli.internal.streams;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A collection that a command lists and watches.
 *
 * @param <T> the item
 * @param columns the columns of a table
 * @param updateTime the property that {@code --since} applies to
 * @param list lists the items that match a filter, or all items for null
 * @param watch watches the items
 */
public record ItemStream<T extends JsonEncodable>(
        List<String> columns,
        TimeField updateTime,
        BiFunction<DefenderClient, @Nullable Filter, ? extends Flux<T>> list,
        BiFunction<DefenderClient, WatchOptions, Flux<Delivery<T>>> watch) {}
