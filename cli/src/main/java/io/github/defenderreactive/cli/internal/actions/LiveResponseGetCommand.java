package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.InterruptibleWork;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.ActionTimeoutException;
import io.github.defenderreactive.client.liveresponse.CommandResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseException;
import io.github.defenderreactive.client.liveresponse.LiveResponseResult;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.runtime.pipeline.Download;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code defender live-response get}. */
@Command(name = "get", description = "Copies a file from a device. The service encloses it in a compressed archive.")
final class LiveResponseGetCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("machineId", "requested", "actionId", "status", "error", "file", "bytes", "sha256");

    @Parameters(index = "0", paramLabel = "DEVICE", description = "Id of the device.")
    private String machineId = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Path of the file on the device.")
    private String path = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "File to write, which appears when the download is complete.")
    private String out = "";

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "Longest time until the session has ended (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        if (machineId.isBlank() || path.isBlank()) {
            throw new UsageException("DEVICE and PATH must not be blank");
        }
        Path file = FileName.of(out);
        if (Files.isDirectory(file)) {
            throw new UsageException("--out must name a file: " + file + " is a directory");
        }
        LiveResponseSession session =
                LiveResponseSession.builder(request.comment()).getFile(path).build();
        if (request.isDryRun()) {
            print(Flux.just(SessionRow.planned(machineId, "DryRun").outcome()));
            return ExitCode.OK;
        }
        Failures failures = new Failures();
        try (Receipts receipts = request.receipts();
                Connection opened = Connection.open(connection)) {
            receipts.append(SessionRow.planned(machineId, "Requesting").outcome());
            print(copied(opened.client(), session, file, failures)
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(receipts::append)
                    .flux());
        }
        return failures.exitCode();
    }

    private Mono<OutcomeRow> copied(DefenderClient client, LiveResponseSession session, Path file, Failures failures) {
        return client.liveResponse()
                .run(machineId, session, timeout)
                .flatMap(result -> stored(result, file).onErrorResume(error -> {
                    failures.add(error);
                    return Mono.just(SessionRow.row(machineId, true, result.session(), error));
                }))
                .onErrorResume(error -> {
                    failures.add(error);
                    MachineAction ended = session(error);
                    return Mono.just(SessionRow.row(machineId, ended != null, ended, error));
                });
    }

    private Mono<OutcomeRow> stored(LiveResponseResult result, Path file) {
        OutcomeRow row = SessionRow.row(machineId, true, result.session(), null);
        Download download = result.commands().stream()
                .findFirst()
                .map(CommandResult::file)
                .orElseThrow(() -> new IllegalStateException(
                        "The session completed, but the service reports no copy of " + path + "; see the portal"));
        return download.to(file).map(row::with);
    }

    private static @Nullable MachineAction session(Throwable error) {
        if (error instanceof LiveResponseException failed && failed.result() != null) {
            return failed.result().session();
        }
        return error instanceof ActionTimeoutException late ? late.action() : null;
    }

    private void print(Flux<OutcomeRow> rows) {
        try (Output printed = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            // An interruption removes the partial file.
            InterruptibleWork.block(rows.publishOn(Schedulers.boundedElastic())
                    .doOnNext(printed::row)
                    .then());
        }
    }
}
