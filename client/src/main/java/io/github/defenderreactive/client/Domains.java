package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.DomainsApi;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.InOrgDomainStats;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.query.GetDomainStatisticsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Domains that devices contacted. Opened by {@link DefenderClient#domains()}.
 *
 * @since 0.1.0
 */
public final class Domains {

    private final DomainsApi api;

    Domains(DomainsApi api) {
        this.api = api;
    }

    /**
     * How often and when a domain was contacted in the last 30 days;
     * {@link #statistics(String, GetDomainStatisticsQuery)} without another window.
     *
     * @param domain the domain
     * @return the statistics
     */
    public Mono<InOrgDomainStats> statistics(String domain) {
        return statistics(domain, GetDomainStatisticsQuery.all());
    }

    /**
     * How often and when a domain was contacted. Permission, quota and
     * errors: {@link DomainsApi#getDomainStatistics}.
     *
     * @param domain the domain
     * @param query how many hours to look back
     * @return the statistics, with a prevalence of 0 when nobody contacted it; cancel stops the call
     */
    public Mono<InOrgDomainStats> statistics(String domain, GetDomainStatisticsQuery query) {
        return api.getDomainStatistics(domain, query);
    }

    /**
     * Alerts about a domain. Permission, quota and
     * errors: {@link DomainsApi#listDomainAlerts}.
     *
     * @param domain the domain
     * @return the alerts, none for an unknown domain, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Alert> alerts(String domain) {
        return api.listDomainAlerts(domain);
    }

    /**
     * Devices that contacted a domain, at most 500 of them. Permission, quota and
     * errors: {@link DomainsApi#listDomainMachines}.
     *
     * @param domain the domain
     * @return the devices, none for an unknown domain, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> machines(String domain) {
        return api.listDomainMachines(domain);
    }
}
