package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.RecommendationsApi;
import io.github.defenderreactive.client.model.MachineReference;
import io.github.defenderreactive.client.model.Recommendation;
import io.github.defenderreactive.client.model.Software;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.client.query.ListRecommendationsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Security recommendations: what ought to be done about products and settings. Opened by {@link DefenderClient#recommendations()}.
 *
 * @since 0.1.0
 */
public final class Recommendations {

    private final RecommendationsApi api;

    Recommendations(RecommendationsApi api) {
        this.api = api;
    }

    /**
     * Every recommendation; {@link #list(ListRecommendationsQuery)} without a filter.
     *
     * @return the recommendations
     */
    public PagedFlux<Recommendation> list() {
        return list(ListRecommendationsQuery.all());
    }

    /**
     * Every recommendation that matches. Permission, quota and
     * errors: {@link RecommendationsApi#listRecommendations}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the recommendations, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Recommendation> list(ListRecommendationsQuery query) {
        return api.listRecommendations(query);
    }

    /**
     * One recommendation. Permission, quota and
     * errors: {@link RecommendationsApi#getRecommendation}.
     *
     * @param id key of the recommendation
     * @return the recommendation; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Recommendation> get(String id) {
        return api.getRecommendation(id);
    }

    /**
     * The product that a recommendation is about. An application needs the permission for software. Permission, quota and
     * errors: {@link RecommendationsApi#getRecommendationSoftware}.
     *
     * @param id key of the recommendation
     * @return the product; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Software> software(String id) {
        return api.getRecommendationSoftware(id);
    }

    /**
     * Devices that a recommendation concerns. Permission, quota and
     * errors: {@link RecommendationsApi#listRecommendationMachines}.
     *
     * @param id key of the recommendation
     * @return the devices in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<MachineReference> machines(String id) {
        return api.listRecommendationMachines(id);
    }

    /**
     * Vulnerabilities that a recommendation closes. Needs the permission for vulnerabilities. Permission, quota and
     * errors: {@link RecommendationsApi#listRecommendationVulnerabilities}.
     *
     * @param id key of the recommendation
     * @return the vulnerabilities in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<Vulnerability> vulnerabilities(String id) {
        return api.listRecommendationVulnerabilities(id);
    }
}
