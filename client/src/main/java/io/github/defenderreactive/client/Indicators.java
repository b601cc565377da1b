package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.IndicatorsApi;
import io.github.defenderreactive.client.model.BatchDeleteIndicatorsRequest;
import io.github.defenderreactive.client.model.ImportIndicatorsRequest;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.IndicatorImportResult;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.client.query.ListIndicatorsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Indicators of compromise. Opened by {@link DefenderClient#indicators()}.
 *
 * @since 0.1.0
 */
public final class Indicators {

    private final IndicatorsApi api;

    Indicators(IndicatorsApi api) {
        this.api = api;
    }

    /**
     * Every active indicator; {@link #list(ListIndicatorsQuery)} without a filter.
     *
     * @return the indicators
     */
    public PagedFlux<Indicator> list() {
        return list(ListIndicatorsQuery.all());
    }

    /**
     * Every active indicator that matches. Permission, quota and
     * errors: {@link IndicatorsApi#listIndicators}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the indicators, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Indicator> list(ListIndicatorsQuery query) {
        return api.listIndicators(query);
    }

    /**
     * Creates an indicator, or changes the one there is for the value and type; a lost answer is repeated. Permission, quota and
     * errors: {@link IndicatorsApi#submitIndicator}.
     *
     * @param request the indicator; the application's name counts on creation only
     * @return the indicator as it is now; cancel stops the call
     */
    public Mono<Indicator> submit(SubmitIndicatorRequest request) {
        return api.submitIndicator(request);
    }

    /**
     * Creates or changes up to 500 indicators, each on its own: one that is refused does not fail the call, so look at
     * {@code isFailed} of every result. Permission, quota and
     * errors: {@link IndicatorsApi#importIndicators}.
     *
     * @param request the indicators
     * @return one result for each, in their order; completes after the last; cancel stops reading
     */
    public PagedFlux<IndicatorImportResult> importAll(ImportIndicatorsRequest request) {
        return api.importIndicators(request);
    }

    /**
     * Deletes an indicator. Permission, quota and
     * errors: {@link IndicatorsApi#deleteIndicator}.
     *
     * @param indicatorId id of the indicator
     * @return completes when it is gone; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Void> delete(String indicatorId) {
        return api.deleteIndicator(indicatorId);
    }

    /**
     * Deletes up to 500 indicators. Permission, quota and
     * errors: {@link IndicatorsApi#batchDeleteIndicators}.
     *
     * @param request their ids
     * @return completes when they are gone; {@link io.github.defenderreactive.runtime.error.NotFoundException} when one of
     * them does not exist, {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was
     * lost; cancel stops the call
     */
    public Mono<Void> batchDelete(BatchDeleteIndicatorsRequest request) {
        return api.batchDeleteIndicators(request);
    }
}
