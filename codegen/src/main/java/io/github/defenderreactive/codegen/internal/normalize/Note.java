package io.github.defenderreactive.codegen.internal.normalize;

import io.github.defenderreactive.codegen.internal.description.Pointer;

/**
 * A decision that assumes something the description does not say, or does without something it says.
 *
 * @param place the place in the original description
 * @param text the decision, as sentences
 */
public record Note(Pointer place, String text) {

    @Override
    public String toString() {
        return "#" + place + ": " + text;
    }
}
