package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.watch.AlertWatch;
import io.github.defenderreactive.client.watch.CursorStoreException;
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
     * Every new alert and every change of one, for as long as it is subscribed to. Never completes by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an alert is delivered until its delivery is acknowledged, so after a crash those come again that
     * were not, and no others. Nothing is lost while an alert becomes visible within the deepest overlap after its
     * update. Consumers that key on id and {@code lastUpdateTime} see each version once.
     *
     * <p>Follows demand: a poll begins when deliveries are wanted, all of the one before are acknowledged, and its time has
     * come; a slow consumer delays it. Failures that may pass, and answers cut short, are tried again for ever and told to
     * the listener; others end the stream with {@link WatchException}, which holds
     * the cursor. A store that cannot be opened or read ends it with
     * {@link CursorStoreException}. Cancel stops at once and closes the store.
     * Permission and quota: {@link AlertsApi#list(ListAlertsQuery)}. A consumer that blocks needs {@code publishOn}.
     *
     * @param options where to begin, how often, where progress is kept
     * @return the deliveries, in no promised order; each must be acknowledged
     */
    public Flux<Delivery<Alert>> watch(WatchOptions options) {
        return AlertWatch.of(this, options);
    }

    /**
     * The newest alerts, newest first as the service orders them. One call, which sends {@code $top}.
     *
     * @param count how many, 1 to 10,000
     * @return at most that many alerts
     * @throws IllegalArgumentException if {@code count} is out of range
     */
    public PagedFlux<Alert> latest(int count) {
        return list(ListAlertsQuery.builder().top(count).build());
    }
}
