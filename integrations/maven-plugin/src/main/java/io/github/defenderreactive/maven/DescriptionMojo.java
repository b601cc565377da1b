package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.Description;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** A goal that reads a description with its overlays. */
abstract class DescriptionMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @Nullable
    MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    @Nullable
    MojoExecution execution;

    /**
     * The description: the name of one that the artifact {@code defender-reactive-api-spec} contains, such as
     * {@code defender-endpoint}, or an OpenAPI 3.0 or 3.1 file, YAML or JSON. References to other files below the folder
     * of the file are followed.
     */
    @Parameter(property = "defender.description", required = true)
    @Nullable
    String description;

    /** Documents of the OpenAPI Overlay Specification 1.0 or 1.1, applied in this order. */
    @Parameter
    List<File> overlays = List.of();

    /** Whether an action of an overlay whose target selects nothing fails the build. Otherwise it is a warning. */
    @Parameter(property = "defender.strict", defaultValue = "false")
    boolean strict;

    /** Whether to skip the goal. */
    @Parameter(property = "defender.skip", defaultValue = "false")
    boolean skip;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped");
            return;
        }
        try {
            EditorSchema.write(workFolder().resolveSibling(""));
            run(read(
                    NamedDescriptions.file(description(), project().getBasedir().toPath(), workFolder())));
        } catch (DescriptionException e) {
            throw new MojoFailureException(Findings.text(e.findings()), null);
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    abstract void run(Description read) throws MojoFailureException, IOException;

    final Description read(Path file) throws MojoFailureException {
        Description read =
                Description.read(file, overlays.stream().map(File::toPath).toList());
        if (strict && !read.warnings().isEmpty()) {
            throw new MojoFailureException(Findings.text(read.warnings()));
        }
        read.warnings().forEach(getLog()::warn);
        return read;
    }

    /** Returns the folder of the files of this execution. */
    final Path workFolder() {
        String id = execution == null ? "default" : execution.getExecutionId();
        return Path.of(project().getBuild().getDirectory())
                .resolve("defender-reactive")
                .resolve(id);
    }

    final MavenProject project() {
        if (project == null) {
            throw new IllegalStateException("project is missing");
        }
        return project;
    }

    private String description() throws IOException {
        if (description == null) {
            throw new DescriptionException(
                    "description is missing; name one of " + NamedDescriptions.names() + ", or a file");
        }
        return description;
    }
}
