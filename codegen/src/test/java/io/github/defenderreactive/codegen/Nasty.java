package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** The description of the tests, which holds everything that is hard, and runs of the generator over it. */
final class Nasty {

    static final Path FOLDER = Path.of("src", "test", "resources", "nasty");
    static final Packages PACKAGES = new Packages("harbour.model", "harbour.query", "harbour.api");

    private Nasty() {}

    static ObjectNode bundle() {
        return new Bundle(FOLDER.resolve("openapi.yaml")).build();
    }

    /** Runs the generator as the Maven plugin does. */
    static void generate(ObjectNode bundle, Path workspace) throws IOException {
        Path description = workspace.resolve("harbour.yaml");
        Files.createDirectories(workspace);
        Files.writeString(description, BundleText.yaml(bundle), StandardCharsets.UTF_8);
        CodegenConfigurator configuration = new CodegenConfigurator()
                .setGeneratorName("defender-reactive")
                .setInputSpec(description.toString())
                .setOutputDir(output(workspace).toString())
                .setApiPackage(PACKAGES.api())
                .setModelPackage(PACKAGES.model())
                .setEnableMinimalUpdate(true);
        DefaultGenerator generator = new DefaultGenerator();
        generator.setGenerateMetadata(false);
        generator.opts(configuration.toClientOptInput()).generate();
    }

    static Path output(Path workspace) {
        return workspace.resolve("out");
    }

    /** The Java files below a folder, by path with slashes. */
    static Map<String, String> javaFiles(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> file.toString().endsWith(".java"))
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), text(file)));
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
