package io.github.defenderreactive.cli;

import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.arguments.UndecodedText;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.cli.internal.process.FatalErrors;
import io.github.defenderreactive.cli.internal.terminal.BrokenPipe;
import io.github.defenderreactive.cli.internal.terminal.Messages;
import io.github.defenderreactive.cli.internal.terminal.StandardOutput;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The {@code defender} command. */
public final class Defender {

    private Defender() {}

    /**
     * Runs the command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        FatalErrors.install();
        StandardOutput.install();
        System.exit(run(System.getenv(), arguments));
    }

    static int run(Map<String, String> environment, String... arguments) {
        try {
            UndecodedText.rejectArguments(arguments);
        } catch (UsageException undecoded) {
            return failed(undecoded);
        }
        CommandLine command = new CommandLine(new RootCommand(new EnvironmentVariables(environment)));
        command.registerConverter(Path.class, new FileName());
        command.setCaseInsensitiveEnumValuesAllowed(true);
        // The command itself reads --body @FILE; picocli would replace it by the words of the file.
        command.setExpandAtFiles(false);
        command.setExecutionExceptionHandler((failure, line, parsed) -> failed(failure));
        command.setExecutionStrategy(Defender::execute);
        return command.execute(arguments);
    }

    private static int execute(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (UncheckedIOException unprinted) {
            // The handler is not invoked if help or version cannot be printed.
            return failed(unprinted);
        }
    }

    private static int failed(Exception failure) {
        Throwable cause = reactor.core.Exceptions.unwrap(failure);
        if (BrokenPipe.isCauseOf(cause)) {
            return ExitCode.OK;
        }
        Messages.print("defender: " + message(cause));
        return ExitCode.of(cause);
    }

    private static String message(Throwable failure) {
        VirtualMachineError error = FatalErrors.virtualMachineError(failure);
        if (error != null) {
            return FatalErrors.message(error);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
