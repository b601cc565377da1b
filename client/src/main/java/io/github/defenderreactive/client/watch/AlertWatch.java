package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The watch of alerts. {@code DefenderClient.alerts().watch(...)} starts it, and describes its behaviour.
 *
 * @since 0.1.0
 */
public final class AlertWatch {

    private static final ItemAccessors<Alert> ACCESSORS =
            new ItemAccessors<>(Alert::id, Alert::lastUpdateTime, Alert::alertCreationTime, JsonWriter::toJson);

    private final AlertsApi alerts;
    private final WatchOptions options;

    private AlertWatch(AlertsApi alerts, WatchOptions options) {
        this.alerts = alerts;
        this.options = options;
    }

    /**
     * Returns a watch over the operation that lists alerts.
     *
     * @param alerts the group of the operation
     * @param options the options of the watch
     * @return the deliveries; see {@code Alerts.watch}
     */
    public static Flux<Delivery<Alert>> of(AlertsApi alerts, WatchOptions options) {
        AlertWatch watch = new AlertWatch(alerts, options);
        return Flux.defer(() -> {
            Guard guard = new Guard();
            return Flux.usingWhen(
                    guard.mono(() -> options.store().open()),
                    session -> guard.flux(() -> new WatchEngine<>(
                                    watch::since,
                                    ACCESSORS,
                                    options,
                                    session,
                                    guard,
                                    Schedulers.parallel(),
                                    System::nanoTime,
                                    () -> ThreadLocalRandom.current().nextDouble())
                            .deliveries()),
                    session -> guard.mono(session::close));
        });
    }

    private Flux<Alert> since(Instant from, PollSource.Notes notes) {
        Filter changed = AlertFields.LAST_UPDATE_TIME.ge(from);
        ListAlertsQuery.Builder query =
                ListAlertsQuery.builder().filter(options.filter() == null ? changed : changed.and(options.filter()));
        if (options.expand() != null) {
            query.expand(options.expand());
        }
        return alerts.list(query.build()).skipUnreadable(notes::unreadable).doOnResponse(response -> {
            Instant date = response.date();
            if (date != null) {
                notes.date(date);
            }
        });
    }
}
