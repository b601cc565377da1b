package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachinesApi;
import io.github.defenderreactive.client.model.AddOrRemoveMachineTagRequest;
import io.github.defenderreactive.client.model.AddOrRemoveTagForMultipleMachinesRequest;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.ProductFix;
import io.github.defenderreactive.client.model.Recommendation;
import io.github.defenderreactive.client.model.SetDeviceValueRequest;
import io.github.defenderreactive.client.model.Software;
import io.github.defenderreactive.client.model.UpdateMachineRequest;
import io.github.defenderreactive.client.model.User;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.client.query.CountMachineAlertsQuery;
import io.github.defenderreactive.client.query.FindMachinesByTagQuery;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Devices and what is known of them. Opened by {@link DefenderClient#machines()}.
 *
 * @since 0.1.0
 */
public final class Machines {

    private final MachinesApi api;

    Machines(MachinesApi api) {
        this.api = api;
    }

    /**
     * Every device; {@link #list(ListMachinesQuery)} without a filter.
     *
     * @return the devices
     */
    public PagedFlux<Machine> list() {
        return list(ListMachinesQuery.all());
    }

    /**
     * Every device that matches. Permission, quota and errors: {@link MachinesApi#listMachines}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the devices; none when the service knows no recent one, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> list(ListMachinesQuery query) {
        return api.listMachines(query);
    }

    /**
     * One device. Permission, quota and errors: {@link MachinesApi#getMachine}.
     *
     * @param machineId id of the device, or its computer name
     * @return the device; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Machine> get(String machineId) {
        return api.getMachine(machineId);
    }

    /**
     * Changes tags and device value. Permission, quota and errors: {@link MachinesApi#updateMachine}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param change tags and device value; give the full list of tags
     * @return the device as it is now; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Machine> update(String machineId, UpdateMachineRequest change) {
        return api.updateMachine(machineId, change);
    }

    /**
     * Devices seen with an internal address within 15 minutes around a time. Permission, quota and errors: {@link MachinesApi#findMachinesByIp}.
     *
     * @param ip internal address
     * @param time a time within the last 30 days
     * @return the devices, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> findByIp(String ip, Instant time) {
        return api.findMachinesByIp(ip, time);
    }

    /**
     * The older form of {@link #findByIp}. Permission, quota and errors: {@link MachinesApi#findMachineInfoByIp}.
     *
     * @param time a time within the last 30 days
     * @param ip internal address
     * @return the devices, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> findInfoByIp(Instant time, String ip) {
        return api.findMachineInfoByIp(time, ip);
    }

    /**
     * Devices with a tag. Permission, quota and errors: {@link MachinesApi#findMachinesByTag}.
     *
     * @param query the tag, exact or as a prefix
     * @return the devices, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> findByTag(FindMachinesByTagQuery query) {
        return api.findMachinesByTag(query);
    }

    /**
     * Accounts that logged on to a device. Permission, quota and errors: {@link MachinesApi#listMachineLogonUsers}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the accounts, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<User> logonUsers(String machineId) {
        return api.listMachineLogonUsers(machineId);
    }

    /**
     * Alerts of a device. Permission, quota and errors: {@link MachinesApi#listMachineAlerts}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the alerts, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Alert> alerts(String machineId) {
        return api.listMachineAlerts(machineId);
    }

    /**
     * The number of alerts of a device. Permission, quota and errors: {@link MachinesApi#countMachineAlerts}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param query which alerts to count
     * @return the number; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Long> countAlerts(String machineId, CountMachineAlertsQuery query) {
        return api.countMachineAlerts(machineId, query);
    }

    /**
     * Adds a tag to a device or removes it. Permission, quota and errors: {@link MachinesApi#addOrRemoveMachineTag}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request the tag, and whether to add or remove it
     * @return the device as it is now; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Machine> changeTag(String machineId, AddOrRemoveMachineTagRequest request) {
        return api.addOrRemoveMachineTag(machineId, request);
    }

    /**
     * Adds a tag to many devices or removes it. Permission, quota and errors: {@link MachinesApi#addOrRemoveTagForMultipleMachines}.
     *
     * @param request the tag and at most 500 devices
     * @return the devices as they are now, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Machine> changeTags(AddOrRemoveTagForMultipleMachinesRequest request) {
        return api.addOrRemoveTagForMultipleMachines(request);
    }

    /**
     * Sets what a device is worth to the business. Permission, quota and errors: {@link MachinesApi#setDeviceValue}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request the value
     * @return the device as it is now; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Machine> setDeviceValue(String machineId, SetDeviceValueRequest request) {
        return api.setDeviceValue(machineId, request);
    }

    /**
     * Software installed on a device. Permission, quota and errors: {@link MachinesApi#listMachineSoftware}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the products, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Software> software(String machineId) {
        return api.listMachineSoftware(machineId);
    }

    /**
     * Vulnerabilities found on a device. Permission, quota and errors: {@link MachinesApi#listMachineVulnerabilities}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the vulnerabilities, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Vulnerability> vulnerabilities(String machineId) {
        return api.listMachineVulnerabilities(machineId);
    }

    /**
     * Security recommendations for a device. Permission, quota and errors: {@link MachinesApi#listMachineRecommendations}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the recommendations, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<Recommendation> recommendations(String machineId) {
        return api.listMachineRecommendations(machineId);
    }

    /**
     * Security updates a device lacks. Permission, quota and errors: {@link MachinesApi#listMachineMissingKbs}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @return the updates, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<ProductFix> missingKbs(String machineId) {
        return api.listMachineMissingKbs(machineId);
    }
}
