package io.github.defenderreactive.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the ready client works with the generated classes of the project, which replace those of
 * {@code defender-reactive-client-api}. It names the code that uses a class or member that they lack, which otherwise
 * fails at run time with a {@code NoSuchMethodError}.
 */
@Mojo(
        name = "link",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class LinkMojo extends AbstractMojo {

    private static final String GROUP = "io.github.defenderreactive";
    private static final String GENERATED = "defender-reactive-client-api";

    @Parameter(defaultValue = "${project.artifacts}", readonly = true, required = true)
    Iterable<Artifact> artifacts = List.of();

    @Parameter(defaultValue = "${project.build.outputDirectory}", readonly = true, required = true)
    @Nullable
    File classes;

    /** Fails the build if a class or member is missing. Otherwise each is a warning. */
    @Parameter(property = "defender.link.fail", defaultValue = "true")
    boolean failOnMissing = true;

    /** Skips the goal. */
    @Parameter(property = "defender.skip", defaultValue = "false")
    boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("skipped");
            return;
        }
        List<Path> entries = new ArrayList<>();
        if (classes != null) {
            entries.add(classes.toPath());
        }
        List<Path> checked = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            Path file = artifact.getFile().toPath();
            entries.add(file);
            if (artifact.getGroupId().equals(GROUP)) {
                if (artifact.getArtifactId().equals(GENERATED)) {
                    throw new MojoFailureException(GENERATED + " is a dependency of the project, so that its classes"
                            + " exist twice; exclude it from defender-reactive-client");
                }
                checked.add(file);
            }
        }
        report(findings(entries, checked));
    }

    private static List<String> findings(List<Path> entries, List<Path> checked) throws MojoExecutionException {
        try (ClassPath classPath = new ClassPath(entries)) {
            LinkCheck check = new LinkCheck(classPath);
            for (Path jar : checked) {
                check.check(jar);
            }
            return check.findings();
        } catch (IOException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
    }

    private void report(List<String> findings) throws MojoFailureException {
        if (findings.isEmpty()) {
            getLog().info("The ready client works with the generated classes");
        } else if (failOnMissing) {
            throw new MojoFailureException("The ready client needs what the generated classes lack. Correct the"
                    + " description, or set failOnMissing to false if the named code is not used:\n"
                    + String.join("\n", findings));
        } else {
            findings.forEach(getLog()::warn);
        }
    }
}
