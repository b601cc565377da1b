package io.github.defenderreactive.client.action;

import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.error.ConflictException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.NonTransientDefenderException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One request of an action, until the service has an action that serves it. A request whose response was lost is looked
 * up before it is sent another time.
 */
final class Submission {

    /** Time within which an action becomes visible. */
    static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKUPS = Duration.ofSeconds(2);
    private static final int MOST_SENDS = 3;
    private static final int MOST_CONFLICTS = 5;
    private static final int LOOKUPS_OF_A_CONFLICT = 3;

    private final ActionCalls calls;
    private final ActionPoll poll;
    private final KnownActions known;
    private final Scheduler scheduler;
    private final Clock clock;
    private final String machineId;
    private final ActionRequest request;
    private final ActionOptions options;
    private final Patience patience;
    private final DeviceOrder.Turn turn;
    private final Consumer<MachineAction> observer;

    private int sends;
    private int conflicts;

    /**
     * Creates the request.
     *
     * @param patient whether to wait for a quota that is used up
     * @param observer receives an action that the request started, even if the subscriber has left
     */
    Submission(
            ActionWorkflow workflow,
            String machineId,
            ActionRequest request,
            ActionOptions options,
            boolean patient,
            DeviceOrder.Turn turn,
            Consumer<MachineAction> observer) {
        this.calls = workflow.calls();
        this.poll = workflow.poll();
        this.known = workflow.known();
        this.scheduler = workflow.scheduler();
        this.clock = workflow.clock();
        this.machineId = machineId;
        this.request = request;
        this.options = options;
        this.patience = new Patience(workflow.scheduler(), patient);
        this.turn = turn;
        this.observer = observer;
    }

    Mono<Accepted> send() {
        Instant sentAt = clock.instant();
        return turn.uninterrupted(calls.send(request, machineId), this::observe).flatMap(signal -> {
            MachineAction action = signal.get();
            Throwable error = signal.getThrowable();
            if (action != null) {
                return accepted(action);
            }
            return error == null ? Mono.error(empty()) : refused(error, sentAt);
        });
    }

    private static ServiceException empty() {
        return new ServiceException("The response contains no action", null, ErrorContext.NONE);
    }

    private void observe(MachineAction action) {
        if (isOwn(action)) {
            observer.accept(action);
        }
    }

    /** The service may return the active action instead of refusing the request. */
    private boolean isOwn(MachineAction action) {
        String id = action.id();
        String comment = action.requestorComment();
        return id != null && !known.contains(id) && (comment == null || comment.equals(request.comment()));
    }

    private Mono<Accepted> accepted(MachineAction action) {
        String id = action.id();
        if (id == null) {
            return Mono.error(empty());
        }
        boolean own = isOwn(action);
        known.add(id);
        return own
                ? Mono.just(new Accepted(action, true))
                : active(new ConflictException(
                        "An action of the same kind is in progress on the device: " + Actions.shown(action),
                        ErrorContext.NONE));
    }

    private Mono<Accepted> refused(Throwable error, Instant sentAt) {
        if (error instanceof ConflictException) {
            return active(error);
        }
        if (error instanceof ThrottledException) {
            return patience.unlimited() ? patience.pause(error).then(Mono.defer(this::send)) : Mono.error(error);
        }
        if (error instanceof OutcomeUnknownException lost) {
            return lookUp(lost, lost.sentAt());
        }
        // The service may have acted before it failed.
        return error instanceof TransientDefenderException ? lookUp(error, sentAt) : Mono.error(error);
    }

    private Mono<Accepted> lookUp(Throwable lost, Instant sentAt) {
        sends++;
        return lost(sentAt, VISIBLE_WITHIN)
                .map(action -> new Accepted(own(action), true))
                .switchIfEmpty(Mono.defer(() -> sends < MOST_SENDS ? send() : Mono.error(lost)));
    }

    private Mono<MachineAction> lost(Instant sentAt, Duration within) {
        Mono<MachineAction> found = patience.reading(calls.ofKind(machineId, request.type(), sentAt)
                .filter(this::isStartedByThis)
                .collectList()
                .flatMap(actions -> Mono.justOrEmpty(actions.stream().max(Actions.BY_CREATION))));
        long lookups = within.dividedBy(BETWEEN_LOOKUPS);
        return found.repeatWhenEmpty(
                polls -> polls.takeWhile(lookup -> lookup < lookups).delayElements(BETWEEN_LOOKUPS, scheduler));
    }

    /** Handles an action of the same kind that is active on the device. */
    private Mono<Accepted> active(Throwable conflict) {
        if (options.whenActive() == WhenActive.FAIL && sends == 0) {
            return Mono.error(conflict);
        }
        return patience.reading(calls.ofDevice(machineId).collectList())
                .filter(history -> history.stream().anyMatch(this::isActive))
                .repeatWhenEmpty(polls -> polls.takeWhile(lookup -> lookup < LOOKUPS_OF_A_CONFLICT)
                        .delayElements(BETWEEN_LOOKUPS, scheduler))
                .flatMap(history -> active(history, conflict))
                .switchIfEmpty(Mono.defer(() -> {
                    // It has ended meanwhile.
                    conflicts++;
                    return conflicts < MOST_CONFLICTS ? send() : Mono.error(conflict);
                }));
    }

    private Mono<Accepted> active(List<MachineAction> history, Throwable conflict) {
        MachineAction found =
                history.stream().filter(this::isActive).max(Actions.BY_CREATION).orElseThrow();
        if (sends > 0 && isStartedByThis(found)) {
            return Mono.just(new Accepted(own(found), true));
        }
        if (options.whenActive() == WhenActive.FAIL) {
            return Mono.error(conflict);
        }
        if (options.whenActive() == WhenActive.JOIN && request.isEquivalent(found) && !isReverted(found, history)) {
            known.add(String.valueOf(found.id()));
            return Mono.just(new Accepted(found, false));
        }
        Mono<MachineAction> cancelled = options.whenActive() == WhenActive.CANCEL
                ? calls.cancel(String.valueOf(found.id()), request.comment())
                        // It has ended meanwhile, or the poll shows that it has not.
                        .onErrorResume(NonTransientDefenderException.class, ended -> Mono.empty())
                : Mono.empty();
        return cancelled.thenMany(poll.states(found)).then(Mono.defer(this::send));
    }

    /** Returns whether a request whose response was lost may have started an action. */
    private boolean isStartedByThis(MachineAction action) {
        String id = action.id();
        return id != null && !known.contains(id) && request.isLabelOf(action);
    }

    private MachineAction own(MachineAction action) {
        known.add(String.valueOf(action.id()));
        observer.accept(action);
        return action;
    }

    private boolean isActive(MachineAction action) {
        return request.type().equals(action.type()) && action.id() != null && !Actions.isFinal(action);
    }

    /** Returns whether the opposite was requested after an action, so that joining it would swap the two. */
    private boolean isReverted(MachineAction found, List<MachineAction> history) {
        return history.stream()
                .anyMatch(action -> request.opposite() != null
                        && request.opposite().equals(action.type())
                        && Actions.BY_CREATION.compare(action, found) >= 0);
    }
}
