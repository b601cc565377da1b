package io.github.defenderreactive.client;

import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.graph.api.SecurityIncidentsApi;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.query.ListSecurityIncidentsQuery;
import io.github.defenderreactive.client.graph.query.SecurityIncidentFields;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.client.watch.WatchSource;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * The operations on incidents, with a continuous watch. Returned by {@link Graph#incidents()}.
 *
 * @since 0.1.0
 */
public final class SecurityIncidents extends SecurityIncidentsApi {

    private final WatchSource<SecurityIncident> source = WatchSource.filtered(
                    "security-incidents",
                    SecurityIncidentFields.LAST_UPDATE_DATE_TIME,
                    filter -> list(
                            ListSecurityIncidentsQuery.builder().filter(filter).build()),
                    SecurityIncident::id,
                    SecurityIncident::lastUpdateDateTime)
            .created(SecurityIncident::createdDateTime);

    SecurityIncidents(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of new and changed incidents. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an incident is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No incident is lost that becomes visible within the deepest overlap after
     * its update. A consumer that keys on id and {@code lastUpdateDateTime} sees each version once. A change after
     * which an incident no longer matches the filter of the options is not delivered.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. A consumer that blocks needs {@code publishOn}.
     *
     * <p>A poll is one call for each 50 incidents that changed since its start. An incident is delivered without its
     * alerts; use {@link WatchSource} with a query that expands them. For permission and quota see {@link
     * SecurityIncidentsApi#list(ListSecurityIncidentsQuery)}.
     *
     * @param options start, interval, filter, and the store of the progress. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<SecurityIncident>> watch(WatchOptions options) {
        return source.watch(options);
    }
}
