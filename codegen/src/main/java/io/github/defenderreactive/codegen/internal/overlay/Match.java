package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A node that a path selects.
 *
 * @param parent the node around it, or null for the root
 * @param key its name or index in the parent, empty for the root
 */
record Match(JsonNode node, @Nullable Match parent, String key) {

    static Match root(JsonNode node) {
        return new Match(node, null, "");
    }

    Match child(String name) {
        return new Match(node.path(name), this, name);
    }

    Match child(int index) {
        return new Match(node.path(index), this, Integer.toString(index));
    }

    Pointer pointer() {
        return parent == null ? Pointer.ROOT : parent.pointer().child(key);
    }
}
