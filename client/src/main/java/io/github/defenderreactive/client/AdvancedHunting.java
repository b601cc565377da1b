package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.AdvancedHuntingApi;
import io.github.defenderreactive.client.model.AdvancedQueryResult;
import io.github.defenderreactive.client.model.RunAdvancedQueryRequest;
import reactor.core.publisher.Mono;

/**
 * Hunting queries over the raw data of the last 30 days. Opened by {@link DefenderClient#advancedHunting()}.
 *
 * @since 0.1.0
 */
public final class AdvancedHunting {

    private final AdvancedHuntingApi api;

    AdvancedHunting(AdvancedHuntingApi api) {
        this.api = api;
    }

    /**
     * Runs a query; a lost answer is repeated. Permission, quota and errors: {@link AdvancedHuntingApi#runAdvancedQuery}.
     *
     * @param request the query in the Kusto query language
     * @return columns and up to 100,000 rows in one value, which is held in memory whole: up to 50 MB of JSON;
     *     {@link io.github.defenderreactive.runtime.error.BadRequestException} when the query is wrong or its result too
     *     large; cancel stops the call
     * @deprecated the service retires this call and returns no data after 1 February 2027; runHuntingQuery of the
     *     Microsoft Graph security API takes its place
     */
    @Deprecated
    public Mono<AdvancedQueryResult> run(RunAdvancedQueryRequest request) {
        return api.runAdvancedQuery(request);
    }
}
