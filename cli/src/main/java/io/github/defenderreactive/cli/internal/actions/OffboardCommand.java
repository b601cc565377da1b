package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;

/** {@code defender machine offboard}. */
@Command(name = "offboard", description = "Offboards devices from the service.")
final class OffboardCommand extends MachineActionCommand {

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.offboard(comment);
    }

    @Override
    boolean isHarmful() {
        return true;
    }
}
