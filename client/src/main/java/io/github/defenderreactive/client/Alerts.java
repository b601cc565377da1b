package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.AlertsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertDomain;
import io.github.defenderreactive.client.model.AlertIp;
import io.github.defenderreactive.client.model.BatchUpdateAlertsRequest;
import io.github.defenderreactive.client.model.CreateAlertByReferenceRequest;
import io.github.defenderreactive.client.model.File;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.UpdateAlertRequest;
import io.github.defenderreactive.client.model.User;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.watch.AlertWatch;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Alerts and what belongs to them. Opened by {@link DefenderClient#alerts()}.
 *
 * @since 0.1.0
 */
public final class Alerts {

    private final AlertsApi api;

    Alerts(AlertsApi api) {
        this.api = api;
    }

    /**
     * Every alert; {@link #list(ListAlertsQuery)} without a filter.
     *
     * @return the alerts
     */
    public PagedFlux<Alert> list() {
        return list(ListAlertsQuery.all());
    }

    /**
     * Every alert that matches, from the start to the end; the order is not promised. Permission, quota and errors:
     * {@link AlertsApi#listAlerts}.
     *
     * <p>Read in windows over {@code alertCreationTime}, so that it is complete: every alert that matches from subscribe to
     * the end comes once, also while others are raised and changed. One raised meanwhile may be among them; one whose change
     * makes it match, or match no more, may or may not. Fewer than 10,000 alerts cost one call, 200,000 about 21.
     * {@link PagedFlux#withoutTimeWindows()} reads by the links of the service instead,
     * {@link PagedFlux#doOnReport(java.util.function.Consumer)} tells what a read came to.
     *
     * <p>Page requests follow demand: requesting N alerts costs the pages that N alerts need. Items are emitted on the
     * connection's event loop; a consumer that blocks needs {@code publishOn}, whose prefetch is then the demand.
     *
     * @param query filter and expansion; with {@code $top} or {@code $skip} the answer is that one cut, without windows
     * @return the alerts, page after page; completes after the last; cancel stops reading and frees the connection
     */
    public PagedFlux<Alert> list(ListAlertsQuery query) {
        return api.listAlerts(query);
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
     * the listener; others end the stream with {@link io.github.defenderreactive.client.watch.WatchException}, which holds
     * the cursor. A store that cannot be opened or read ends it with
     * {@link io.github.defenderreactive.client.watch.CursorStoreException}. Cancel stops at once and closes the store.
     * Permission and quota: {@link AlertsApi#listAlerts}. A consumer that blocks needs {@code publishOn}.
     *
     * @param options where to begin, how often, where progress is kept
     * @return the deliveries, in no promised order; each must be acknowledged
     */
    public Flux<Delivery<Alert>> watch(WatchOptions options) {
        return AlertWatch.of(api, options);
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

    /**
     * One alert with its evidence. Permission, quota and errors: {@link AlertsApi#getAlert}.
     *
     * @param alertId id of the alert
     * @return the alert; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Alert> get(String alertId) {
        return api.getAlert(alertId);
    }

    /**
     * Changes status, owner, classification or determination, or adds a comment. Permission, quota and errors: {@link AlertsApi#updateAlert}.
     *
     * @param alertId id of the alert
     * @param change what to change; members not set stay
     * @return the alert as it is now; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Alert> update(String alertId, UpdateAlertRequest change) {
        return api.updateAlert(alertId, change);
    }

    /**
     * Applies one change to many alerts. Permission, quota and errors: {@link AlertsApi#batchUpdateAlerts}.
     *
     * @param change alert ids and what to change
     * @return completes when the service has accepted; it tells nothing of single alerts
     */
    public Mono<Void> batchUpdate(BatchUpdateAlertsRequest change) {
        return api.batchUpdateAlerts(change);
    }

    /**
     * Raises an alert on an event found by advanced hunting. Permission, quota and errors: {@link AlertsApi#createAlertByReference}.
     *
     * @param request the event and what to say of it
     * @return the new alert, or the open one of the same title on the device that it was merged into
     */
    public Mono<Alert> createByReference(CreateAlertByReferenceRequest request) {
        return api.createAlertByReference(request);
    }

    /**
     * Hosts linked to an alert. Permission, quota and errors: {@link AlertsApi#listAlertDomains}.
     *
     * @param alertId id of the alert
     * @return the hosts, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AlertDomain> domains(String alertId) {
        return api.listAlertDomains(alertId);
    }

    /**
     * Files linked to an alert. Permission, quota and errors: {@link AlertsApi#listAlertFiles}.
     *
     * @param alertId id of the alert
     * @return the files, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<File> files(String alertId) {
        return api.listAlertFiles(alertId);
    }

    /**
     * Addresses linked to an alert. Permission, quota and errors: {@link AlertsApi#listAlertIps}.
     *
     * @param alertId id of the alert
     * @return the addresses, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<AlertIp> ips(String alertId) {
        return api.listAlertIps(alertId);
    }

    /**
     * The device of an alert. Permission, quota and errors: {@link AlertsApi#getAlertMachine}.
     *
     * @param alertId id of the alert
     * @return the device; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Machine> machine(String alertId) {
        return api.getAlertMachine(alertId);
    }

    /**
     * The user of an alert. Permission, quota and errors: {@link AlertsApi#getAlertUser}.
     *
     * @param alertId id of the alert
     * @return the user; empty when the alert has none; cancel stops the call
     */
    public Mono<User> user(String alertId) {
        return api.getAlertUser(alertId);
    }
}
