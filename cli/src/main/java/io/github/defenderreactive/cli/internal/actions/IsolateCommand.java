package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.model.IsolateMachineRequest;
import io.github.defenderreactive.client.model.IsolationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code defender machine isolate}. */
@Command(name = "isolate", description = "Isolates devices from the network.")
final class IsolateCommand extends MachineActionCommand {

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "Full",
            description = "Full, Selective or UnManagedDevice (default: ${DEFAULT-VALUE}).")
    private String type = "Full";

    @Override
    ActionRequest request(String comment) {
        IsolationType isolation = Values.known(IsolationType.known(type), "--type", type, IsolationType.values());
        return ActionRequest.isolate(IsolateMachineRequest.builder()
                .comment(comment)
                .isolationType(isolation)
                .build());
    }

    @Override
    boolean isHarmful() {
        return true;
    }
}
