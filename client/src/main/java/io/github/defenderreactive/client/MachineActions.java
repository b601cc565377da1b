package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.CancelMachineActionRequest;
import io.github.defenderreactive.client.model.CollectInvestigationPackageRequest;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
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
import io.github.defenderreactive.client.query.MachineActionFields;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Response actions on devices. Opened by {@link DefenderClient#machineActions()}.
 *
 * @since 0.1.0
 */
public final class MachineActions {

    /** How far the clocks of caller and service may be apart. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

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
     * Finds out whether a request whose answer was lost was carried out: looks for the action that it would have started,
     * at once and then every 2 s, as a fresh action is not visible for some seconds. Each look is a call of {@link #list}
     * with a filter.
     *
     * <p>Found by its label, so give every request one of its own:
     *
     * <pre>{@code
     * actions.isolate(machine, request).onErrorResume(OutcomeUnknownException.class, lost -> actions.reconcile(
     *                 machine, MachineActionType.ISOLATE, lost.sentAt(), comment, Duration.ofMinutes(1))
     *         .switchIfEmpty(actions.isolate(machine, request)));
     * }</pre>
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param type kind of action
     * @param since when the request was sent; {@link
     *     io.github.defenderreactive.runtime.error.OutcomeUnknownException#sentAt()}. Clocks may differ by 5 min
     * @param label comment or external id of the request
     * @param within how long to go on looking; zero looks once
     * @return the newest action that matches; empty when none showed up in time, which makes it likely that the service
     *     did not act; the errors of {@link #list}; cancel stops looking
     */
    public Mono<MachineAction> reconcile(
            String machineId, MachineActionType type, Instant since, String label, Duration within) {
        ListMachineActionsQuery query = ListMachineActionsQuery.builder()
                .filter(MachineActionFields.MACHINE_ID
                        .eq(machineId)
                        .and(MachineActionFields.TYPE.eq(type))
                        .and(MachineActionFields.CREATION_DATE_TIME_UTC.ge(since.minus(CLOCK_SKEW))))
                .build();
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return list(query)
                    .filter(action -> label.equals(action.requestorComment()) || label.equals(action.externalId()))
                    .next()
                    .repeatWhenEmpty(looks -> looks.takeWhile(look -> System.nanoTime() - start < within.toNanos())
                            .delayElements(BETWEEN_LOOKS));
        });
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
