package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;

/** {@code defender machine release}. */
@Command(name = "release", description = "Releases devices from isolation.")
final class ReleaseCommand extends MachineActionCommand {

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.unisolate(comment);
    }

    @Override
    boolean isHarmful() {
        return false;
    }
}
