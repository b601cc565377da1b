package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code defender live-response run}. */
@Command(
        name = "run",
        description = "Runs a script of the library on devices, waits for its end, and prints its output. The exit code"
                + " of the script is part of the output, and does not fail the command.")
final class LiveResponseRunCommand implements Callable<Integer> {

    private static final List<String> COLUMNS =
            List.of("machineId", "requested", "actionId", "status", "exitCode", "output", "errors", "error");

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Option(
            names = "--script",
            paramLabel = "NAME",
            required = true,
            description = "Name of the script in the library.")
    private String script = "";

    @Option(names = "--args", paramLabel = "TEXT", description = "Arguments of the script as one text.")
    private @Nullable String arguments;

    @Option(
            names = "--upload",
            paramLabel = "FILE",
            description = "File to upload to the library before, unless it holds the same content. Can be repeated.")
    private List<String> uploads = List.of();

    @Option(names = "--replace", description = "With --upload: replace files of the library that have other content.")
    private boolean replace;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "30m",
            converter = DurationConverter.class,
            description = "Longest time for each device, with the wait for a session (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Option(names = "--cancel-on-timeout", description = "Cancel sessions that do not end in time.")
    private boolean cancelOnTimeout;

    @Option(
            names = "--resume-since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description =
                    "Continue a run that began at this time: a session with the same comment is not requested again.")
    private @Nullable Instant resumeSince;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        LiveResponseSession session = session();
        List<String> ids = devices.confirmed("Script " + script, true);
        if (devices.isDryRun()) {
            print(Flux.fromIterable(ids).map(id -> SessionRow.planned(id, "DryRun")));
            return ExitCode.OK;
        }
        ActionOptions.Builder options = ActionOptions.builder().cancelOnTimeout(cancelOnTimeout);
        if (resumeSince != null) {
            options.resumeSince(resumeSince);
        }
        Failures failures = new Failures();
        try (Receipts receipts = devices.receipts();
                Connection opened = Connection.open(connection)) {
            opened.progress().expect("devices", ids.size());
            ids.forEach(
                    id -> receipts.append(SessionRow.planned(id, "Requesting").outcome()));
            print(opened.client()
                    .liveResponse()
                    .runEach(Flux.fromIterable(ids), session, options.build(), timeout)
                    // Receipts are written to the disk.
                    .publishOn(Schedulers.boundedElastic())
                    .map(outcome -> {
                        SessionRow row = SessionRow.of(outcome);
                        receipts.append(row.outcome());
                        if (outcome.error() != null) {
                            failures.add(outcome.error());
                        }
                        opened.progress().add(1);
                        return row;
                    }));
        }
        return failures.exitCode();
    }

    private LiveResponseSession session() {
        if (script.isBlank()) {
            throw new UsageException("--script must not be blank");
        }
        LiveResponseSession.Builder session =
                LiveResponseSession.builder(devices.comment()).replaceDifferent(replace);
        uploads.forEach(name -> session.upload(FileContent.of(FileName.of(name))));
        return (arguments == null ? session.runScript(script) : session.runScript(script, arguments)).build();
    }

    private void print(Flux<SessionRow> rows) {
        try (Output out = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Printing.print(rows, out);
        }
    }
}
