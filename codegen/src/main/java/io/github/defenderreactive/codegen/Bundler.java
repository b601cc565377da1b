package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bundles an OpenAPI 3.1 description of several files into one file.
 *
 * <p>Every {@code $ref} of the result points into the result: path items are inlined; schemas, parameters, responses,
 * request bodies, headers and examples are moved to {@code components} under their own names. A reference names a
 * complete definition: {@code file.yaml#/Name}, {@code file.yaml#/components/schemas/Name} or {@code Name.yaml}. The
 * result keeps the order of the sources; definitions are in the order of their first reference.
 *
 * @since 0.1.0
 */
public final class Bundler {

    private Bundler() {}

    /**
     * Bundles a description. Files whose content is unchanged are not written.
     *
     * @param arguments the root file, the YAML file to write, the JSON file to write
     * @throws IOException if a file cannot be written
     * @throws DescriptionException if a reference cannot be resolved, two definitions have the same name, two
     *     operations have the same id, or a file is not YAML; the message names file and pointer of each finding
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Arguments: root file, YAML file to write, JSON file to write");
        }
        ObjectNode bundle = new Bundle(Path.of(arguments[0])).build();
        writeIfChanged(Path.of(arguments[1]), BundleText.yaml(bundle));
        writeIfChanged(Path.of(arguments[2]), BundleText.json(bundle));
    }

    static void writeIfChanged(Path file, String text) throws IOException {
        if (Files.isRegularFile(file)
                && Files.readString(file, StandardCharsets.UTF_8).equals(text)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
