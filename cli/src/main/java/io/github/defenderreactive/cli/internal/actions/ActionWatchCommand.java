package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.FlushedLines;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.cli.internal.terminal.Terminal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** {@code defender action watch}: follows actions to their ends, with one poll for all of them. */
@Command(
        name = "watch",
        description = "Prints each state of actions, one per line, until all have ended. Fails if one did not succeed.")
final class ActionWatchCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of the actions.")
    private List<String> actionIds = List.of();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() {
        Failures failures = new Failures();
        Set<String> ids = new LinkedHashSet<>(actionIds);
        FlushedLines lines = new FlushedLines(System.out, Terminal.isStandardOutput());
        try (Connection opened = Connection.open(connection)) {
            opened.progress().expect("actions", ids.size());
            Flux.fromIterable(ids)
                    .flatMap(
                            id -> opened.client()
                                    .machineActions()
                                    .follow(id)
                                    .onErrorResume(error -> {
                                        failures.add(error);
                                        Messages.print("defender: " + error.getMessage());
                                        return Flux.empty();
                                    })
                                    .doOnComplete(() -> opened.progress().add(1)),
                            ids.size())
                    .publishOn(Schedulers.boundedElastic())
                    .doOnNext(lines::line)
                    .then()
                    .block();
        }
        return failures.exitCode();
    }
}
