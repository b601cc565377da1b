package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The workflow of response actions. {@code DefenderClient.machineActions()} offers its methods, and describes their
 * behaviour.
 *
 * @since 0.1.0
 */
public final class ActionWorkflow {

    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(2);
    private static final int NOT_FOUND_RETRIES = 5;
    private static final int CANCEL_RETRIES = 2;

    /** The quota is two links a minute. */
    private static final Duration BETWEEN_PACKAGE_LINKS = Duration.ofSeconds(30);

    private static final int PACKAGE_RETRIES = 4;

    private final ActionCalls calls;
    private final ActionPoll poll;
    private final DeviceOrder order;
    private final KnownActions known;
    private final SessionQueue sessions;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Clock clock;

    private ActionWorkflow(
            MachineActionsApi api,
            DeviceOrder order,
            KnownActions known,
            SessionQueue sessions,
            PollPace pace,
            Scheduler scheduler,
            LongSupplier nanos,
            Clock clock) {
        this.calls = new ActionCalls(api);
        this.poll = new ActionPoll(calls, pace, scheduler, nanos, clock);
        this.order = order;
        this.known = known;
        this.sessions = sessions;
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Returns a workflow over the operations on actions.
     *
     * @param api the group of the operations
     * @return the workflow
     */
    public static ActionWorkflow of(MachineActionsApi api) {
        return of(api, PollPace.USUAL, Schedulers.parallel(), System::nanoTime, Clock.systemUTC());
    }

    static ActionWorkflow of(
            MachineActionsApi api, PollPace pace, Scheduler scheduler, LongSupplier nanos, Clock clock) {
        return new ActionWorkflow(
                api,
                new DeviceOrder(scheduler),
                new KnownActions(),
                new SessionQueue(scheduler),
                pace,
                scheduler,
                nanos,
                clock);
    }

    /**
     * Returns a workflow over the operations of a derived client. It has a poll of its own, and keeps the order of the
     * requests for a device, and the limit of sessions, together with this one.
     *
     * @param api the group of the operations
     * @return the workflow
     */
    public ActionWorkflow with(MachineActionsApi api) {
        return new ActionWorkflow(api, order, known, sessions, PollPace.USUAL, scheduler, nanos, clock);
    }

    ActionCalls calls() {
        return calls;
    }

    ActionPoll poll() {
        return poll;
    }

    DeviceOrder order() {
        return order;
    }

    KnownActions known() {
        return known;
    }

    SessionQueue sessions() {
        return sessions;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Clock clock() {
        return clock;
    }

    /**
     * Returns an action on a device.
     *
     * @param machineId id of the device
     * @param request the action
     * @param options the options
     * @return the action, not yet requested
     */
    public Action action(String machineId, ActionRequest request, ActionOptions options) {
        if (machineId.isBlank()) {
            throw new IllegalArgumentException("machineId must not be blank");
        }
        return new Action(this, machineId, request, options);
    }

    /**
     * Requests an action on many devices, and waits for their ends.
     *
     * @param machineIds ids of the devices
     * @param request the action
     * @param options the options
     * @param timeout longest time for each device
     * @return an outcome for each device; see {@code MachineActions.awaitEach}
     */
    public Flux<ActionOutcome> awaitEach(
            Publisher<String> machineIds, ActionRequest request, ActionOptions options, Duration timeout) {
        requirePositive(timeout);
        return each(machineIds, request, options, run -> run.end(timeout));
    }

    /**
     * Requests an action on many devices without waiting for their ends.
     *
     * @param machineIds ids of the devices
     * @param request the action
     * @param options the options
     * @return an outcome for each device; see {@code MachineActions.submitEach}
     */
    public Flux<ActionOutcome> submitEach(Publisher<String> machineIds, ActionRequest request, ActionOptions options) {
        return each(machineIds, request, options, run -> run.accepted(true).map(Accepted::action));
    }

    private Flux<ActionOutcome> each(
            Publisher<String> machineIds,
            ActionRequest request,
            ActionOptions options,
            Function<ActionRun, Mono<MachineAction>> work) {
        return Flux.defer(() -> {
            Mono<Map<String, MachineAction>> earlier = earlier(request, options).cache();
            return Flux.from(machineIds)
                    .flatMap(
                            machineId -> {
                                ActionRun run = new ActionRun(this, machineId, request, options, earlier);
                                return work.apply(run)
                                        .map(action -> new ActionOutcome(machineId, run.isRequested(), action, null))
                                        .onErrorResume(error -> Mono.just(
                                                new ActionOutcome(machineId, run.isRequested(), run.last(), error)))
                                        .doOnCancel(run::abandon);
                            },
                            options.concurrency());
        });
    }

    /** Returns the actions that an earlier run has requested, the latest of each device, by device in lower case. */
    Mono<Map<String, MachineAction>> earlier(ActionRequest request, ActionOptions options) {
        Instant since = options.resumeSince();
        return since == null
                ? Mono.just(Map.of())
                : new Patience(scheduler, true)
                        .reading(calls.ofKind(request.type(), since)
                                .filter(action -> request.isLabelOf(action))
                                .<Map<String, MachineAction>>collect(
                                        HashMap::new,
                                        (latest, action) -> latest.merge(
                                                String.valueOf(action.machineId())
                                                        .toLowerCase(Locale.ROOT),
                                                action,
                                                (one, other) ->
                                                        Actions.BY_CREATION.compare(one, other) < 0 ? other : one)));
    }

    /**
     * Follows an action that was requested before.
     *
     * @param actionId id of the action
     * @return the states; see {@code MachineActions.follow}
     */
    public Flux<MachineAction> follow(String actionId) {
        return found(actionId)
                .flatMapMany(poll::states)
                .concatMap(action -> Mono.just(action).concatWith(ActionRun.verdict(action)));
    }

    /**
     * Waits for an investigation package.
     *
     * @param actionId id of the action
     * @return the link; see {@code MachineActions.awaitPackageLink}
     */
    public Mono<String> awaitPackageLink(String actionId) {
        Mono<String> link = calls.packageLink(actionId)
                .retryWhen(Retry.fixedDelay(PACKAGE_RETRIES, BETWEEN_PACKAGE_LINKS)
                        .filter(NotFoundException.class::isInstance)
                        .scheduler(scheduler)
                        .onRetryExhaustedThrow((policy, failure) -> failure.failure()));
        return follow(actionId).then(link);
    }

    private Mono<MachineAction> found(String actionId) {
        return calls.get(actionId)
                .retryWhen(Retry.fixedDelay(NOT_FOUND_RETRIES, BETWEEN_POLLS)
                        .filter(NotFoundException.class::isInstance)
                        .scheduler(scheduler)
                        .onRetryExhaustedThrow((policy, failure) -> failure.failure()));
    }

    /**
     * Cancels an action and waits for its end.
     *
     * @param actionId id of the action
     * @param comment reason
     * @param timeout longest time
     * @return the final state; see {@code MachineActions.cancelAndAwait}
     */
    public Mono<MachineAction> cancelAndAwait(String actionId, String comment, Duration timeout) {
        requirePositive(timeout);
        return Mono.defer(() -> {
            AtomicReference<@Nullable MachineAction> last = new AtomicReference<>();
            return cancelled(actionId, comment, 0)
                    .flatMapMany(poll::states)
                    .doOnNext(last::set)
                    .last()
                    .timeout(
                            Mono.delay(timeout, scheduler),
                            Mono.error(() ->
                                    new ActionTimeoutException("Cancellation of " + actionId, timeout, last.get())));
        });
    }

    private Mono<MachineAction> cancelled(String actionId, String comment, int retries) {
        return calls.cancel(actionId, comment).onErrorResume(error -> {
            boolean refused = error instanceof BadRequestException || error instanceof ConflictException;
            boolean lost = error instanceof OutcomeUnknownException || error instanceof TransientDefenderException;
            if (!refused && !lost) {
                return Mono.error(error);
            }
            // The action may have ended, in its own way or by a request whose response was lost.
            return calls.get(actionId)
                    .filter(Actions::isFinal)
                    .switchIfEmpty(Mono.defer(() -> lost && retries < CANCEL_RETRIES
                            ? cancelled(actionId, comment, retries + 1)
                            : Mono.error(error)));
        });
    }

    /**
     * Looks up an action whose response was lost.
     *
     * @param machineId id of the device
     * @param type kind of action
     * @param since time at which the request was sent
     * @param label comment or external id of the request
     * @param within how long to keep polling
     * @return the action; see {@code MachineActions.reconcile}
     */
    public Mono<MachineAction> reconcile(
            String machineId, MachineActionType type, Instant since, String label, Duration within) {
        return Mono.defer(() -> {
            long start = nanos.getAsLong();
            return calls.ofKind(machineId, type, since)
                    .filter(action -> label.equals(action.requestorComment()) || label.equals(action.externalId()))
                    .next()
                    .repeatWhenEmpty(polls -> polls.takeWhile(lookup -> nanos.getAsLong() - start < within.toNanos())
                            .delayElements(BETWEEN_POLLS, scheduler));
        });
    }

    static void requirePositive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, was " + timeout);
        }
    }
}
