package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;

/** {@code defender machine restrict}. */
@Command(name = "restrict", description = "Restricts devices to a predefined set of applications.")
final class RestrictCommand extends MachineActionCommand {

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.restrictCodeExecution(comment);
    }

    @Override
    boolean isHarmful() {
        return true;
    }
}
