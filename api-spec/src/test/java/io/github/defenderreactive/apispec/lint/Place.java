package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/** A node of a source file and where it stands; the file is named relative to the root's folder. */
record Place(String file, JsonPointer pointer, JsonNode node) {

    Place child(String name) {
        return new Place(file, pointer.appendProperty(name), node.path(name));
    }

    Place child(int index) {
        return new Place(file, pointer.appendIndex(index), node.path(index));
    }

    boolean isReference() {
        return node.path("$ref").isTextual();
    }

    Finding finding(String rule, String message) {
        return new Finding(file, pointer.toString(), rule, message);
    }

    /** The last part of the pointer: for a named definition its name. */
    String name() {
        JsonPointer last = pointer.last();
        return last == null ? "" : last.getMatchingProperty();
    }
}
