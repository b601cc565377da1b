package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.MachineActions;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.action.ActionOutcome;
import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.action.WhenActive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A command that requests one action on the given devices. */
abstract class MachineActionCommand implements Callable<Integer> {

    private static final int COMPLETIONS = 4;
    private static final List<String> COLUMNS =
            List.of("machineId", "type", "requested", "actionId", "status", "error");

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

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

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** Returns the action to request. */
    abstract ActionRequest request(String comment);

    /** Returns whether the action affects the use of a device, so that it must be confirmed. */
    abstract boolean isHarmful();

    /** Returns the columns of a table. */
    List<String> columns() {
        return COLUMNS;
    }

    /**
     * Checks the options of the command.
     *
     * @throws UsageException if they contradict each other
     */
    void check(List<String> machineIds, boolean waits) {}

    /** Completes the row of an action that succeeded or, without a wait, was accepted. */
    Mono<OutcomeRow> succeeded(DefenderClient client, OutcomeRow row) {
        return Mono.just(row);
    }

    @Override
    public Integer call() {
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        ActionRequest request = request(devices.comment());
        String type = request.type().value();
        List<String> ids = devices.confirmed(type, isHarmful());
        check(ids, wait);
        if (devices.isDryRun()) {
            print(Flux.fromIterable(ids).map(id -> OutcomeRow.planned(id, type, "DryRun")));
            return ExitCode.OK;
        }
        Failures failures = new Failures();
        try (Receipts receipts = devices.receipts();
                Connection opened = Connection.open(connection)) {
            opened.progress().expect("devices", ids.size());
            ids.forEach(id -> receipts.append(OutcomeRow.planned(id, type, "Requesting")));
            print(outcomes(opened.client().machineActions(), ids, request)
                    .flatMap(outcome -> row(opened.client(), outcome, type, failures), COMPLETIONS)
                    // Receipts are written to the disk.
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(row -> {
                        receipts.append(row);
                        opened.progress().add(1);
                    }));
        }
        return failures.exitCode();
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

    private void print(Flux<OutcomeRow> rows) {
        try (Output out = Output.standard(output.formatOr(Output.Format.JSON), columns())) {
            // An interruption removes the partial file of a download.
            InterruptibleWork.block(rows.publishOn(Schedulers.boundedElastic())
                    .doOnNext(out::row)
                    .then());
        }
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
