package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One run of an action: what one subscription requests and follows. */
final class ActionRun {

    private final ActionWorkflow workflow;
    private final String machineId;
    private final ActionRequest request;
    private final ActionOptions options;
    private final Mono<Map<String, MachineAction>> earlier;

    private boolean abandoned;
    private boolean requested;
    private @Nullable MachineAction last;

    /**
     * Creates a run.
     *
     * @param earlier the actions of an earlier run by device in lower case
     */
    ActionRun(
            ActionWorkflow workflow,
            String machineId,
            ActionRequest request,
            ActionOptions options,
            Mono<Map<String, MachineAction>> earlier) {
        this.workflow = workflow;
        this.machineId = machineId;
        this.request = request;
        this.options = options;
        this.earlier = earlier;
    }

    Mono<Accepted> accepted(boolean patient) {
        return workflow.order()
                .inTurn(
                        machineId,
                        turn -> earlier.flatMap(
                                        actions -> Mono.justOrEmpty(actions.get(machineId.toLowerCase(Locale.ROOT))))
                                .map(action -> new Accepted(action, false))
                                .switchIfEmpty(Mono.defer(() -> new Submission(
                                                workflow, machineId, request, options, patient, turn, this::requested)
                                        .send())))
                .doOnNext(accepted -> saw(accepted.action()));
    }

    Flux<MachineAction> states(boolean patient) {
        Flux<MachineAction> followed =
                accepted(patient).flatMapMany(accepted -> workflow.poll().states(accepted.action()));
        return (request.isSession() ? workflow.sessions().inTurn(machineId, followed) : followed)
                .doOnNext(this::saw)
                .concatWith(Mono.defer(this::verdict));
    }

    Mono<MachineAction> end(Duration timeout) {
        return states(true)
                .last()
                .timeout(Mono.delay(timeout, workflow.scheduler()), Mono.defer(() -> timedOut(timeout)));
    }

    synchronized boolean isRequested() {
        return requested;
    }

    synchronized @Nullable MachineAction last() {
        return last;
    }

    private synchronized void saw(MachineAction action) {
        last = action;
    }

    /** Errors if the action did not succeed. */
    private Mono<MachineAction> verdict() {
        return verdict(last());
    }

    static Mono<MachineAction> verdict(@Nullable MachineAction end) {
        return end != null && Actions.isFinal(end) && !MachineActionStatus.SUCCEEDED.equals(end.status())
                ? Mono.error(new ActionFailedException(end))
                : Mono.empty();
    }

    /** Receives the action that the request has started, possibly after the subscriber has left. */
    private void requested(MachineAction action) {
        boolean late;
        synchronized (this) {
            requested = true;
            last = action;
            late = abandoned;
        }
        if (late) {
            cancelLater(action);
        }
    }

    /** The subscriber has left. */
    void abandon() {
        if (options.cancelWithSubscriber()) {
            leave().forEach(this::cancelLater);
        }
    }

    private Mono<MachineAction> timedOut(Duration timeout) {
        Mono<MachineAction> cancelled = !options.cancelOnTimeout()
                ? Mono.empty()
                : Flux.fromIterable(leave())
                        .concatMap(action -> workflow.calls().cancel(String.valueOf(action.id()), request.comment()))
                        .doOnNext(this::saw)
                        .onErrorComplete()
                        .then(Mono.empty());
        return cancelled.then(
                Mono.error(() -> new ActionTimeoutException(request + " on device " + machineId, timeout, last())));
    }

    /**
     * Returns the action to cancel, if the request has started one that is active; a later one is cancelled as well.
     */
    private synchronized List<MachineAction> leave() {
        abandoned = true;
        return last != null && requested && !Actions.isFinal(last) ? List.of(last) : List.of();
    }

    private void cancelLater(MachineAction action) {
        Disposable unused = workflow.calls()
                .cancel(String.valueOf(action.id()), request.comment())
                .onErrorComplete()
                .subscribe();
    }
}
