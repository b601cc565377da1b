package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.DurationConverter;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.action.InvestigationAction;
import io.github.defenderreactive.client.action.InvestigationException;
import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code defender machine investigate}: starts automated investigations, which have states of their own. */
@Command(
        name = "investigate",
        description =
                "Starts automated investigations, at most 50 an hour. The option --wait fails if one does not end with a"
                        + " result.")
final class InvestigateCommand extends DeviceCommand<OutcomeRow> {

    private static final String TYPE = "StartInvestigation";
    private static final List<String> COLUMNS =
            List.of("machineId", "type", "requested", "actionId", "status", "error");

    /** Number of investigations that are followed at the same time. */
    private static final int CONCURRENCY = 50;

    @Option(names = "--wait", description = "Wait until the investigations have ended.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            defaultValue = "2h",
            converter = DurationConverter.class,
            description = "With --wait: longest time for each device (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofHours(2);

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
        comment();
        return TYPE;
    }

    @Override
    boolean isHarmful() {
        return false;
    }

    @Override
    OutcomeRow planned(String machineId, String status) {
        return OutcomeRow.planned(machineId, TYPE, status);
    }

    @Override
    OutcomeRow receipt(OutcomeRow row) {
        return row;
    }

    @Override
    Flux<OutcomeRow> rows(DefenderClient client, List<String> machineIds, Failures failures) {
        return Flux.fromIterable(machineIds)
                .flatMap(
                        id -> investigated(client.machineActions().investigation(id, comment()), id, failures),
                        CONCURRENCY);
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
}
