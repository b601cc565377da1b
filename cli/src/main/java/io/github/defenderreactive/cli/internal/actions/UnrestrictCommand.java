package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;

/** {@code defender machine unrestrict}. */
@Command(name = "unrestrict", description = "Removes the restriction of applications.")
final class UnrestrictCommand extends MachineActionCommand {

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.unrestrictCodeExecution(comment);
    }

    @Override
    boolean isHarmful() {
        return false;
    }
}
