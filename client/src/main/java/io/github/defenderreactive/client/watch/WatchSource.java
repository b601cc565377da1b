package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.odata.TimeField;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A collection that can be watched: its items have an id and an update time, and can be listed from an update time on.
 * The ready watches are built on it; a program watches other collections with it:
 *
 * <pre>{@code
 * WatchSource<SecurityIncident> incidents = WatchSource.filtered(
 *         "incidents",
 *         SecurityIncidentFields.LAST_UPDATE_DATE_TIME,
 *         filter -> client.graphSecurity()
 *                 .incidents()
 *                 .list(ListSecurityIncidentsQuery.builder()
 *                         .filter(filter)
 *                         .expand(SecurityIncidentExpansion.ALERTS)
 *                         .build()),
 *         SecurityIncident::id,
 *         SecurityIncident::lastUpdateDateTime);
 * }</pre>
 *
 * <p>The list must be complete and must have no upper bound: an item that is updated while pages are read then stays in
 * the list, so it is read again by the next poll at the latest. It must not be limited by {@code $top}. The service
 * dates its responses, and rows that cannot be read are skipped and reported. Immutable and thread-safe.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public final class WatchSource<T> {

    /**
     * Reads a property of an item.
     *
     * @param <T> the item
     * @param <V> the property
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Property<T, V> {

        /**
         * Returns the value of the property.
         *
         * @param item the item
         * @return the value, or null if the item has none
         */
        @Nullable
        V of(T item);
    }

    private final String name;
    private final BiFunction<Instant, @Nullable Filter, ? extends PagedFlux<T>> list;
    private final boolean filters;
    private final ItemAccessors<T> accessors;

    private WatchSource(
            String name,
            BiFunction<Instant, @Nullable Filter, ? extends PagedFlux<T>> list,
            boolean filters,
            ItemAccessors<T> accessors) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        this.name = name;
        this.list = list;
        this.filters = filters;
        this.accessors = accessors;
    }

    /**
     * Creates a source from a function of the update time.
     *
     * @param name the default name of a watch, such as {@code incidents}
     * @param since returns the items that were updated at or after a time. Called for each poll. Before a watch that
     *     starts now polls, it is called with a time in the far future, for the date of the response. Items that were
     *     updated before the time end the watch if there are many, because the time is not respected then
     * @param id returns the id of an item; one without id is reported as {@link WatchEvent.Irregular}
     * @param updated returns the update time of an item; one without it is reported as {@link WatchEvent.Irregular}
     * @param <T> the item
     * @return the source; its watches refuse options with a filter
     * @throws IllegalArgumentException if the name is blank
     */
    public static <T> WatchSource<T> of(
            String name,
            Function<? super Instant, ? extends PagedFlux<T>> since,
            Property<? super T, String> id,
            Property<? super T, Instant> updated) {
        Objects.requireNonNull(since, "since");
        return new WatchSource<>(name, (from, filter) -> since.apply(from), false, accessors(id, updated));
    }

    /**
     * Creates a source from a function of the filter.
     *
     * @param name the default name of a watch, such as {@code incidents}
     * @param updateTime the property of the update time, which the service must be able to filter by
     * @param list returns the items that match a filter: {@code ge} on the update time, combined with the filter of the
     *     options. Called for each poll. Before a watch that starts now polls, it is called with a time in the far
     *     future, for the date of the response
     * @param id returns the id of an item; one without id is reported as {@link WatchEvent.Irregular}
     * @param updated returns the update time of an item; one without it is reported as {@link WatchEvent.Irregular}
     * @param <T> the item
     * @return the source
     * @throws IllegalArgumentException if the name is blank
     */
    public static <T> WatchSource<T> filtered(
            String name,
            TimeField updateTime,
            Function<? super Filter, ? extends PagedFlux<T>> list,
            Property<? super T, String> id,
            Property<? super T, Instant> updated) {
        Objects.requireNonNull(updateTime, "updateTime");
        Objects.requireNonNull(list, "list");
        return new WatchSource<>(
                name,
                (from, filter) -> {
                    Filter changed = updateTime.ge(from);
                    return list.apply(filter == null ? changed : changed.and(filter));
                },
                true,
                accessors(id, updated));
    }

    private static <T> ItemAccessors<T> accessors(
            Property<? super T, String> id, Property<? super T, Instant> updated) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(updated, "updated");
        return new ItemAccessors<>(id::of, updated::of, item -> null, WatchSource::text);
    }

    static String text(Object item) {
        return item instanceof JsonEncodable model ? JsonWriter.toJson(model) : String.valueOf(item);
    }

    /**
     * Sets the creation time. It distinguishes an old item that the watch has never seen, which is
     * {@link Delivery.Kind#UPDATED}, from a new one.
     *
     * @param created returns the creation time of an item, or null; by default every unknown item is new
     * @return a source with that time
     */
    public WatchSource<T> created(Property<? super T, Instant> created) {
        Objects.requireNonNull(created, "created");
        return new WatchSource<>(
                name,
                list,
                filters,
                new ItemAccessors<>(accessors.id(), accessors.updated(), created::of, accessors.json()));
    }

    /**
     * Returns a continuous stream of new and changed items. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an item is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No item is lost that becomes visible within the deepest overlap after its
     * update. A consumer that keys on id and update time sees each version once.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. Permission and quota are those of the list. A consumer that blocks needs
     * {@code publishOn}.
     *
     * @param options start, interval, and the store of the progress. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have a filter and this source does not filter, or an expansion
     */
    public Flux<Delivery<T>> watch(WatchOptions options) {
        WatchOptions named = options.named(name);
        named.requireNoExpansion();
        if (!filters) {
            named.requireNoFilter();
        }
        return start(named);
    }

    Flux<Delivery<T>> start(WatchOptions options) {
        return WatchEngine.start(
                () -> (from, notes) -> PollSource.noted(list.apply(from, options.filter()), notes),
                accessors,
                options.named(name));
    }
}
