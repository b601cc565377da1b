package io.github.defenderreactive.cli;

import io.github.defenderreactive.cli.internal.actions.ActionCommand;
import io.github.defenderreactive.cli.internal.actions.LiveResponseCommand;
import io.github.defenderreactive.cli.internal.actions.MachineCommand;
import io.github.defenderreactive.cli.internal.alerts.AlertsCommand;
import io.github.defenderreactive.cli.internal.arguments.EnvironmentSource;
import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import io.github.defenderreactive.cli.internal.crawl.CrawlCommand;
import io.github.defenderreactive.cli.internal.drift.DriftCommand;
import io.github.defenderreactive.cli.internal.emulate.EmulatorCommand;
import io.github.defenderreactive.cli.internal.export.ExportCommand;
import io.github.defenderreactive.cli.internal.hunting.HuntCommand;
import io.github.defenderreactive.cli.internal.incidents.IncidentsCommand;
import io.github.defenderreactive.cli.internal.indicators.IndicatorsCommand;
import io.github.defenderreactive.cli.internal.operations.CallCommand;
import io.github.defenderreactive.cli.internal.operations.DownloadCommand;
import io.github.defenderreactive.cli.internal.operations.OperationsCommand;
import io.github.defenderreactive.cli.internal.shell.CompletionCommand;
import io.github.defenderreactive.cli.internal.token.PermissionsCommand;
import io.github.defenderreactive.cli.internal.token.TokenCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * The {@code defender} command, which requires one of its subcommands.
 *
 * @param variables the environment variables that it was started with
 */
@Command(
        name = "defender",
        description = "Calls Microsoft Defender for Endpoint or the built-in emulator.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        subcommands = {
            OperationsCommand.class,
            CallCommand.class,
            DownloadCommand.class,
            ExportCommand.class,
            CrawlCommand.class,
            DriftCommand.class,
            AlertsCommand.class,
            IncidentsCommand.class,
            MachineCommand.class,
            ActionCommand.class,
            LiveResponseCommand.class,
            HuntCommand.class,
            IndicatorsCommand.class,
            TokenCommand.class,
            PermissionsCommand.class,
            EmulatorCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:success",
            "1:other failure",
            "2:wrong usage",
            "3:authentication failed",
            "4:permission missing",
            "5:throttled",
            "6:not found",
            "7:service or network failed"
        })
record RootCommand(EnvironmentVariables variables) implements EnvironmentSource {}
