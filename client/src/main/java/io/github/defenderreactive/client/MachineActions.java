package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.CancelMachineActionRequest;
import io.github.defenderreactive.client.model.CollectInvestigationPackageRequest;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.OffboardMachineRequest;
import io.github.defenderreactive.client.model.RestrictCodeExecutionRequest;
import io.github.defenderreactive.client.model.RunAntiVirusScanRequest;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.client.model.StartInvestigationRequest;
import io.github.defenderreactive.client.model.StopAndQuarantineFileRequest;
import io.github.defenderreactive.client.model.StringValue;
import io.github.defenderreactive.client.model.UnisolateMachineRequest;
import io.github.defenderreactive.client.model.UnrestrictCodeExecutionRequest;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import reactor.core.publisher.Mono;

/**
 * Response actions on devices. Opened by {@link DefenderClient#machineActions()}.
 *
 * @since 0.1.0
 */
public final class MachineActions {

    private final MachineActionsApi api;

    MachineActions(MachineActionsApi api) {
        this.api = api;
    }

    /**
     * Every action; {@link #list(ListMachineActionsQuery)} without a filter.
     *
     * @return the actions, newest first as the service orders them
     */
    public PagedFlux<MachineAction> list() {
        return list(ListMachineActionsQuery.all());
    }

    /**
     * Every action that matches. Permission, quota and errors: {@link MachineActionsApi#listMachineActions}.
     *
     * @param query filter; with {@code $top} or {@code $skip} the answer is that one cut and no more
     * @return the actions, page after page; completes after the last; cancel stops reading
     */
    public PagedFlux<MachineAction> list(ListMachineActionsQuery query) {
        return api.listMachineActions(query);
    }

    /**
     * One action as it stands. Permission, quota and errors: {@link MachineActionsApi#getMachineAction}.
     *
     * @param actionId id of the action, a GUID
     * @return the action; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<MachineAction> get(String actionId) {
        return api.getMachineAction(actionId);
    }

    /**
     * Cancels an action that is not final yet. Permission, quota and errors: {@link MachineActionsApi#cancelMachineAction}.
     *
     * @param actionId id of the action, a GUID
     * @param request a comment
     * @return the action; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<MachineAction> cancel(String actionId, CancelMachineActionRequest request) {
        return api.cancelMachineAction(actionId, request);
    }

    /**
     * Isolates a device from the network. Permission, quota and errors: {@link MachineActionsApi#isolateMachine}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> isolate(String machineId, IsolateMachineRequest request) {
        return api.isolateMachine(machineId, request);
    }

    /**
     * Releases a device from isolation. Permission, quota and errors: {@link MachineActionsApi#unisolateMachine}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> unisolate(String machineId, UnisolateMachineRequest request) {
        return api.unisolateMachine(machineId, request);
    }

    /**
     * Lets only a predefined set of applications run. Permission, quota and errors: {@link MachineActionsApi#restrictCodeExecution}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> restrictCodeExecution(String machineId, RestrictCodeExecutionRequest request) {
        return api.restrictCodeExecution(machineId, request);
    }

    /**
     * Lifts the restriction of applications. Permission, quota and errors: {@link MachineActionsApi#unrestrictCodeExecution}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> unrestrictCodeExecution(String machineId, UnrestrictCodeExecutionRequest request) {
        return api.unrestrictCodeExecution(machineId, request);
    }

    /**
     * Starts an antivirus scan. Permission, quota and errors: {@link MachineActionsApi#runAntiVirusScan}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> runAntiVirusScan(String machineId, RunAntiVirusScanRequest request) {
        return api.runAntiVirusScan(machineId, request);
    }

    /**
     * Offboards a device from the service. Permission, quota and errors: {@link MachineActionsApi#offboardMachine}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> offboard(String machineId, OffboardMachineRequest request) {
        return api.offboardMachine(machineId, request);
    }

    /**
     * Stops a file that runs on a device and quarantines it. Permission, quota and errors: {@link MachineActionsApi#stopAndQuarantineFile}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> stopAndQuarantineFile(String machineId, StopAndQuarantineFileRequest request) {
        return api.stopAndQuarantineFile(machineId, request);
    }

    /**
     * Runs live response commands on a device, in order. Permission, quota and errors: {@link MachineActionsApi#runLiveResponse}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> runLiveResponse(String machineId, RunLiveResponseRequest request) {
        return api.runLiveResponse(machineId, request);
    }

    /**
     * A link to the result of one live response command, valid for 30 minutes. Fetch what it leads to with {@link DefenderClient#downloads()}. Permission, quota and errors: {@link MachineActionsApi#getLiveResponseResultDownloadLink}.
     *
     * @param actionId id of the action, a GUID
     * @param index the command, counted from 0
     * @return the link; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<StringValue> liveResponseResultLink(String actionId, int index) {
        return api.getLiveResponseResultDownloadLink(actionId, index);
    }

    /**
     * Collects a forensic package from a device. Permission, quota and errors: {@link MachineActionsApi#collectInvestigationPackage}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request comment and details
     * @return the action, not yet finished: follow it with {@link #get}; {@link io.github.defenderreactive.runtime.error.ConflictException} when one of the kind already runs on the device; {@link io.github.defenderreactive.runtime.error.OutcomeUnknownException} when the answer was lost
     */
    public Mono<MachineAction> collectInvestigationPackage(
            String machineId, CollectInvestigationPackageRequest request) {
        return api.collectInvestigationPackage(machineId, request);
    }

    /**
     * A link to a collected package, valid for a short time; the service may wrap it in quotation marks, which {@link DefenderClient#downloads()} takes off. Permission, quota and errors: {@link MachineActionsApi#getInvestigationPackageUri}.
     *
     * @param actionId id of the action, a GUID
     * @return the link; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<StringValue> investigationPackageLink(String actionId) {
        return api.getInvestigationPackageUri(actionId);
    }

    /**
     * Starts an automated investigation on a device. Permission, quota and errors: {@link MachineActionsApi#startInvestigation}.
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param request a comment
     * @return the investigation; {@link io.github.defenderreactive.runtime.error.NotFoundException} when there is none; cancel stops the call
     */
    public Mono<Investigation> startInvestigation(String machineId, StartInvestigationRequest request) {
        return api.startInvestigation(machineId, request);
    }
}
