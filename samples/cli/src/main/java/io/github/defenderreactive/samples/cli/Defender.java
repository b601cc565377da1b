package io.github.defenderreactive.samples.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The {@code defender} command. */
@Command(
        name = "defender",
        description = "Talks to Microsoft Defender for Endpoint, or to the built-in emulator.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "defender 0.1.0",
        subcommands = {
            OperationsCommand.class,
            CallCommand.class,
            DownloadCommand.class,
            CrawlCommand.class,
            AlertsCommand.class
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
public final class Defender {

    private Defender() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine command = new CommandLine(new Defender());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        // --body @FILE is ours to read; the library would take the file's words for arguments.
        command.setExpandAtFiles(false);
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            Throwable cause = reactor.core.Exceptions.unwrap(failure);
            if (BrokenPipe.caused(cause)) {
                return ExitCode.OK;
            }
            PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
            err.println("defender: "
                    + TableOutput.escaped(String.valueOf(
                            cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())));
            return ExitCode.of(cause);
        });
        return command.execute(arguments);
    }
}
