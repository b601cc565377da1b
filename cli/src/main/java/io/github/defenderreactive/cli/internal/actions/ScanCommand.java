package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.client.action.ActionRequest;
import io.github.defenderreactive.client.model.ScanType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code defender machine scan}. */
@Command(name = "scan", description = "Scans devices for malware.")
final class ScanCommand extends MachineActionCommand {

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            defaultValue = "Quick",
            description = "Quick or Full (default: ${DEFAULT-VALUE}).")
    private String type = "Quick";

    @Override
    ActionRequest request(String comment) {
        return ActionRequest.runAntiVirusScan(
                Values.known(ScanType.known(type), "--type", type, ScanType.values()), comment);
    }

    @Override
    boolean isHarmful() {
        return false;
    }
}
