package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.client.query.MachineActionFields;
import io.github.defenderreactive.client.watch.CursorStoreException;
import io.github.defenderreactive.client.watch.Delivery;
import io.github.defenderreactive.client.watch.MachineActionWatch;
import io.github.defenderreactive.client.watch.WatchException;
import io.github.defenderreactive.client.watch.WatchOptions;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Response actions on devices, with a lookup of actions whose response was lost, and a continuous watch. Returned by
 * {@link DefenderClient#machineActions()}.
 *
 * @since 0.1.0
 */
public final class MachineActions extends MachineActionsApi {

    /** Largest difference between the clocks of caller and service. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(2);

    MachineActions(Pipeline pipeline) {
        super(pipeline);
    }

    /**
     * Returns a continuous stream of new and changed response actions. It does not complete by itself;
     * {@link WatchOptions.Builder#stopWhen} ends it in order.
     *
     * <p>At least once: an action is delivered until its delivery is acknowledged. After a crash the unacknowledged
     * deliveries are repeated, and no others. Each poll delivers the state of an action at that time, so an action that
     * starts and ends between two polls is delivered once, with its end. The end of every action is delivered that was
     * open when the watch started or was created later, however long it takes; the watch also delivers the end of an
     * action that was created up to seven days before {@link WatchOptions.Builder#since} and ended after it. A consumer
     * that keys on id and {@code lastUpdateDateTimeUtc} sees each version once.
     *
     * <p>The service cannot filter by the update time. A poll is one call for the new and the open actions, and one for
     * each 20 that ended since the previous poll and were created before it. The first poll after a restart requests
     * all remembered actions that it does not list.
     *
     * <p>Polls follow demand: a poll starts when there is demand, all deliveries of the previous poll are acknowledged,
     * and the interval has passed. A slow consumer delays it. Transient failures and truncated responses are retried
     * indefinitely and reported to the listener; others end the stream with {@link WatchException}, which contains the
     * cursor. If the store cannot be opened or read, the stream ends with {@link CursorStoreException}. Cancel stops at
     * once and closes the store. For permission and quota see {@link MachineActionsApi#list(ListMachineActionsQuery)}.
     * A consumer that blocks needs {@code publishOn}.
     *
     * @param options start, interval, filter, and the store of the progress. The filter should contain properties that
     *     never change, such as the type. A store belongs to one watch
     * @return the deliveries, in no particular order; each must be acknowledged
     * @throws IllegalArgumentException if the options have an expansion
     */
    public Flux<Delivery<MachineAction>> watch(WatchOptions options) {
        return MachineActionWatch.of(this, options);
    }

    /**
     * Checks whether a request whose response was lost was carried out. Polls for the action that the request would
     * have started, at once and then every 2 s, because a new action is not visible for some seconds. Each poll is a
     * call of {@link #list} with a filter.
     *
     * <p>The action is found by its label, so give every request a label of its own:
     *
     * <pre>{@code
     * actions.isolate(machine, request).onErrorResume(OutcomeUnknownException.class, lost -> actions.reconcile(
     *                 machine, MachineActionType.ISOLATE, lost.sentAt(), comment, Duration.ofMinutes(1))
     *         .switchIfEmpty(actions.isolate(machine, request)));
     * }</pre>
     *
     * @param machineId id of the device, 40 hexadecimal digits
     * @param type kind of action
     * @param since time at which the request was sent, {@link OutcomeUnknownException#sentAt()}. Clocks may differ by 5
     *     min
     * @param label comment or external id of the request
     * @param within how long to keep polling; zero polls once
     * @return the newest action that matches; empty if no action became visible in time, which makes it likely that the
     *     service did not act; the errors of {@link #list}. Cancel stops the polling
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
                    .repeatWhenEmpty(polls -> polls.takeWhile(poll -> System.nanoTime() - start < within.toNanos())
                            .delayElements(BETWEEN_POLLS));
        });
    }
}
