package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.VulnerabilitiesApi;
import io.github.defenderreactive.client.model.MachineReference;
import io.github.defenderreactive.client.model.MachineVulnerability;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.client.query.ListMachinesVulnerabilitiesQuery;
import io.github.defenderreactive.client.query.ListVulnerabilitiesQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Vulnerabilities that concern the organisation. Opened by {@link DefenderClient#vulnerabilities()}.
 *
 * @since 0.1.0
 */
public final class Vulnerabilities {

    private final VulnerabilitiesApi api;

    Vulnerabilities(VulnerabilitiesApi api) {
        this.api = api;
    }

    /**
     * Every vulnerability; {@link #list(ListVulnerabilitiesQuery)} without a filter.
     *
     * @return the vulnerabilities
     */
    public PagedFlux<Vulnerability> list() {
        return list(ListVulnerabilitiesQuery.all());
    }

    /**
     * Every vulnerability that matches. Permission, quota and
     * errors: {@link VulnerabilitiesApi#listVulnerabilities}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the vulnerabilities, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Vulnerability> list(ListVulnerabilitiesQuery query) {
        return api.listVulnerabilities(query);
    }

    /**
     * One vulnerability. Permission, quota and
     * errors: {@link VulnerabilitiesApi#getVulnerability}.
     *
     * @param cveId CVE id
     * @return the vulnerability; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Vulnerability> get(String cveId) {
        return api.getVulnerability(cveId);
    }

    /**
     * Devices that a vulnerability exposes. Permission, quota and
     * errors: {@link VulnerabilitiesApi#listVulnerabilityMachines}.
     *
     * @param cveId CVE id
     * @return the devices in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<MachineReference> machines(String cveId) {
        return api.listVulnerabilityMachines(cveId);
    }

    /**
     * Every vulnerability of every device; {@link #onMachines(ListMachinesVulnerabilitiesQuery)} without a filter.
     *
     * @return one row for each device, version of a product and vulnerability
     */
    public PagedFlux<MachineVulnerability> onMachines() {
        return onMachines(ListMachinesVulnerabilitiesQuery.all());
    }

    /**
     * Every vulnerability of every device that matches. There may be millions. Permission, quota and
     * errors: {@link VulnerabilitiesApi#listMachinesVulnerabilities}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return one row for each device, version of a product and vulnerability, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<MachineVulnerability> onMachines(ListMachinesVulnerabilitiesQuery query) {
        return api.listMachinesVulnerabilities(query);
    }
}
