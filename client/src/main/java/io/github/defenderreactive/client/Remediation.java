package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.RemediationApi;
import io.github.defenderreactive.client.model.MachineReference;
import io.github.defenderreactive.client.model.RemediationTask;
import io.github.defenderreactive.client.query.ListRemediationActivitiesQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Remediation activities: what somebody asked to be done about recommendations. Opened by {@link DefenderClient#remediation()}.
 *
 * @since 0.1.0
 */
public final class Remediation {

    private final RemediationApi api;

    Remediation(RemediationApi api) {
        this.api = api;
    }

    /**
     * Every activity; {@link #list(ListRemediationActivitiesQuery)} without a filter.
     *
     * @return the activities
     */
    public PagedFlux<RemediationTask> list() {
        return list(ListRemediationActivitiesQuery.all());
    }

    /**
     * Every activity that matches. Permission, quota and
     * errors: {@link RemediationApi#listRemediationActivities}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the activities, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<RemediationTask> list(ListRemediationActivitiesQuery query) {
        return api.listRemediationActivities(query);
    }

    /**
     * One activity. Permission, quota and
     * errors: {@link RemediationApi#getRemediationActivity}.
     *
     * @param id id of the activity, a GUID
     * @return the activity; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<RemediationTask> get(String id) {
        return api.getRemediationActivity(id);
    }

    /**
     * Devices that an activity has yet to fix. Permission, quota and
     * errors: {@link RemediationApi#listRemediationActivityMachines}.
     *
     * @param id id of the activity, a GUID
     * @return the devices in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<MachineReference> machines(String id) {
        return api.listRemediationActivityMachines(id);
    }
}
