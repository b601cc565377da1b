package io.github.defenderreactive.cli.internal.shell;

import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender completion}: prints a script with which a shell completes the command. */
@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands and options. For bash:"
                + " source <(defender completion bash)")
public final class CompletionCommand implements Callable<Integer> {

    /** The supported shells. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Loads the completion of bash into zsh, before the script. */
    private static final String BASH_COMPLETION_IN_ZSH =
            "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand() {}

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        String script = AutoComplete.bash(root.getCommandName(), root);
        System.out.print(shell == Shell.ZSH ? BASH_COMPLETION_IN_ZSH + script : script);
        System.out.flush();
        return ExitCode.OK;
    }
}
