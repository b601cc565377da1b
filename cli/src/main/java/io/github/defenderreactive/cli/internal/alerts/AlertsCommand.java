package io.github.defenderreactive.cli.internal.alerts;

import picocli.CommandLine.Command;

/** {@code defender alerts}: the group of the commands for alerts. */
@Command(name = "alerts", description = "Reads and watches alerts.", subcommands = AlertsStreamCommand.class)
public final class AlertsCommand {

    AlertsCommand() {}
}
