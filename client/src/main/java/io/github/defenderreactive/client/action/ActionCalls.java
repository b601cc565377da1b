package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.CancelMachineActionRequest;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.client.query.MachineActionFields;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The calls of which the workflow consists. */
final class ActionCalls {

    /** Largest difference between the clocks of caller and service. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final MachineActionsApi api;

    ActionCalls(MachineActionsApi api) {
        this.api = api;
    }

    Mono<MachineAction> send(ActionRequest request, String machineId) {
        return Mono.defer(() -> request.send(api, machineId));
    }

    Mono<MachineAction> get(String actionId) {
        return api.get(actionId);
    }

    /** Returns the link to a package. The service encloses it in quotation marks. */
    Mono<String> packageLink(String actionId) {
        return api.investigationPackageLink(actionId)
                .flatMap(response -> Mono.justOrEmpty(response.value()))
                .map(link -> link.replaceAll("^\"+|\"+$", ""));
    }

    Mono<MachineAction> cancel(String actionId, String comment) {
        return api.cancel(
                actionId, CancelMachineActionRequest.builder().comment(comment).build());
    }

    /**
     * Returns the actions that were created since a time. The only filter that serves any number of actions: one that
     * lists ids becomes too long, and one on the status hides the actions that have ended.
     */
    Flux<MachineAction> createdSince(Instant since) {
        return list(MachineActionFields.CREATION_DATE_TIME_UTC.ge(since));
    }

    Flux<MachineAction> ofDevice(String machineId) {
        return list(MachineActionFields.MACHINE_ID.eq(machineId));
    }

    /** Returns the actions of a kind since a time by the local clock. */
    Flux<MachineAction> ofKind(MachineActionType type, Instant since) {
        return list(MachineActionFields.TYPE
                .eq(type)
                .and(MachineActionFields.CREATION_DATE_TIME_UTC.ge(since.minus(CLOCK_SKEW))));
    }

    /** Returns the actions of a kind on a device since a time by the local clock. */
    Flux<MachineAction> ofKind(String machineId, MachineActionType type, Instant since) {
        return list(MachineActionFields.MACHINE_ID
                .eq(machineId)
                .and(MachineActionFields.TYPE.eq(type))
                .and(MachineActionFields.CREATION_DATE_TIME_UTC.ge(since.minus(CLOCK_SKEW))));
    }

    private Flux<MachineAction> list(Filter filter) {
        // An action that is missing because a page was full is requested by its id.
        return api.list(ListMachineActionsQuery.builder().filter(filter).build())
                .allowTruncation();
    }
}
