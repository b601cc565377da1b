package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.Description;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The JSON Schema of the extensions, with which an editor completes and checks a description. */
final class EditorSchema {

    private static final String FILE = "extensions.schema.json";

    private EditorSchema() {}

    /** Writes the schema into a folder. */
    static void write(Path folder) throws IOException {
        try (InputStream in = Description.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IOException(FILE + " is missing in defender-reactive-codegen");
            }
            NamedDescriptions.write(folder.resolve(FILE), in.readAllBytes());
        }
    }
}
