package io.github.defenderreactive.cli.internal.indicators;

import picocli.CommandLine.Command;

/** {@code defender indicators}: the group of the commands for indicators. */
@Command(
        name = "indicators",
        description = "Keeps indicators in a wanted state.",
        subcommands = IndicatorsSyncCommand.class)
public final class IndicatorsCommand {

    IndicatorsCommand() {}
}
