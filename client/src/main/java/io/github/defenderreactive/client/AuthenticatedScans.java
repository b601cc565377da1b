package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.AuthenticatedScansApi;
import io.github.defenderreactive.client.model.BatchDeleteScanDefinitionsRequest;
import io.github.defenderreactive.client.model.CreateScanDefinitionRequest;
import io.github.defenderreactive.client.model.ListScanHistoryByDefinitionRequest;
import io.github.defenderreactive.client.model.ListScanHistoryBySessionRequest;
import io.github.defenderreactive.client.model.ScanDefinition;
import io.github.defenderreactive.client.model.ScanHistoryByDefinition;
import io.github.defenderreactive.client.model.ScanHistoryBySession;
import io.github.defenderreactive.client.model.ScannerAgent;
import io.github.defenderreactive.client.model.UpdateScanDefinitionRequest;
import io.github.defenderreactive.client.query.ListScanHistoryByDefinitionQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Scans of network devices that log on to their targets. Opened by {@link DefenderClient#authenticatedScans()}.
 *
 * @since 0.1.0
 */
public final class AuthenticatedScans {

    private final AuthenticatedScansApi api;

    AuthenticatedScans(AuthenticatedScansApi api) {
        this.api = api;
    }

    /**
     * Every scan definition. Permission, quota and errors: {@link AuthenticatedScansApi#listScanDefinitions}.
     *
     * @return the definitions, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<ScanDefinition> definitions() {
        return api.listScanDefinitions();
    }

    /**
     * Creates a scan definition. Permission, quota and errors: {@link AuthenticatedScansApi#createScanDefinition}.
     *
     * @param request the definition
     * @return the definition without its credentials;
     *     {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost, because a
     *     repeat could create a second one; cancel stops waiting, not what the service already does
     */
    public Mono<ScanDefinition> create(CreateScanDefinitionRequest request) {
        return api.createScanDefinition(request);
    }

    /**
     * Changes a scan definition; a lost answer is repeated. Permission, quota and errors:
     * {@link AuthenticatedScansApi#updateScanDefinition}.
     *
     * @param definitionId id of the definition
     * @param request what to change
     * @return the definition as it is now, without its credentials;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<ScanDefinition> update(String definitionId, UpdateScanDefinitionRequest request) {
        return api.updateScanDefinition(definitionId, request);
    }

    /**
     * Deletes scan definitions. Permission, quota and errors: {@link AuthenticatedScansApi#batchDeleteScanDefinitions}.
     *
     * @param request their ids
     * @return completes when they are gone; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when
     *     the answer was lost; cancel stops waiting, not what the service already does
     */
    public Mono<Void> batchDelete(BatchDeleteScanDefinitionsRequest request) {
        return api.batchDeleteScanDefinitions(request);
    }

    /**
     * Every device that can run scans. Permission, quota and errors: {@link AuthenticatedScansApi#listScanAgents}.
     *
     * @return the agents, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<ScannerAgent> agents() {
        return api.listScanAgents();
    }

    /**
     * A device that can run scans. Permission, quota and errors: {@link AuthenticatedScansApi#getScanAgent}.
     *
     * @param id id of the agent or of its device
     * @return the agent; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel
     *     stops the call
     */
    public Mono<ScannerAgent> agent(String id) {
        return api.getScanAgent(id);
    }

    /**
     * Every run of some definitions; {@link #history(ListScanHistoryByDefinitionQuery, ListScanHistoryByDefinitionRequest)}
     * without a cut.
     *
     * @param request ids of the definitions
     * @return the runs
     */
    public PagedFlux<ScanHistoryByDefinition> history(ListScanHistoryByDefinitionRequest request) {
        return history(ListScanHistoryByDefinitionQuery.all(), request);
    }

    /**
     * The runs of some definitions, the latest first. Permission, quota and errors:
     * {@link AuthenticatedScansApi#listScanHistoryByDefinition}.
     *
     * @param query with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @param request ids of the definitions
     * @return the runs, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<ScanHistoryByDefinition> history(
            ListScanHistoryByDefinitionQuery query, ListScanHistoryByDefinitionRequest request) {
        return api.listScanHistoryByDefinition(query, request);
    }

    /**
     * What some sessions of scans found, target by target. Permission, quota and errors:
     * {@link AuthenticatedScansApi#listScanHistoryBySession}.
     *
     * @param request ids of the sessions, which the API itself does not tell
     * @return the sessions, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<ScanHistoryBySession> sessions(ListScanHistoryBySessionRequest request) {
        return api.listScanHistoryBySession(request);
    }
}
