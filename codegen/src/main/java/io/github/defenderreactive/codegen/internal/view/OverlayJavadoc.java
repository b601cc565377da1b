package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.java.Javadoc;

/** The lines of a comment that name overlays. */
final class OverlayJavadoc {

    private OverlayJavadoc() {}

    /** Adds a line for each kind of origin that an element has; most have none. */
    static Javadoc add(Javadoc javadoc, Element element) {
        Origin origin = Origin.of(element);
        if (!origin.added().isEmpty()) {
            javadoc.markup("Added by the overlay " + Javadoc.code(origin.added()) + ".");
        }
        if (!origin.changed().isEmpty()) {
            javadoc.markup("Changed by the overlay "
                    + String.join(
                            " and ",
                            origin.changed().stream().map(Javadoc::code).toList()) + ".");
        }
        return javadoc;
    }
}
