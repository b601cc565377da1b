package io.github.defenderreactive.client;

import io.github.defenderreactive.client.api.MachineActionsApi;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionType;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.client.query.MachineActionFields;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Response actions on devices, with a lookup of actions whose response was lost. Returned by
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
