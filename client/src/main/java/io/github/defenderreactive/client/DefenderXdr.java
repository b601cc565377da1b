package io.github.defenderreactive.client;

import io.github.defenderreactive.client.xdr.api.IncidentsApi;
import io.github.defenderreactive.client.xdr.api.XdrHuntingApi;
import io.github.defenderreactive.client.xdr.model.AdvancedHuntingResult;
import io.github.defenderreactive.client.xdr.model.Incident;
import io.github.defenderreactive.client.xdr.model.RunAdvancedHuntingRequest;
import io.github.defenderreactive.client.xdr.model.UpdateIncidentRequest;
import io.github.defenderreactive.client.xdr.query.ListIncidentsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * The API of Microsoft Defender XDR: incidents with their alerts and entities. Opened by
 * {@link DefenderClient#defenderXdr()}.
 *
 * <p>Its host is that of Defender for Endpoint, its permissions and the audience of its tokens are not.
 *
 * @since 0.1.0
 */
public final class DefenderXdr {

    private final IncidentsApi incidents;
    private final XdrHuntingApi hunting;

    DefenderXdr(IncidentsApi incidents, XdrHuntingApi hunting) {
        this.incidents = incidents;
        this.hunting = hunting;
    }

    /**
     * Every incident of the tenant; {@link #incidents(ListIncidentsQuery)} without a filter.
     *
     * @return the incidents
     */
    public PagedFlux<Incident> incidents() {
        return incidents(ListIncidentsQuery.all());
    }

    /**
     * Every incident that matches, the newest first, with its alerts. Permission, quota and errors:
     * {@link IncidentsApi#listIncidents}.
     *
     * @param query filter; with {@code top} no more incidents than that, with {@code skip} without the first so many
     * @return the incidents, 100 in a page, counted by offset; completes behind an empty page; cancel stops reading
     */
    public PagedFlux<Incident> incidents(ListIncidentsQuery query) {
        return incidents.listIncidents(query);
    }

    /**
     * One incident with its alerts. Permission, quota and errors: {@link IncidentsApi#getIncident}.
     *
     * @param incidentId number of the incident
     * @return the incident; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel
     *     stops the call
     */
    public Mono<Incident> incident(long incidentId) {
        return incidents.getIncident(incidentId);
    }

    /**
     * Changes an incident or adds a comment to it. Permission, quota and errors: {@link IncidentsApi#updateIncident}.
     *
     * @param incidentId number of the incident
     * @param request what changes
     * @return the incident as it is now; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the
     *     answer was lost; cancel stops waiting, not a change under way
     */
    public Mono<Incident> updateIncident(long incidentId, UpdateIncidentRequest request) {
        return incidents.updateIncident(incidentId, request);
    }

    /**
     * Runs a hunting query. Permission, quota and errors: {@link XdrHuntingApi#runAdvancedHunting}.
     *
     * @param request the query
     * @return all rows, at most 100,000, in one piece;
     *     {@link io.github.defenderreactive.runtime.error.BadRequestException} when the query is wrong; cancel stops waiting
     * @deprecated returns no data after 1 February 2027; use
     *     {@link GraphSecurity#runHuntingQuery(io.github.defenderreactive.client.graph.model.RunHuntingQueryRequest)}
     */
    @Deprecated(since = "0.1.0")
    public Mono<AdvancedHuntingResult> runAdvancedHunting(RunAdvancedHuntingRequest request) {
        return hunting.runAdvancedHunting(request);
    }
}
