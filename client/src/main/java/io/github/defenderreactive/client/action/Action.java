package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response action on one device, from the request to its end. Nothing is sent before a subscription, and each
 * subscription is a run of its own, which requests the action or joins an active one. Thread-safe.
 *
 * <p>The requests for one device are sent one at a time in the order of their subscription, also by the clients that
 * are derived from the same client. A request is not interrupted once it is sent: cancelling the subscription before
 * removes it, and cancelling it later leaves the action to the service unless
 * {@link ActionOptions#cancelWithSubscriber()}.
 *
 * <p>If an action of the same kind is active on the device, {@link ActionOptions#whenActive()} decides. If the response
 * to the request is lost, the action is looked up by its comment, and requested again only if it has not become visible
 * within 30 seconds; if it started nevertheless, the service refuses the second request and the first action is joined.
 *
 * @since 0.1.0
 */
public final class Action {

    private final ActionWorkflow workflow;
    private final String machineId;
    private final ActionRequest request;
    private final ActionOptions options;

    Action(ActionWorkflow workflow, String machineId, ActionRequest request, ActionOptions options) {
        this.workflow = workflow;
        this.machineId = machineId;
        this.request = request;
        this.options = options;
    }

    /**
     * Requests the action without waiting for its end.
     *
     * @return the action as the service has accepted it, usually pending, or the active action that it joins. Errors
     *     with a {@link DefenderException}: a {@link ConflictException} with {@link WhenActive#FAIL}, an
     *     {@link OutcomeUnknownException} if three requests were lost, a {@link ThrottledException} if the quota is
     *     used up
     */
    public Mono<MachineAction> submit() {
        return Mono.defer(() -> {
            ActionRun run = new ActionRun(workflow, machineId, request, options, workflow.earlier(request, options));
            return run.accepted(false).map(Accepted::action).doOnCancel(run::abandon);
        });
    }

    /**
     * Requests the action and follows it to its end. All actions that a client follows share one poll of the list of
     * actions: the first poll is 2 s after the request, later ones follow at growing intervals of up to 30 s. A poll
     * that fails transiently is skipped. Without demand only the latest state is kept.
     *
     * @return the accepted state, each change, and the final state as the last item. Completes if the action succeeded;
     *     errors with an {@link ActionFailedException} otherwise, after the final state. The other errors are those of
     *     {@link #submit()} and, not transient ones, of the list of actions. Cancel stops following
     */
    public Flux<MachineAction> states() {
        return Flux.defer(() -> {
            ActionRun run = new ActionRun(workflow, machineId, request, options, workflow.earlier(request, options));
            return run.states(false).doOnCancel(run::abandon);
        });
    }

    /**
     * Requests the action and waits for its end. Within the timeout it also waits for a quota that is used up.
     *
     * @param timeout longest time from the subscription to the end, positive
     * @return the final state of an action that succeeded. Errors with an {@link ActionFailedException} if it ended
     *     otherwise, with an {@link ActionTimeoutException} if it did not end in time, and like {@link #states()}
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Mono<MachineAction> await(Duration timeout) {
        ActionWorkflow.requirePositive(timeout);
        return Mono.defer(() -> {
            ActionRun run = new ActionRun(workflow, machineId, request, options, workflow.earlier(request, options));
            return run.end(timeout).doOnCancel(run::abandon);
        });
    }

    @Override
    public String toString() {
        return request + " on device " + machineId;
    }
}
