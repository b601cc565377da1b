package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.SoftwareApi;
import io.github.defenderreactive.client.model.MachineReference;
import io.github.defenderreactive.client.model.ProductFix;
import io.github.defenderreactive.client.model.Software;
import io.github.defenderreactive.client.model.SoftwareVersionDistribution;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.client.query.ListSoftwareQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * The products that devices have, their versions, and the updates they miss. Opened by {@link DefenderClient#software()}.
 *
 * @since 0.1.0
 */
public final class SoftwareInventory {

    private final SoftwareApi api;

    SoftwareInventory(SoftwareApi api) {
        this.api = api;
    }

    /**
     * Every product; {@link #list(ListSoftwareQuery)} without a filter.
     *
     * @return the products
     */
    public PagedFlux<Software> list() {
        return list(ListSoftwareQuery.all());
    }

    /**
     * Every product that matches. Permission, quota and
     * errors: {@link SoftwareApi#listSoftware}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the products, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Software> list(ListSoftwareQuery query) {
        return api.listSoftware(query);
    }

    /**
     * One product. Permission, quota and
     * errors: {@link SoftwareApi#getSoftware}.
     *
     * @param id key of the product, vendor and product joined by {@code -_-}
     * @return the product; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Software> get(String id) {
        return api.getSoftware(id);
    }

    /**
     * How often each version of a product is installed. Permission, quota and
     * errors: {@link SoftwareApi#listSoftwareVersionDistribution}.
     *
     * @param id key of the product, vendor and product joined by {@code -_-}
     * @return the versions, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<SoftwareVersionDistribution> versions(String id) {
        return api.listSoftwareVersionDistribution(id);
    }

    /**
     * Devices on which a product is installed. Permission, quota and
     * errors: {@link SoftwareApi#listSoftwareMachines}.
     *
     * @param id key of the product, vendor and product joined by {@code -_-}
     * @return the devices in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<MachineReference> machines(String id) {
        return api.listSoftwareMachines(id);
    }

    /**
     * Vulnerabilities found in a product. Needs the permission for vulnerabilities. Permission, quota and
     * errors: {@link SoftwareApi#listSoftwareVulnerabilities}.
     *
     * @param id key of the product, vendor and product joined by {@code -_-}
     * @return the vulnerabilities in short, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<Vulnerability> vulnerabilities(String id) {
        return api.listSoftwareVulnerabilities(id);
    }

    /**
     * Security updates of a product that devices miss. Permission, quota and
     * errors: {@link SoftwareApi#listSoftwareMissingKbs}.
     *
     * @param id key of the product, vendor and product joined by {@code -_-}
     * @return the updates, page after page; completes after the last; cancel stops reading;
     *     {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none
     */
    public PagedFlux<ProductFix> missingKbs(String id) {
        return api.listSoftwareMissingKbs(id);
    }
}
