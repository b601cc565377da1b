package io.github.defenderreactive.cli.internal.actions;

import picocli.CommandLine.Command;

/** {@code defender live-response}: the group of the commands for live response. */
@Command(
        name = "live-response",
        description = "Uploads files to the library, runs scripts on devices, and copies files from them.",
        subcommands = {LiveResponseUploadCommand.class, LiveResponseRunCommand.class, LiveResponseGetCommand.class})
public final class LiveResponseCommand {

    LiveResponseCommand() {}
}
