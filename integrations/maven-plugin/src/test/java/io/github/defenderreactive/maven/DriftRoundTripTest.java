package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.xdr.api.Operations;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.drift.DriftEntry;
import io.github.defenderreactive.runtime.drift.DriftRecorder;
import io.github.defenderreactive.runtime.drift.DriftReport;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From members and values that the description lacks to generated code that has them, by the proposed overlay. */
class DriftRoundTripTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Object last = "nothing";

    @Test
    void shouldFindNoDriftAfterRegenerationWithTheProposedOverlay() throws Exception {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(0).start()) {
            String id = emulator.tenant()
                    .allowingUnknown()
                    .incidents()
                    .add(Map.of(
                            "incidentName",
                            "Beacon",
                            "severity",
                            "Grave",
                            "riskScore",
                            87,
                            "moored",
                            List.of("2024-05-01T10:00:00Z"),
                            "crew",
                            Map.of("size", 3),
                            "mixed",
                            List.of(1, "two")));

            DriftReport before = read(emulator, id, Operations.GET_INCIDENT);
            assertThat(before.entries())
                    .filteredOn(entry -> entry.kind() != DriftEntry.Kind.NEVER_RECEIVED)
                    .extracting(DriftEntry::path)
                    .contains("crew", "mixed", "moored", "riskScore", "severity");

            Operation<?> regenerated = regenerated(before.overlay("defender-xdr"));
            DriftReport after = read(emulator, id, regenerated);

            assertThat(after.entries())
                    .filteredOn(entry -> entry.kind() != DriftEntry.Kind.NEVER_RECEIVED)
                    .isEmpty();
            assertThat(last)
                    .hasFieldOrPropertyWithValue("riskScore", 87L)
                    .hasFieldOrPropertyWithValue("moored", List.of(Instant.parse("2024-05-01T10:00:00Z")))
                    .extracting("severity")
                    .hasToString("Grave");
            assertThat(last.getClass().getMethod("riskScore").invoke(last)).isEqualTo(87L);
        }
    }

    private <T> DriftReport read(DefenderEmulator emulator, String id, Operation<T> operation) {
        DriftRecorder recorder = DriftRecorder.create();
        try (DefenderClient client = DefenderClient.builder()
                .connection(emulator.connection())
                .callListener(recorder)
                .build()) {
            last = client.single(operation.call().path("id", id).build()).block(PATIENCE);
        }
        return recorder.report();
    }

    /** Runs the goal as a project does, compiles all that it generated, and returns the operation. */
    private Operation<?> regenerated(String overlay) throws Exception {
        MavenProject project = new MavenProject();
        Build build = new Build();
        build.setDirectory(folder.resolve("target").toString());
        project.setBuild(build);
        project.setFile(folder.resolve("pom.xml").toFile());
        GenerateMojo goal = new GenerateMojo();
        goal.project = project;
        goal.execution = new MojoExecution(new MojoDescriptor(), "default");
        goal.description = "defender-xdr";
        goal.strict = true;
        goal.overlays = List.of(
                Files.writeString(folder.resolve("drift.overlay.yaml"), overlay).toFile());
        goal.basePackage = "org.example.soc";
        goal.output = folder.resolve("sources").toFile();
        goal.setLog(new SystemStreamLog());

        goal.execute();

        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(folder.resolve("sources"), classes);
        // Not closed, because the class may load others.
        URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        return (Operation<?>) loader.loadClass("org.example.soc.api.Operations")
                .getField("GET_INCIDENT")
                .get(null);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
                Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-proc:none", "-d", classes.toString());
            assertThat(compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(java))
                            .call())
                    .isTrue();
        }
    }
}
