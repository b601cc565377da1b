package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.DeviceHealthApi;
import io.github.defenderreactive.client.model.DeviceAvInfo;
import io.github.defenderreactive.client.query.ListDeviceAvInfoQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;

/**
 * Health of the antivirus on devices. Opened by {@link DefenderClient#deviceHealth()}.
 *
 * @since 0.1.0
 */
public final class DeviceHealth {

    private final DeviceHealthApi api;

    DeviceHealth(DeviceHealthApi api) {
        this.api = api;
    }

    /**
     * Antivirus health of every device; {@link #antivirus(ListDeviceAvInfoQuery)} without a filter.
     *
     * @return the devices
     */
    public PagedFlux<DeviceAvInfo> antivirus() {
        return antivirus(ListDeviceAvInfoQuery.all());
    }

    /**
     * Antivirus health of every device that matches. The service puts 20 devices in a page, a call for each:
     * {@link PagedFlux#pageSize} asks for up to 10,000 at once. Permission, quota and
     * errors: {@link DeviceHealthApi#listDeviceAvInfo}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the devices, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<DeviceAvInfo> antivirus(ListDeviceAvInfoQuery query) {
        return api.listDeviceAvInfo(query);
    }
}
