package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.action.InvestigationAction;
import io.github.defenderreactive.client.action.InvestigationException;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code defender machine investigate}: starts automated investigations, which have states of their own. */
@Command(
        name = "investigate",
        description =
                "Starts automated investigations, at most 50 an hour. The option --wait fails if one does not end with a"
                        + " result.")
final class InvestigateCommand implements Callable<Integer> {

    private static final String TYPE = "StartInvestigation";
    private static final List<String> COLUMNS =
            List.of("machineId", "type", "requested", "actionId", "status", "error");

    /** Number of investigations that are followed at the same time. */
    private static final int CONCURRENCY = 50;

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Option(names = "--wait", description = "Wait until the investigations have ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description = "With --wait: longest time for each device (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofHours(2);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        String comment = devices.comment();
        List<String> ids = devices.confirmed(TYPE, false);
        if (devices.isDryRun()) {
            print(Flux.fromIterable(ids).map(id -> OutcomeRow.planned(id, TYPE, "DryRun")));
            return ExitCode.OK;
        }
        Failures failures = new Failures();
        try (Receipts receipts = devices.receipts();
                Connection opened = Connection.open(connection)) {
            opened.progress().expect("devices", ids.size());
            ids.forEach(id -> receipts.append(OutcomeRow.planned(id, TYPE, "Requesting")));
            print(Flux.fromIterable(ids)
                    .flatMap(
                            id -> investigated(
                                    opened.client().machineActions().investigation(id, comment), id, failures),
                            CONCURRENCY)
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(receipts::append)
                    .doOnNext(row -> opened.progress().add(1)));
        }
        return failures.exitCode();
    }

    private Mono<OutcomeRow> investigated(InvestigationAction investigation, String id, Failures failures) {
        return (wait ? investigation.await(timeout) : investigation.submit())
                .map(state -> row(id, state, null))
                .onErrorResume(error -> {
                    failures.add(error);
                    return Mono.just(row(
                            id, error instanceof InvestigationException ended ? ended.investigation() : null, error));
                });
    }

    private static OutcomeRow row(String id, @Nullable Investigation investigation, @Nullable Throwable error) {
        boolean lost = error instanceof OutcomeUnknownException;
        return new OutcomeRow(
                id,
                TYPE,
                lost || investigation != null,
                investigation == null ? null : investigation.id(),
                investigation != null
                        ? String.valueOf(investigation.state())
                        : lost ? "OutcomeUnknown" : "NotRequested",
                error == null ? null : String.valueOf(error.getMessage()),
                null);
    }

    private void print(Flux<OutcomeRow> rows) {
        try (Output out = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Printing.print(rows, out);
        }
    }
}
