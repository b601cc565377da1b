package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.InvestigationsApi;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.query.ListInvestigationsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Automated investigations. Opened by {@link DefenderClient#investigations()}; {@link MachineActions} starts them.
 *
 * @since 0.1.0
 */
public final class Investigations {

    private final InvestigationsApi api;

    Investigations(InvestigationsApi api) {
        this.api = api;
    }

    /**
     * Every investigation; {@link #list(ListInvestigationsQuery)} without a filter.
     *
     * @return the investigations
     */
    public PagedFlux<Investigation> list() {
        return list(ListInvestigationsQuery.all());
    }

    /**
     * Every investigation that matches. Permission, quota and
     * errors: {@link InvestigationsApi#listInvestigations}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the investigations, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Investigation> list(ListInvestigationsQuery query) {
        return api.listInvestigations(query);
    }

    /**
     * One investigation. Permission, quota and
     * errors: {@link InvestigationsApi#getInvestigation}.
     *
     * @param id id of the investigation, or of the alert that triggered it
     * @return the investigation; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Investigation> get(String id) {
        return api.getInvestigation(id);
    }
}
