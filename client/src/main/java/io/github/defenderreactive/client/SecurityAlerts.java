package io.github.defenderreactive.client;

import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.graph.api.SecurityAlertsApi;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.query.ListSecurityAlertsQuery;
import io.github.defenderreactive.client.graph.query.SecurityAlertFields;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.client.watch.WatchSource;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * The operations on the alerts of all products, with a continuous watch. Returned by {@link Graph#alerts()}.
 *
 * @since 0.1.0
 */
public final class SecurityAlerts extends SecurityAlertsApi {

    private final WatchSource<SecurityAlert> source = WatchSource.filtered(
                    "security-alerts",
                    SecurityAlertFields.LAST_UPDATE_DATE_TIME,
                    filter -> list(
                            ListSecurityAlertsQuery.builder().filter(filter).build()),
                    SecurityAlert::id,
                    SecurityAlert::lastUpdateDateTime)
            .created(SecurityAlert::createdDateTime);

    SecurityAlerts(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of new and changed alerts of all products. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an alert is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No alert is lost that becomes visible within the deepest overlap after
     * its update. A consumer that keys on id and {@code lastUpdateDateTime} sees each version once. A change after
     * which an alert no longer matches the filter of the options is not delivered.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. A consumer that blocks needs {@code publishOn}.
     *
     * <p>A poll is one call for each page of alerts that changed since its start. For permission and quota see {@link
     * SecurityAlertsApi#list(ListSecurityAlertsQuery)}.
     *
     * @param options start, interval, filter, and the store of the progress. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<SecurityAlert>> watch(WatchOptions options) {
        return source.watch(options);
    }
}
