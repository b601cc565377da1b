package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
}
