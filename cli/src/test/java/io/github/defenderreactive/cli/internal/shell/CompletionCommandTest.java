package io.github.defenderreactive.cli.internal.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    private Path directory;

    @Test
    void shouldCompleteCommandsInBash() throws Exception {
        Path script = Files.writeString(
                directory.resolve("completion"),
                CommandLineRun.of("completion", "bash").out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source \"$0\"; COMP_WORDS=(defender al); COMP_CWORD=1; _complete_defender;"
                                + " echo \"${COMPREPLY[@]}\"",
                        script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(new String(bash.getInputStream().readAllBytes())).isEqualTo("alerts\n");
    }

    @Test
    void shouldLoadTheCompletionOfBashIntoZsh() {
        String bash = CommandLineRun.of("completion", "bash").out();
        String zsh = CommandLineRun.of("completion", "zsh").out();

        assertThat(zsh).startsWith("autoload").contains("bashcompinit").endsWith(bash);
    }

    @Test
    void shouldRefuseAnotherShell() {
        CommandLineRun run = CommandLineRun.of("completion", "fish");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("fish", "bash", "zsh");
    }
}
