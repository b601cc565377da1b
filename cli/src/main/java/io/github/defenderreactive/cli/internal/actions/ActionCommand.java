package io.github.defenderreactive.cli.internal.actions;

import picocli.CommandLine.Command;

/** {@code defender action}: the group of the commands for actions that were requested before. */
@Command(
        name = "action",
        description = "Lists, watches and cancels response actions.",
        subcommands = {ActionListCommand.class, ActionWatchCommand.class, ActionCancelCommand.class})
public final class ActionCommand {

    ActionCommand() {}
}
