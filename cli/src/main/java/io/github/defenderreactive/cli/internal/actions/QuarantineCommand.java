package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.action.ActionRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code defender machine quarantine}. */
@Command(name = "quarantine", description = "Stops a file on devices and quarantines it.")
final class QuarantineCommand extends MachineActionCommand {

    @Option(names = "--sha1", paramLabel = "HASH", required = true, description = "SHA-1 of the file.")
    private String sha1 = "";

    @Override
    ActionRequest request(String comment) {
        if (!sha1.matches("[0-9A-Fa-f]{40}")) {
            throw new UsageException("--sha1 must have 40 hexadecimal digits, was " + sha1);
        }
        return ActionRequest.stopAndQuarantineFile(sha1, comment);
    }

    @Override
    boolean isHarmful() {
        return true;
    }
}
