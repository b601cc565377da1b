package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.MachineActions;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.action.WhenActive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A command that requests one action on the given devices. */
abstract class MachineActionCommand extends DeviceCommand<OutcomeRow> {

    private static final int COMPLETIONS = 4;
    private static final List<String> COLUMNS =
            List.of("machineId", "type", "requested", "actionId", "status", "error");

    @Option(names = "--wait", description = "Wait until the actions have ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "With --wait: longest time for each device (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(names = "--cancel-on-timeout", description = "With --wait: cancel actions that do not end in time.")
    private boolean cancelOnTimeout;

    @Option(
            names = "--when-active",
            paramLabel = "WHAT",
            defaultValue = "join",
            description = "If an action of the same kind is active on a device: join, wait, cancel or fail (default:"
                    + " ${DEFAULT-VALUE}).")
    private WhenActive whenActive = WhenActive.JOIN;

    @Option(
            names = "--resume-since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Continue a run that began at this time: an action with the same comment is not requested again.")
    private @Nullable Instant resumeSince;

    /** Returns the action to request. */
    abstract ActionRequest request(String comment);

    /** Completes the row of an action that succeeded or, without a wait, was accepted. */
    Mono<OutcomeRow> succeeded(DefenderClient client, OutcomeRow row) {
        return Mono.just(row);
    }

    /** Returns whether the command waits until the actions have ended. */
    final boolean waits() {
        return wait;
    }

    @Override
    List<String> columns() {
        return COLUMNS;
    }

    @Override
    final Duration timeout() {
        return timeout;
    }

    @Override
    final String subject() {
        return request(comment()).type().value();
    }

    @Override
    final OutcomeRow planned(String machineId, String status) {
        return OutcomeRow.planned(machineId, subject(), status);
    }

    @Override
    final OutcomeRow receipt(OutcomeRow row) {
        return row;
    }

    @Override
    final Flux<OutcomeRow> rows(DefenderClient client, List<String> machineIds, Failures failures) {
        ActionRequest request = request(comment());
        return outcomes(client.machineActions(), machineIds, request)
                .flatMap(outcome -> row(client, outcome, request.type().value(), failures), COMPLETIONS);
    }

    private Mono<OutcomeRow> row(DefenderClient client, ActionOutcome outcome, String type, Failures failures) {
        OutcomeRow row = OutcomeRow.of(outcome, type);
        if (outcome.error() != null) {
            failures.add(outcome.error());
            return Mono.just(row);
        }
        return succeeded(client, row).onErrorResume(error -> {
            failures.add(error);
            return Mono.just(row.failed(error));
        });
    }

    private Flux<ActionOutcome> outcomes(MachineActions actions, List<String> ids, ActionRequest request) {
        ActionOptions.Builder options =
                ActionOptions.builder().whenActive(whenActive).cancelOnTimeout(cancelOnTimeout);
        if (resumeSince != null) {
            options.resumeSince(resumeSince);
        }
        Flux<String> machines = Flux.fromIterable(ids);
        return wait
                ? actions.awaitEach(machines, request, options.build(), timeout)
                : actions.submitEach(machines, request, options.build());
    }
}
