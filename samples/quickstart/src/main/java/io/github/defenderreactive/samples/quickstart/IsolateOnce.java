package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.MachineActions;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Isolates a device, even if the response is lost. */
final class IsolateOnce {

    private IsolateOnce() {}

    // tag::reconcile[]
    static Mono<MachineAction> isolate(DefenderClient client, String machineId, String ticket) {
        MachineActions actions = client.machineActions();
        String comment = "Isolated by " + ticket;
        IsolateMachineRequest request = IsolateMachineRequest.builder()
                .comment(comment)
                .isolationType(IsolationType.FULL)
                .build();
        return actions.isolate(machineId, request)
                .onErrorResume(
                        OutcomeUnknownException.class,
                        lost -> actions.reconcile(
                                        machineId,
                                        MachineActionType.ISOLATE,
                                        lost.sentAt(),
                                        comment,
                                        Duration.ofMinutes(1))
                                .switchIfEmpty(Mono.error(lost)));
    }
    // end::reconcile[]
}
