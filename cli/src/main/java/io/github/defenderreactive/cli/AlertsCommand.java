package io.github.defenderreactive.cli;

import picocli.CommandLine.Command;

/** Groups what is done with alerts. */
@Command(name = "alerts", description = "Works with alerts.", subcommands = AlertsStreamCommand.class)
final class AlertsCommand {}
