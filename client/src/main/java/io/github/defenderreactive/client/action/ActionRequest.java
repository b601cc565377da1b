package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.CollectInvestigationPackageRequest;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionScope;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.model.OffboardMachineRequest;
import io.github.defenderreactive.client.model.RelatedFileInfo;
import io.github.defenderreactive.client.model.RestrictCodeExecutionRequest;
import io.github.defenderreactive.client.model.RunAntiVirusScanRequest;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.client.model.ScanType;
import io.github.defenderreactive.client.model.StopAndQuarantineFileRequest;
import io.github.defenderreactive.client.model.UnisolateMachineRequest;
import io.github.defenderreactive.client.model.UnrestrictCodeExecutionRequest;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A response action to request for one device or for many. Immutable. The comment labels the action: it is stored with
 * it, and an action whose response was lost is found by it, so that it is not requested twice.
 *
 * <p>For permissions and quotas see the methods of {@link MachineActionsApi} with the same names.
 *
 * @since 0.1.0
 */
public final class ActionRequest {

    private final MachineActionType type;
    private final @Nullable MachineActionType opposite;
    private final String comment;
    private final BiFunction<MachineActionsApi, String, Mono<MachineAction>> call;
    private final Predicate<MachineAction> equivalent;

    private ActionRequest(
            MachineActionType type,
            @Nullable MachineActionType opposite,
            @Nullable String comment,
            BiFunction<MachineActionsApi, String, Mono<MachineAction>> call,
            Predicate<MachineAction> equivalent) {
        if (comment == null || comment.isBlank()) {
            throw new IllegalArgumentException("comment must not be blank");
        }
        this.type = type;
        this.opposite = opposite;
        this.comment = comment;
        this.call = call;
        this.equivalent = equivalent;
    }

    /**
     * Isolates the device fully from the network.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest isolate(String comment) {
        return isolate(IsolateMachineRequest.builder()
                .comment(comment)
                .isolationType(IsolationType.FULL)
                .build());
    }

    /**
     * Isolates the device from the network, with another type of isolation.
     *
     * @param request type and comment
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest isolate(IsolateMachineRequest request) {
        return new ActionRequest(
                MachineActionType.ISOLATE,
                MachineActionType.UNISOLATE,
                request.comment(),
                (api, machineId) -> api.isolate(machineId, request),
                scopeOf(
                        request.isolationType() == null
                                ? null
                                : request.isolationType().value()));
    }

    /**
     * Releases the device from isolation.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest unisolate(String comment) {
        UnisolateMachineRequest request =
                UnisolateMachineRequest.builder().comment(comment).build();
        return new ActionRequest(
                MachineActionType.UNISOLATE,
                MachineActionType.ISOLATE,
                comment,
                (api, machineId) -> api.unisolate(machineId, request),
                action -> true);
    }

    /**
     * Restricts the device to a predefined set of applications.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest restrictCodeExecution(String comment) {
        RestrictCodeExecutionRequest request =
                RestrictCodeExecutionRequest.builder().comment(comment).build();
        return new ActionRequest(
                MachineActionType.RESTRICT_CODE_EXECUTION,
                MachineActionType.UNRESTRICT_CODE_EXECUTION,
                comment,
                (api, machineId) -> api.restrictCodeExecution(machineId, request),
                action -> true);
    }

    /**
     * Removes the restriction of applications from the device.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest unrestrictCodeExecution(String comment) {
        UnrestrictCodeExecutionRequest request =
                UnrestrictCodeExecutionRequest.builder().comment(comment).build();
        return new ActionRequest(
                MachineActionType.UNRESTRICT_CODE_EXECUTION,
                MachineActionType.RESTRICT_CODE_EXECUTION,
                comment,
                (api, machineId) -> api.unrestrictCodeExecution(machineId, request),
                action -> true);
    }

    /**
     * Scans the device for malware.
     *
     * @param scan extent of the scan
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest runAntiVirusScan(ScanType scan, String comment) {
        RunAntiVirusScanRequest request = RunAntiVirusScanRequest.builder()
                .comment(comment)
                .scanType(scan)
                .build();
        return new ActionRequest(
                MachineActionType.RUN_ANTI_VIRUS_SCAN,
                null,
                comment,
                (api, machineId) -> api.runAntiVirusScan(machineId, request),
                scopeOf(scan.value()));
    }

    /**
     * Collects an investigation package from the device.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest collectInvestigationPackage(String comment) {
        CollectInvestigationPackageRequest request =
                CollectInvestigationPackageRequest.builder().comment(comment).build();
        return new ActionRequest(
                MachineActionType.COLLECT_INVESTIGATION_PACKAGE,
                null,
                comment,
                (api, machineId) -> api.collectInvestigationPackage(machineId, request),
                action -> true);
    }

    /**
     * Stops a file on the device and quarantines it.
     *
     * @param sha1 SHA-1 of the file, 40 hexadecimal digits
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest stopAndQuarantineFile(String sha1, String comment) {
        StopAndQuarantineFileRequest request = StopAndQuarantineFileRequest.builder()
                .comment(comment)
                .sha1(sha1)
                .build();
        return new ActionRequest(
                MachineActionType.STOP_AND_QUARANTINE_FILE,
                null,
                comment,
                (api, machineId) -> api.stopAndQuarantineFile(machineId, request),
                action -> {
                    RelatedFileInfo file = action.relatedFileInfo();
                    return file != null && sha1.equalsIgnoreCase(file.fileIdentifier());
                });
    }

    /**
     * Offboards the device from the service.
     *
     * @param comment reason, for example a ticket
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest offboard(String comment) {
        OffboardMachineRequest request =
                OffboardMachineRequest.builder().comment(comment).build();
        return new ActionRequest(
                MachineActionType.OFFBOARD,
                null,
                comment,
                (api, machineId) -> api.offboard(machineId, request),
                action -> true);
    }

    /**
     * Runs a sequence of live response commands on the device. The service allows one session for each device and 50 in
     * all. A client follows at most 25 sessions at a time, one of each device; others wait, without a request, in the
     * order of their subscription. {@link Action#submit} is not limited, because it does not follow the session.
     * {@code client.liveResponse()} also reads the results.
     *
     * @param request commands, and a comment, which the service does not require but this method does
     * @return the request
     * @throws IllegalArgumentException if the comment is blank
     */
    public static ActionRequest runLiveResponse(RunLiveResponseRequest request) {
        return new ActionRequest(
                MachineActionType.LIVE_RESPONSE,
                null,
                request.comment(),
                (api, machineId) -> api.runLiveResponse(machineId, request),
                action -> false);
    }

    /** Matches actions whose scope is the given one or is not reported. */
    private static Predicate<MachineAction> scopeOf(@Nullable String scope) {
        return action -> {
            MachineActionScope reported = action.scope();
            return scope == null || reported == null || reported.value().equals(scope);
        };
    }

    /**
     * Returns the kind of action.
     *
     * @return the kind
     */
    public MachineActionType type() {
        return type;
    }

    /**
     * Returns the comment of the action.
     *
     * @return the comment
     */
    public String comment() {
        return comment;
    }

    /** Returns the kind of action that reverts this one, or null. */
    @Nullable
    MachineActionType opposite() {
        return opposite;
    }

    /** Returns whether the action is one of the limited number of sessions. */
    boolean isSession() {
        return type.equals(MachineActionType.LIVE_RESPONSE);
    }

    Mono<MachineAction> send(MachineActionsApi api, String machineId) {
        return call.apply(api, machineId);
    }

    /** Returns whether an action of this kind has the effect of this request. */
    boolean isEquivalent(MachineAction action) {
        return equivalent.test(action);
    }

    /** Returns whether an action is of this kind and has this comment. */
    boolean isLabelOf(MachineAction action) {
        return type.equals(action.type())
                && (comment.equals(action.requestorComment()) || comment.equals(action.externalId()));
    }

    @Override
    public String toString() {
        return type.value().toLowerCase(Locale.ROOT) + " (" + comment + ")";
    }
}
