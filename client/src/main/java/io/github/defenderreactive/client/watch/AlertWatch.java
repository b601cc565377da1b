package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertExpansion;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.runtime.odata.Filter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The watch of alerts. {@code DefenderClient.alerts().watch(...)} starts it, and describes its behaviour.
 *
 * @since 0.1.0
 */
public final class AlertWatch {

    private AlertWatch() {}

    /**
     * Returns a watch over the operation that lists alerts.
     *
     * @param alerts the group of the operation
     * @param options the options of the watch
     * @return the deliveries; see {@code Alerts.watch}
     */
    public static Flux<Delivery<Alert>> of(AlertsApi alerts, WatchOptions options) {
        return WatchSource.filtered(
                        WatchOptions.DEFAULT_NAME,
                        AlertFields.LAST_UPDATE_TIME,
                        filter -> alerts.list(query(filter, options.expand())),
                        Alert::id,
                        Alert::lastUpdateTime)
                .created(Alert::alertCreationTime)
                .start(options);
    }

    private static ListAlertsQuery query(Filter filter, @Nullable AlertExpansion expand) {
        ListAlertsQuery.Builder query = ListAlertsQuery.builder().filter(filter);
        if (expand != null) {
            query.expand(expand);
        }
        return query.build();
    }
}
