package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.Description;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Generates a client from a description, and adds it to the sources of the project.
 *
 * <p>The description after the overlays is written to {@code target/defender-reactive/<execution>/description.yaml}.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends DescriptionMojo {

    /** The package whose subpackages {@code api}, {@code model} and {@code query} are generated. */
    @Parameter(property = "defender.basePackage")
    @Nullable
    String basePackage;

    /** The package of the operations. Default: {@code api} in the base package. */
    @Parameter
    @Nullable
    String apiPackage;

    /** The package of the models. Default: {@code model} in the base package. */
    @Parameter
    @Nullable
    String modelPackage;

    /** The package of the query objects. Default: {@code query} in the base package. */
    @Parameter
    @Nullable
    String queryPackage;

    /** The folder of the generated sources, which several executions may share. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/defender-reactive")
    @Nullable
    File output;

    @Override
    void run(Description read) throws IOException {
        Path folder = output();
        read.write(workFolder().resolve("description.yaml"));
        read.generate(folder, name(apiPackage, "api"), name(modelPackage, "model"), name(queryPackage, "query"));
        project().addCompileSourceRoot(folder.toString());
    }

    private String name(@Nullable String given, String suffix) {
        if (given == null && basePackage == null) {
            throw new DescriptionException("basePackage is missing; add <basePackage>, such as com.example.security");
        }
        return given == null ? basePackage + "." + suffix : given;
    }

    private Path output() {
        if (output == null) {
            throw new IllegalStateException("output is missing");
        }
        return output.toPath().toAbsolutePath().normalize();
    }
}
