package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.IpsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.InOrgIpStats;
import io.github.defenderreactive.client.query.GetIpStatisticsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Addresses that devices contacted. Opened by {@link DefenderClient#ips()}; for the devices that use an address see
 * {@link Machines#findByIp}.
 *
 * @since 0.1.0
 */
public final class Ips {

    private final IpsApi api;

    Ips(IpsApi api) {
        this.api = api;
    }

    /**
     * How often and when an address was contacted in the last 30 days; {@link #statistics(String, GetIpStatisticsQuery)}
     * without another window.
     *
     * @param address the address, IPv4 or IPv6
     * @return the statistics
     */
    public Mono<InOrgIpStats> statistics(String address) {
        return statistics(address, GetIpStatisticsQuery.all());
    }

    /**
     * How often and when an address was contacted. Permission, quota and
     * errors: {@link IpsApi#getIpStatistics}.
     *
     * @param address the address, IPv4 or IPv6
     * @param query how many hours to look back
     * @return the statistics, with a prevalence of 0 when nobody contacted it; cancel stops the call
     */
    public Mono<InOrgIpStats> statistics(String address, GetIpStatisticsQuery query) {
        return api.getIpStatistics(address, query);
    }

    /**
     * Alerts about an address. Permission, quota and
     * errors: {@link IpsApi#listIpAlerts}.
     *
     * @param address the address, IPv4 or IPv6
     * @return the alerts, none for an unknown address, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Alert> alerts(String address) {
        return api.listIpAlerts(address);
    }
}
