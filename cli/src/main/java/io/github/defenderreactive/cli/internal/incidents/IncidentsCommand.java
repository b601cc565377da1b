package io.github.defenderreactive.cli.internal.incidents;

import picocli.CommandLine.Command;

/** {@code defender incidents}: the group of the commands for incidents. */
@Command(name = "incidents", description = "Reads and watches incidents.", subcommands = IncidentsStreamCommand.class)
public final class IncidentsCommand {

    IncidentsCommand() {}
}
