package io.github.defenderreactive.client;

import io.github.defenderreactive.client.graph.api.HuntingApi;
import io.github.defenderreactive.client.graph.api.SecurityAlertsApi;
import io.github.defenderreactive.client.graph.api.SecurityIncidentsApi;
import io.github.defenderreactive.client.graph.model.HuntingQueryResults;
import io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.model.UpdateSecurityAlertRequest;
import io.github.defenderreactive.client.graph.model.UpdateSecurityIncidentRequest;
import io.github.defenderreactive.client.graph.query.GetSecurityIncidentQuery;
import io.github.defenderreactive.client.graph.query.ListSecurityAlertsQuery;
import io.github.defenderreactive.client.graph.query.ListSecurityIncidentsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * The security part of Microsoft Graph: alerts and incidents of all Defender products, and hunting. Opened by
 * {@link DefenderClient#graphSecurity()}.
 *
 * <p>Its permissions are granted on Microsoft Graph, not on Defender for Endpoint, and its tokens are for another audience.
 * The ids of alerts of Defender for Endpoint are the same in both APIs; enumerations are in camel case here.
 *
 * @since 0.1.0
 */
public final class GraphSecurity {

    private final SecurityAlertsApi alerts;
    private final SecurityIncidentsApi incidents;
    private final HuntingApi hunting;

    GraphSecurity(SecurityAlertsApi alerts, SecurityIncidentsApi incidents, HuntingApi hunting) {
        this.alerts = alerts;
        this.incidents = incidents;
        this.hunting = hunting;
    }

    /**
     * Every alert of the tenant; {@link #alerts(ListSecurityAlertsQuery)} without a filter.
     *
     * @return the alerts
     */
    public PagedFlux<SecurityAlert> alerts() {
        return alerts(ListSecurityAlertsQuery.all());
    }

    /**
     * Every alert that matches, the newest first, with its evidence. Permission, quota and errors:
     * {@link SecurityAlertsApi#listSecurityAlerts}.
     *
     * @param query filter; {@code top} is the size of a page here and limits nothing, {@code take} does
     * @return the alerts, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<SecurityAlert> alerts(ListSecurityAlertsQuery query) {
        return alerts.listSecurityAlerts(query);
    }

    /**
     * One alert with its evidence. Permission, quota and errors: {@link SecurityAlertsApi#getSecurityAlert}.
     *
     * @param alertId id of the alert
     * @return the alert; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel
     *     stops the call
     */
    public Mono<SecurityAlert> alert(String alertId) {
        return alerts.getSecurityAlert(alertId);
    }

    /**
     * Changes an alert; a lost answer is repeated. Permission, quota and errors:
     * {@link SecurityAlertsApi#updateSecurityAlert}.
     *
     * @param alertId id of the alert
     * @param request what changes
     * @return the alert as it is now; cancel stops waiting, not a change under way
     */
    public Mono<SecurityAlert> updateAlert(String alertId, UpdateSecurityAlertRequest request) {
        return alerts.updateSecurityAlert(alertId, request);
    }

    /**
     * Every incident of the tenant; {@link #incidents(ListSecurityIncidentsQuery)} without a filter.
     *
     * @return the incidents
     */
    public PagedFlux<SecurityIncident> incidents() {
        return incidents(ListSecurityIncidentsQuery.all());
    }

    /**
     * Every incident that matches, the newest first. Permission, quota and errors:
     * {@link SecurityIncidentsApi#listSecurityIncidents}.
     *
     * @param query filter; expanding alerts was seen to fail with 500 again and again in large tenants; {@code top} is the
     *     size of a page here, at most 50, and limits nothing, {@code take} does
     * @return the incidents, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<SecurityIncident> incidents(ListSecurityIncidentsQuery query) {
        return incidents.listSecurityIncidents(query);
    }

    /**
     * One incident without its alerts. Permission, quota and errors: {@link SecurityIncidentsApi#getSecurityIncident}.
     *
     * @param incidentId id of the incident
     * @return the incident; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel
     *     stops the call
     */
    public Mono<SecurityIncident> incident(String incidentId) {
        return incident(incidentId, GetSecurityIncidentQuery.all());
    }

    /**
     * One incident. Permission, quota and errors: {@link SecurityIncidentsApi#getSecurityIncident}.
     *
     * @param incidentId id of the incident
     * @param query whether its alerts come with it
     * @return the incident; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel
     *     stops the call
     */
    public Mono<SecurityIncident> incident(String incidentId, GetSecurityIncidentQuery query) {
        return incidents.getSecurityIncident(incidentId, query);
    }

    /**
     * Changes an incident; a lost answer is repeated. Permission, quota and errors:
     * {@link SecurityIncidentsApi#updateSecurityIncident}.
     *
     * @param incidentId id of the incident
     * @param request what changes
     * @return the incident as it is now; cancel stops waiting, not a change under way
     */
    public Mono<SecurityIncident> updateIncident(String incidentId, UpdateSecurityIncidentRequest request) {
        return incidents.updateSecurityIncident(incidentId, request);
    }

    /**
     * Runs a hunting query. Permission, quota and errors: {@link HuntingApi#runHuntingQuery}.
     *
     * @param request query and, if it is not 30 days back, the time to look at
     * @return all rows, at most 100,000 and 50 MB, in one piece. A member of a row whose name ends in {@code @odata.type} is
     *     an annotation of the column before the sign and no column, and a boolean column holds 1 or 0;
     *     {@link io.github.defenderreactive.runtime.error.BadRequestException} when the query is wrong or finds more; cancel
     *     stops waiting
     */
    public Mono<HuntingQueryResults> runHuntingQuery(RunHuntingQueryRequest request) {
        return hunting.runHuntingQuery(request);
    }
}
