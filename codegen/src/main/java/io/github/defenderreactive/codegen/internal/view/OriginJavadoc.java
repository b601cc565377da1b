package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.java.Javadoc;

/** The lines of a comment that say where an element comes from. */
final class OriginJavadoc {

    private OriginJavadoc() {}

    /** Adds the source of a type. */
    static Javadoc addOfType(Javadoc javadoc, Element schema) {
        return add(javadoc, ofType(schema), schema);
    }

    /** Adds the source of a member if it is another one than that of its type. */
    static Javadoc addOfMember(Javadoc javadoc, Element member, Element schema) {
        Citation citation = Citation.of(member, schema, info(schema));
        return citation.equals(ofType(schema)) ? addOverlays(javadoc, member) : add(javadoc, citation, member);
    }

    /** Adds a source, and the overlays that an element comes from. */
    static Javadoc add(Javadoc javadoc, Citation citation, Element element) {
        String sentence = citation.sentence(Javadoc::code);
        if (!sentence.isEmpty()) {
            javadoc.markup(sentence);
        }
        return addOverlays(javadoc, element);
    }

    private static Citation ofType(Element schema) {
        return Citation.of(schema, info(schema));
    }

    private static Element info(Element element) {
        return element.root().get("info");
    }

    /** Adds a line for each kind of change that overlays made; most elements have none. */
    private static Javadoc addOverlays(Javadoc javadoc, Element element) {
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
