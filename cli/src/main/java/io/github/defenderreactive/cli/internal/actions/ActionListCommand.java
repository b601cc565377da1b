package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Limits;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.query.ListMachineActionsQuery;
import io.github.defenderreactive.runtime.odata.Filter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** {@code defender action list}. */
@Command(name = "list", description = "Prints response actions in wire form, one per line.")
final class ActionListCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "creationDateTimeUtc",
            "type",
            "status",
            "machineId",
            "computerDnsName",
            "requestor",
            "requestorComment",
            "id");

    @Option(names = "--filter", paramLabel = "ODATA", description = "OData filter, sent unchanged.")
    private @Nullable String filter;

    @Option(names = "--active", description = "Only actions that have not ended.")
    private boolean active;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N actions.")
    private @Nullable Long limit;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        ListMachineActionsQuery.Builder query = ListMachineActionsQuery.builder();
        if (filter != null) {
            if (filter.isBlank()) {
                throw new UsageException("--filter must not be blank");
            }
            query.filter(Filter.raw(filter));
        }
        try (Connection opened = Connection.open(connection);
                Output rows = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            Flux<MachineAction> actions = opened.client().machineActions().list(query.build());
            opened.progress().expect("actions", Limits.total(limit));
            Printing.print(
                    Limits.take(active ? actions.filter(ActionListCommand::isActive) : actions, limit),
                    rows,
                    opened.progress());
        }
        return ExitCode.OK;
    }

    private static boolean isActive(MachineAction action) {
        MachineActionStatus status = action.status();
        return status == null || !status.isFinal();
    }
}
