package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.BaselinesApi;
import io.github.defenderreactive.client.model.BaselineConfiguration;
import io.github.defenderreactive.client.model.BaselineProfile;
import io.github.defenderreactive.client.query.ListBaselineConfigurationsQuery;
import io.github.defenderreactive.client.query.ListBaselineProfilesQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;

/**
 * Security baselines: profiles, and the configurations they assess. Opened by {@link DefenderClient#baselines()};
 * {@link Exports#securityBaselines()} tells how the devices comply.
 *
 * @since 0.1.0
 */
public final class Baselines {

    private final BaselinesApi api;

    Baselines(BaselinesApi api) {
        this.api = api;
    }

    /**
     * Every baseline profile; {@link #profiles(ListBaselineProfilesQuery)} without a filter.
     *
     * @return the profiles
     */
    public PagedFlux<BaselineProfile> profiles() {
        return profiles(ListBaselineProfilesQuery.all());
    }

    /**
     * Every baseline profile that matches. Permission, quota and
     * errors: {@link BaselinesApi#listBaselineProfiles}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the profiles, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<BaselineProfile> profiles(ListBaselineProfilesQuery query) {
        return api.listBaselineProfiles(query);
    }

    /**
     * Every configuration that an active profile assesses;
     * {@link #configurations(ListBaselineConfigurationsQuery)} without a filter.
     *
     * @return the configurations
     */
    public PagedFlux<BaselineConfiguration> configurations() {
        return configurations(ListBaselineConfigurationsQuery.all());
    }

    /**
     * Every configuration that an active profile assesses and that matches. Permission, quota and
     * errors: {@link BaselinesApi#listBaselineConfigurations}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the configurations, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<BaselineConfiguration> configurations(ListBaselineConfigurationsQuery query) {
        return api.listBaselineConfigurations(query);
    }
}
