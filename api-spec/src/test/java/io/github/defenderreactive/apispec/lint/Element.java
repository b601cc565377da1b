package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An element of a description.
 *
 * @param context for an operation its path template, for a parameter the operation's path template, else empty
 */
record Element(Kind kind, Place place, String context) {

    JsonNode node() {
        return place.node();
    }
}
