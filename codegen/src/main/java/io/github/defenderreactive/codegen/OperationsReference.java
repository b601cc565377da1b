package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.normalize.Normalized;
import io.github.defenderreactive.codegen.internal.reference.ReferenceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the reference of operations, one Markdown document for all bundled descriptions.
 *
 * @since 0.1.0
 */
public final class OperationsReference {

    private OperationsReference() {}

    /**
     * Writes the document unless its content is unchanged.
     *
     * @param arguments the Markdown file to write, and the folder with the JSON bundles
     * @throws IOException if a bundle cannot be read or the document cannot be written
     * @throws DescriptionException if a description is invalid
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Arguments: Markdown file to write, folder of the bundles");
        }
        List<ObjectNode> bundles = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                ObjectNode bundle = (ObjectNode) JsonMapper.builder().build().readTree(Files.readString(file));
                bundles.add(Normalized.of(bundle).document());
            }
        }
        Bundler.writeIfChanged(Path.of(arguments[0]), ReferenceText.of(bundles));
    }
}
