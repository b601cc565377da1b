package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.api.InvestigationsApi;
import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.InvestigationState;
import io.github.defenderreactive.client.model.StartInvestigationRequest;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * An automated investigation of one device, from the request to its end. It is not an {@link Action}: the service keeps
 * investigations apart from response actions, with states of their own, and accepts several on a device. Nothing is sent
 * before a subscription, and each subscription starts an investigation. Thread-safe.
 *
 * <p>The service stores no comment with an investigation, so one whose response was lost cannot be looked up, and is not
 * requested again.
 *
 * @since 0.1.0
 */
public final class InvestigationAction {

    private static final Set<InvestigationState> FAILURES = Set.of(
            InvestigationState.FAILED,
            InvestigationState.INNER_FAILURE,
            InvestigationState.TERMINATED,
            InvestigationState.TERMINATED_BY_USER,
            InvestigationState.TERMINATED_BY_SYSTEM,
            InvestigationState.UNSUPPORTED_OS,
            InvestigationState.UNSUPPORTED_ALERT_TYPE);

    /** Number of polls, about two minutes, in which a new investigation may not be visible. */
    private static final int INVISIBLE_POLLS = 8;

    private final MachineActionsApi actions;
    private final InvestigationsApi investigations;
    private final Scheduler scheduler;
    private final String machineId;
    private final StartInvestigationRequest request;

    private InvestigationAction(
            MachineActionsApi actions,
            InvestigationsApi investigations,
            Scheduler scheduler,
            String machineId,
            String comment) {
        if (machineId.isBlank()) {
            throw new IllegalArgumentException("machineId must not be blank");
        }
        if (comment.isBlank()) {
            throw new IllegalArgumentException("comment must not be blank");
        }
        this.actions = actions;
        this.investigations = investigations;
        this.scheduler = scheduler;
        this.machineId = machineId;
        this.request = StartInvestigationRequest.builder().comment(comment).build();
    }

    /**
     * Returns an investigation; for the client.
     *
     * @param actions starts it
     * @param investigations returns its states
     * @param machineId id of the device
     * @param comment reason
     * @return the investigation, not yet started
     */
    public static InvestigationAction of(
            MachineActionsApi actions, InvestigationsApi investigations, String machineId, String comment) {
        return of(actions, investigations, Schedulers.parallel(), machineId, comment);
    }

    static InvestigationAction of(
            MachineActionsApi actions,
            InvestigationsApi investigations,
            Scheduler scheduler,
            String machineId,
            String comment) {
        return new InvestigationAction(actions, investigations, scheduler, machineId, comment);
    }

    /**
     * Starts the investigation without waiting for its end.
     *
     * @return the investigation as the service has accepted it. Errors with a {@link DefenderException}, an
     *     {@link OutcomeUnknownException} if the response was lost. Cancel does not stop an investigation that is
     *     started
     */
    public Mono<Investigation> submit() {
        return actions.startInvestigation(machineId, request);
    }

    /**
     * Starts the investigation and follows it to its end. It is polled by its id, the first time after 2 s and later at
     * growing intervals of up to 30 s, on demand. A poll that fails transiently is skipped.
     *
     * @return the accepted state, each change, and the final state as the last item. Completes if the investigation
     *     ended with a result, such as {@code Benign} or {@code SuccessfullyRemediated}; errors with an
     *     {@link InvestigationException} after the final state otherwise. The other errors are those of
     *     {@link #submit()} and, not transient ones, of {@link InvestigationsApi#get}. Cancel stops following
     */
    public Flux<Investigation> states() {
        return states(submit());
    }

    private Flux<Investigation> states(Mono<Investigation> submitted) {
        return submitted
                .flatMapMany(this::followed)
                .concatMap(state -> Mono.just(state).concatWith(verdict(state)), 1);
    }

    /**
     * Starts the investigation and waits for its end. Within the timeout it also waits for a quota that is used up. An
     * investigation that waits for an approval does not end.
     *
     * @param timeout longest time from the subscription to the end, positive
     * @return the final state of an investigation that ended with a result. Errors with an
     *     {@link InvestigationException} if it ended otherwise or not in time, and like {@link #states()}
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public Mono<Investigation> await(Duration timeout) {
        ActionWorkflow.requirePositive(timeout);
        return Mono.defer(() -> {
            AtomicReference<@Nullable Investigation> last = new AtomicReference<>();
            Mono<Investigation> patient = submit().retryWhen(
                            Retry.from(refusals -> refusals.concatMap(refusal -> waitForQuota(refusal.failure()))));
            return states(patient)
                    .doOnNext(last::set)
                    .last()
                    .timeout(
                            Mono.delay(timeout, scheduler),
                            Mono.error(() -> InvestigationException.timedOut(machineId, timeout, last.get())));
        });
    }

    /** A request that exceeds a quota was not carried out. */
    private Mono<Long> waitForQuota(Throwable failure) {
        return failure instanceof ThrottledException
                ? new Patience(scheduler, true).pause(failure)
                : Mono.error(failure);
    }

    private Flux<Investigation> followed(Investigation started) {
        String id = started.id();
        if (id == null) {
            return Flux.error(new ServiceException("The response contains no investigation", null, ErrorContext.NONE));
        }
        return Flux.range(0, Integer.MAX_VALUE)
                .concatMap(
                        poll -> Mono.delay(Duration.ofNanos(PollPace.USUAL.nanosBefore(poll)), scheduler)
                                .then(Mono.defer(() -> investigations.get(id)))
                                .onErrorResume(error -> passes(error, poll) ? Mono.empty() : Mono.error(error)),
                        1)
                .startWith(started)
                .distinctUntilChanged(state -> Objects.hash(state.state(), state.statusDetails()))
                .takeUntil(InvestigationAction::isFinal);
    }

    private static boolean passes(Throwable error, int poll) {
        return error instanceof TransientDefenderException
                || error instanceof NotFoundException && poll < INVISIBLE_POLLS;
    }

    private static boolean isFinal(Investigation investigation) {
        InvestigationState state = investigation.state();
        return state != null && state.isFinal();
    }

    private static Mono<Investigation> verdict(Investigation state) {
        return state.state() != null && FAILURES.contains(state.state())
                ? Mono.error(InvestigationException.failed(state))
                : Mono.empty();
    }

    @Override
    public String toString() {
        return "investigation (" + request.comment() + ") on device " + machineId;
    }
}
