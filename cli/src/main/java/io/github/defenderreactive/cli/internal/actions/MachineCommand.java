package io.github.defenderreactive.cli.internal.actions;

import picocli.CommandLine.Command;

/** {@code defender machine}: the group of the commands for response actions on devices. */
@Command(
        name = "machine",
        description = "Requests response actions on devices.",
        subcommands = {
            IsolateCommand.class,
            ReleaseCommand.class,
            RestrictCommand.class,
            UnrestrictCommand.class,
            ScanCommand.class,
            CollectCommand.class,
            QuarantineCommand.class,
            OffboardCommand.class,
            InvestigateCommand.class
        })
public final class MachineCommand {

    MachineCommand() {}
}
