package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.InstantConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.ActionOptions;
import io.github.defenderreactive.client.liveresponse.LiveResponseSession;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** {@code defender live-response run}. */
@Command(
        name = "run",
        description = "Runs a script of the library on devices, waits for its end, and prints its output. The exit code"
                + " of the script is part of the output, and does not fail the command.")
final class LiveResponseRunCommand extends DeviceCommand<SessionRow> {

    private static final List<String> COLUMNS =
            List.of("machineId", "requested", "actionId", "status", "exitCode", "output", "errors", "error");

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

    @Override
    List<String> columns() {
        return COLUMNS;
    }

    @Override
    Duration timeout() {
        return timeout;
    }

    @Override
    String subject() {
        session();
        return "Script " + script;
    }

    @Override
    boolean isHarmful() {
        return true;
    }

    @Override
    SessionRow planned(String machineId, String status) {
        return SessionRow.planned(machineId, status);
    }

    @Override
    OutcomeRow receipt(SessionRow row) {
        return row.outcome();
    }

    @Override
    Flux<SessionRow> rows(DefenderClient client, List<String> machineIds, Failures failures) {
        ActionOptions.Builder options = ActionOptions.builder().cancelOnTimeout(cancelOnTimeout);
        if (resumeSince != null) {
            options.resumeSince(resumeSince);
        }
        return client.liveResponse()
                .runEach(Flux.fromIterable(machineIds), session(), options.build(), timeout)
                .doOnNext(outcome -> {
                    if (outcome.error() != null) {
                        failures.add(outcome.error());
                    }
                })
                .map(SessionRow::of);
    }

    private LiveResponseSession session() {
        if (script.isBlank()) {
            throw new UsageException("--script must not be blank");
        }
        LiveResponseSession.Builder session =
                LiveResponseSession.builder(comment()).replaceDifferent(replace);
        uploads.forEach(name -> session.upload(FileContent.of(FileName.of(name))));
        return (arguments == null ? session.runScript(script) : session.runScript(script, arguments)).build();
    }
}
