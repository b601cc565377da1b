package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.MachineActions;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.StartInvestigationRequest;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code defender machine investigate}: starts automated investigations, which have states of their own. */
@Command(
        name = "investigate",
        description =
                "Starts automated investigations, at most 50 an hour. 'defender call getInvestigation' shows their"
                        + " progress.")
final class InvestigateCommand implements Callable<Integer> {

    private static final String TYPE = "StartInvestigation";
    private static final List<String> COLUMNS =
            List.of("machineId", "type", "requested", "actionId", "status", "error");

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        StartInvestigationRequest request =
                StartInvestigationRequest.builder().comment(devices.comment()).build();
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
                    .concatMap(id -> started(opened.client().machineActions(), id, request, failures))
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(receipts::append)
                    .doOnNext(row -> opened.progress().add(1)));
        }
        return failures.exitCode();
    }

    private static Mono<OutcomeRow> started(
            MachineActions actions, String id, StartInvestigationRequest request, Failures failures) {
        return actions.startInvestigation(id, request)
                .map(investigation -> row(id, investigation, null))
                .onErrorResume(error -> {
                    failures.add(error);
                    return Mono.just(row(id, null, error));
                });
    }

    private static OutcomeRow row(String id, @Nullable Investigation investigation, @Nullable Throwable error) {
        if (investigation != null) {
            return new OutcomeRow(id, TYPE, true, investigation.id(), String.valueOf(investigation.state()), null);
        }
        boolean lost = error instanceof OutcomeUnknownException;
        return new OutcomeRow(
                id,
                TYPE,
                lost,
                null,
                lost ? "OutcomeUnknown" : "NotRequested",
                error == null ? null : error.getMessage());
    }

    private void print(Flux<OutcomeRow> rows) {
        try (Output out = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Printing.print(rows, out);
        }
    }
}
