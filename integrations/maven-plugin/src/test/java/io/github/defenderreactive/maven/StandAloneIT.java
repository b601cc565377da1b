package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.DefenderEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the guide, run in a project outside of this build. */
class StandAloneIT {

    @TempDir
    Path folder;

    @Test
    void shouldRegenerateWithAMemberThatTheDescriptionLacks() throws IOException {
        MavenProject project = MavenProject.copy("regenerate", folder);

        String command = "-q compile exec:java";
        assertThat(Path.of("..", "..", "docs", "regenerate.md")).content().contains("`mvn " + command + "`");

        assertThat(project.run(command.split(" ")))
                .as(() -> String.join("\n", project.output()))
                .isZero();

        assertThat(project.output()).contains("Beacon has the risk score 87");
        assertThat(folder.resolve("target/defender-reactive/default/description.yaml"))
                .content()
                .contains("riskScore:");
    }

    @Test
    @Tag("slow")
    void shouldReplaceTheModelsOfTheReadyClient() throws IOException {
        MavenProject project = MavenProject.copy("replace", folder);

        assertThat(project.run("-q", "process-classes", "exec:java"))
                .as(() -> String.join("\n", project.output()))
                .isZero();

        assertThat(project.output()).contains("Beacon has the risk score 87");
    }

    /** From a change of the service to code that reads it, without a line of Java. */
    @Test
    @Tag("slow")
    void shouldRegenerateWithWhatTheReportProposes() throws Exception {
        MavenProject project = MavenProject.copy("regenerate", folder);
        Path overlay = folder.resolve("api/ours.overlay.yaml");
        Files.delete(overlay);

        try (DefenderEmulator emulator =
                DefenderEmulator.builder().size(50).plainHttp(true).start()) {
            emulator.tenant().allowingUnknown().alerts().add(Map.of("title", "Sentry", "riskScore", 12));
            assertThat(defender(emulator, "drift", "report", "--overlay", overlay.toString()))
                    .isZero();
        }
        assertThat(project.run("-q", "compile", "exec:java"))
                .as(() -> String.join("\n", project.output()))
                .isZero();

        assertThat(project.output()).contains("Beacon has the risk score 87");
    }

    /** Runs the command, and returns its exit code. */
    private static int defender(DefenderEmulator emulator, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-jar",
                // The command is a program, not a dependency.
                Path.of(System.getProperty("samples"), "..", "cli", "target", "defender.jar")
                        .toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--base-url", emulator.baseUrl().toString()));
        command.addAll(List.of("--authority", emulator.authority().toString()));
        command.addAll(List.of("--tenant", emulator.tenantId(), "--client-id", emulator.clientId()));
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("DEFENDER_CLIENT_SECRET", emulator.clientSecret());
        return process.start().waitFor();
    }
}
