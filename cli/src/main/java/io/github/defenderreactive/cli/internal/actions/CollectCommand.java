package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;

/** {@code defender machine collect}. */
@Command(name = "collect", description = "Collects investigation packages.")
final class CollectCommand extends MachineActionCommand {

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.collectInvestigationPackage(comment);
    }

    @Override
    boolean isHarmful() {
        return false;
    }
}
