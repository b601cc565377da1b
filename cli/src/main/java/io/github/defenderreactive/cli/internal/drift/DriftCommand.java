package io.github.defenderreactive.cli.internal.drift;

import picocli.CommandLine.Command;

/** {@code defender drift}: the group of the commands for changes of the service. */
@Command(
        name = "drift",
        description = "Detects differences between the service and its API description.",
        subcommands = DriftReportCommand.class)
public final class DriftCommand {

    DriftCommand() {}
}
