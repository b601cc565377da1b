package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.UsersApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.runtime.paging.PagedFlux;

/**
 * Alerts and devices of accounts. Opened by {@link DefenderClient#users()}.
 *
 * @since 0.1.0
 */
public final class Users {

    private final UsersApi api;

    Users(UsersApi api) {
        this.api = api;
    }

    /**
     * Alerts about an account. Permission, quota and
     * errors: {@link UsersApi#listUserAlerts}.
     *
     * @param accountName its name without the domain
     * @return the alerts, none for an unknown account, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Alert> alerts(String accountName) {
        return api.listUserAlerts(accountName);
    }

    /**
     * Devices that an account logged on to. Permission, quota and
     * errors: {@link UsersApi#listUserMachines}.
     *
     * @param accountName its name without the domain
     * @return the devices, none for an unknown account, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> machines(String accountName) {
        return api.listUserMachines(accountName);
    }
}
