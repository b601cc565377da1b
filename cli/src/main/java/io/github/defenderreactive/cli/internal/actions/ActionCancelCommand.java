package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code defender action cancel}. */
@Command(name = "cancel", description = "Cancels actions that have not ended, and waits until they have.")
final class ActionCancelCommand implements Callable<Integer> {

    private static final int CONCURRENCY = 8;
    private static final List<String> COLUMNS = List.of("machineId", "type", "actionId", "status");

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the actions.")
    private List<String> actionIds = List.of();

    @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "Reason of the cancellation.")
    private String comment = "";

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "5m",
            converter = DurationConverter.class,
            description = "Longest time until an action has ended (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description = "File to which a JSON line is appended after each cancellation.")
    private @Nullable Path receipts;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        if (comment.isBlank()) {
            throw new UsageException("--comment must not be blank");
        }
        if (timeout.isZero()) {
            throw new UsageException("--timeout must be positive");
        }
        Set<String> ids = new LinkedHashSet<>(actionIds);
        Failures failures = new Failures();
        try (Receipts file = Receipts.open(receipts, comment);
                Connection opened = Connection.open(connection);
                Output out = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            opened.progress().expect("actions", ids.size());
            Flux<OutcomeRow> rows = Flux.fromIterable(ids)
                    .flatMap(
                            id -> opened.client()
                                    .machineActions()
                                    .cancelAndAwait(id, comment, timeout)
                                    .map(end -> OutcomeRow.of(end, null))
                                    .onErrorResume(error -> {
                                        failures.add(error);
                                        Messages.print("defender: " + error.getMessage());
                                        return Mono.empty();
                                    }),
                            CONCURRENCY)
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(file::append);
            Printing.print(rows, out, opened.progress());
        }
        return failures.exitCode();
    }
}
