package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A description with the types, parameters and bodies that descriptions of other services have. */
final class Workshop {

    private static final GeneratedClient CLIENT = GeneratedClient.of(bundle());

    private Workshop() {}

    static GeneratedClient client() {
        return CLIENT;
    }

    static ObjectNode bundle() {
        return new Bundle(Path.of("src", "test", "resources", "workshop", "openapi.yaml")).build();
    }

    /** Returns the description with a member replaced. */
    static ObjectNode with(String pointer, String key, String yaml) {
        ObjectNode bundle = bundle();
        try {
            ((ObjectNode) bundle.at(pointer)).set(key, new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundle;
    }
}
