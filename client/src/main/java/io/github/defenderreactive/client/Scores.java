package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.ScoresApi;
import io.github.defenderreactive.client.model.Score;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Scores of the organisation. Opened by {@link DefenderClient#scores()}.
 *
 * @since 0.1.0
 */
public final class Scores {

    private final ScoresApi api;

    Scores(ScoresApi api) {
        this.api = api;
    }

    /**
     * How exposed the organisation is, the less the better. Permission, quota and
     * errors: {@link ScoresApi#getExposureScore}.
     *
     * @return the exposure score; cancel stops the call
     */
    public Mono<Score> exposure() {
        return api.getExposureScore();
    }

    /**
     * How exposed every device group is. Permission, quota and
     * errors: {@link ScoresApi#listExposureScoresByMachineGroup}.
     *
     * @return one exposure score for each device group, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Score> exposureByMachineGroup() {
        return api.listExposureScoresByMachineGroup();
    }

    /**
     * How well devices are configured, the more the better. Permission, quota and
     * errors: {@link ScoresApi#getDeviceSecureScore}.
     *
     * @return the secure score for devices; cancel stops the call
     */
    public Mono<Score> deviceSecure() {
        return api.getDeviceSecureScore();
    }
}
