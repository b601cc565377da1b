package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.codegen.Description;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {

    private static final String MISSING = "io.github.defenderreactive.client.model.Alert.lastUpdateTime(): Instant is"
            + " missing; used by io.github.defenderreactive.client.watch.AlertWatch(AlertWatch.java:";

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final LinkMojo goal = new LinkMojo();

    @BeforeEach
    void createGoal() {
        // the classes that a test does not generate
        Artifact others = artifact(Alert.class);
        others.setGroupId("com.example");
        goal.artifacts = List.of(artifact(DefenderClient.class), others, artifact(Pipeline.class));
        goal.classes = folder.resolve("classes").toFile();
        goal.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence content) {
                warnings.add(content.toString());
            }
        });
    }

    /** Returns the module that a class belongs to. */
    private static Artifact artifact(Class<?> type) {
        try {
            Path file = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Artifact artifact = new DefaultArtifact(
                    "io.github.defenderreactive",
                    "module-" + type.getSimpleName(),
                    "1",
                    "compile",
                    "jar",
                    null,
                    new DefaultArtifactHandler("jar"));
            artifact.setFile(file.toFile());
            return artifact;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Generates the models with an overlay, and compiles the one that it changes. */
    private void regenerateAlert(String action) throws IOException {
        Path overlay = Files.writeString(folder.resolve("ours.yaml"), """
                overlay: 1.0.0
                info: { title: Ours, version: '1' }
                actions:
                  - { %s }
                """.formatted(action));
        Path description = NamedDescriptions.file("defender-endpoint", folder, folder);
        Path sources = folder.resolve("sources");
        Description.read(description, List.of(overlay))
                .generate(
                        sources,
                        "io.github.defenderreactive.client.api",
                        Alert.class.getPackageName(),
                        "io.github.defenderreactive.client.query");
        File alert = sources.resolve(Alert.class.getName().replace('.', '/') + ".java")
                .toFile();
        Files.createDirectories(folder.resolve("classes"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.resolve("classes").toString(),
                        alert.toString());
        assertThat(result).isZero();
    }

    @Test
    void shouldNameTheCodeThatUsesAMissingMember() throws Exception {
        regenerateAlert("target: $.components.schemas.Alert.properties.lastUpdateTime,"
                + " update: { x-defender-name: changedAt }");

        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("The ready client needs what the generated classes lack.")
                .message()
                .contains("\n" + MISSING)
                .hasLineCount(2);

        goal.failOnMissing = false;
        goal.execute();
        assertThat(warnings).singleElement().asString().startsWith(MISSING);
    }

    @Test
    void shouldAcceptClassesThatHaveMoreMembers() throws Exception {
        regenerateAlert("target: $.components.schemas.Alert.properties, update: { weight: { type: integer } }");

        assertThatCode(goal::execute).doesNotThrowAnyException();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldNameMissingClasses() {
        goal.artifacts = List.of(artifact(DefenderClient.class), artifact(Pipeline.class));

        assertThatThrownBy(goal::execute)
                .message()
                .contains("\nio.github.defenderreactive.client.xdr.api.DefenderXdr is missing; used by"
                        + " io.github.defenderreactive.client.Xdr(Xdr.java)");
    }

    @Test
    void shouldRefuseTheGeneratedClassesOfTheReadyClient() {
        Artifact generated = artifact(Alert.class);
        generated.setArtifactId("defender-reactive-client-api");
        goal.artifacts = List.of(artifact(DefenderClient.class), generated);

        assertThatThrownBy(goal::execute)
                .hasMessage("defender-reactive-client-api is a dependency of the project, so that its classes exist"
                        + " twice; exclude it from defender-reactive-client");
    }
}
