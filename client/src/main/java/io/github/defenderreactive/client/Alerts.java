package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.cursor.CursorStoreException;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.watch.AlertWatch;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import reactor.core.publisher.Flux;

/**
 * The operations on alerts, with a continuous watch. Returned by {@link DefenderClient#alerts()}.
 *
 * @since 0.1.0
 */
public final class Alerts extends AlertsApi {

    Alerts(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of new and changed alerts. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an alert is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. No alert is lost that becomes visible within the deepest overlap after
     * its update. A consumer that keys on id and {@code lastUpdateTime} sees each version once.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. For permission and quota see {@link AlertsApi#list(ListAlertsQuery)}. A consumer that
     * blocks needs {@code publishOn}.
     *
     * @param options start, interval, and the store of the progress
     * @return the deliveries, in no particular order; each must be acknowledged
     */
    public Flux<Delivery<Alert>> watch(WatchOptions options) {
        return AlertWatch.of(this, options);
    }

    /**
     * Requests the newest alerts, newest first in the order of the service. This is one call, with {@code $top}.
     *
     * @param count number of alerts, 1 to 10,000
     * @return at most that many alerts
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public PagedFlux<Alert> latest(int count) {
        return list(ListAlertsQuery.builder().top(count).build());
    }
}
