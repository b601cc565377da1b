package io.github.defenderreactive.client;

import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.client.watch.WatchSource;
import io.github.defenderreactive.client.xdr.api.IncidentsApi;
import io.github.defenderreactive.client.xdr.model.Incident;
import io.github.defenderreactive.client.xdr.query.IncidentFields;
import io.github.defenderreactive.client.xdr.query.ListIncidentsQuery;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * The operations on incidents of Defender XDR, with a continuous watch. Returned by {@link Xdr#incidents()}.
 *
 * @since 0.1.0
 */
public final class Incidents extends IncidentsApi {

    private final WatchSource<Incident> source = WatchSource.filtered(
                    "xdr-incidents",
                    IncidentFields.LAST_UPDATE_TIME,
                    filter -> list(ListIncidentsQuery.builder().filter(filter).build()),
                    incident -> incident.incidentId() == null ? null : String.valueOf(incident.incidentId()),
                    Incident::lastUpdateTime)
            .created(Incident::createdTime);

    Incidents(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of new and changed incidents. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an incident is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No incident is lost that becomes visible within the deepest overlap after
     * its update. A consumer that keys on id and {@code lastUpdateTime} sees each version once. A change after which
     * an incident no longer matches the filter of the options is not delivered.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. A consumer that blocks needs {@code publishOn}.
     *
     * <p>A poll is one call for each 100 incidents that changed since its start and, if there are any, one more for the
     * empty page that shows the end. An incident contains its alerts. For permission and quota see {@link
     * IncidentsApi#list(ListIncidentsQuery)}.
     *
     * @param options start, interval, filter, and the store of the progress. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<Incident>> watch(WatchOptions options) {
        return source.watch(options);
    }
}
