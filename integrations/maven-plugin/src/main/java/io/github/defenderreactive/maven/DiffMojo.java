package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.ApiChanges;
import io.github.defenderreactive.codegen.ApiDiff;
import io.github.defenderreactive.codegen.Description;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Compares a description with an older one by the Java code that is generated from them.
 *
 * <p>The reports are {@code target/defender-reactive/<execution>/api-diff.md} and {@code api-diff.json}.
 */
@Mojo(name = "diff", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class DiffMojo extends DescriptionMojo {

    /** The older description: a file, or the name of one that the artifact {@code defender-reactive-api-spec} contains. */
    @Parameter(property = "defender.baseline", required = true)
    @Nullable
    String baseline;

    /** Documents of the OpenAPI Overlay Specification that are applied to the older description. */
    @Parameter
    List<File> baselineOverlays = List.of();

    /**
     * What no change may affect: {@code source}, {@code binary}, {@code wire} and {@code behaviour}, with commas in
     * between, or {@code none}.
     */
    @Parameter(property = "defender.failOn", defaultValue = "none")
    String failOn = "none";

    @Override
    void run(Description read) throws MojoFailureException, IOException {
        Set<ApiChanges.Dimension> gate = gate();
        Path folder = Files.createDirectories(workFolder());
        ApiChanges changes = ApiDiff.between(older(folder), read);
        Path report = folder.resolve("api-diff.md");
        Files.writeString(report, changes.markdown(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("api-diff.json"), changes.json(), StandardCharsets.UTF_8);
        getLog().info(changes.summary() + ", see " + report);
        List<String> refused = changes.list().stream()
                .filter(change -> change.affected().stream().anyMatch(gate::contains))
                .map(change -> change.place() + ": " + change.text())
                .toList();
        if (!refused.isEmpty()) {
            throw new MojoFailureException(
                    refused.size() + (refused.size() == 1 ? " change affects " : " changes affect ") + failOn + ", see "
                            + report + ":\n" + String.join("\n", refused));
        }
    }

    private Description older(Path folder) throws IOException {
        if (baseline == null) {
            throw new DescriptionException("baseline is missing; name the older description");
        }
        Path file = NamedDescriptions.file(baseline, project().getBasedir().toPath(), folder.resolve("baseline"));
        return Description.read(
                file, baselineOverlays.stream().map(File::toPath).toList());
    }

    private Set<ApiChanges.Dimension> gate() {
        try {
            return ApiChanges.Dimension.parse(failOn);
        } catch (IllegalArgumentException e) {
            throw new DescriptionException("failOn: " + e.getMessage(), e);
        }
    }
}
