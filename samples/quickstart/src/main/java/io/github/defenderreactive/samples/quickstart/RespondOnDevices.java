package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.MachineActions;
import io.github.defenderreactive.client.action.ActionFailedException;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.action.WhenActive;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.ScanType;
import io.github.defenderreactive.runtime.pipeline.Download;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Response actions from the request to the end. */
final class RespondOnDevices {

    private RespondOnDevices() {}

    // tag::isolate-and-wait[]
    static Mono<MachineAction> isolate(DefenderClient client, String machineId, String ticket) {
        return client.machineActions()
                .action(machineId, ActionRequest.isolate("Isolated by " + ticket))
                .await(Duration.ofMinutes(30));
    }
    // end::isolate-and-wait[]

    // tag::scan-states[]
    static Flux<String> scan(DefenderClient client, String machineId, String ticket) {
        ActionOptions options = ActionOptions.builder()
                .whenActive(WhenActive.WAIT)
                .cancelWithSubscriber(true)
                .build();
        return client.machineActions()
                .action(machineId, ActionRequest.runAntiVirusScan(ScanType.FULL, ticket), options)
                .states()
                .map(state -> state.lastUpdateDateTimeUtc() + " " + state.status());
    }
    // end::scan-states[]

    // tag::action-errors[]
    static Mono<String> report(Mono<MachineAction> action) {
        return action.map(end -> "succeeded")
                .onErrorResume(
                        ActionFailedException.class,
                        failed -> Mono.just(failed.actionStatus() + " " + Long.toHexString(failed.errorHResult())))
                .onErrorResume(ActionTimeoutException.class, late -> Mono.just("not ended: " + late.action()));
    }
    // end::action-errors[]

    // tag::isolate-many[]
    static Mono<Void> isolateAll(
            DefenderClient client, List<String> machineIds, String ticket, Instant began, Consumer<String> report) {
        ActionOptions options = ActionOptions.builder().resumeSince(began).build();
        return client.machineActions()
                .awaitEach(
                        Flux.fromIterable(machineIds),
                        ActionRequest.isolate("Isolated by " + ticket),
                        options,
                        Duration.ofHours(4))
                .doOnNext((ActionOutcome outcome) -> report.accept(outcome.machineId() + ": "
                        + (outcome.error() == null
                                ? "isolated"
                                : outcome.error().getMessage())))
                .then();
    }
    // end::isolate-many[]

    // tag::investigation-package[]
    static Mono<Download.Report> investigationPackage(
            DefenderClient client, String machineId, String ticket, Path file) {
        MachineActions actions = client.machineActions();
        return actions.action(machineId, ActionRequest.collectInvestigationPackage(ticket))
                .submit()
                .flatMap(action -> Mono.justOrEmpty(action.id()))
                .flatMap(id -> actions.investigationPackage(id)
                        .onProgress(progress -> System.out.println(progress.bytes() + " bytes"))
                        .to(file));
    }
    // end::investigation-package[]

    // tag::investigation[]
    static Mono<String> investigate(DefenderClient client, String machineId, String ticket) {
        return client.machineActions()
                .investigation(machineId, ticket)
                .await(Duration.ofHours(2))
                .map(end -> String.valueOf(end.state()));
    }
    // end::investigation[]
}
