package io.github.defenderreactive.codegen.internal.description;

import java.util.ArrayList;
import java.util.List;

/**
 * The element of an operation.
 *
 * @param item the element of its path
 * @param element the element of the operation
 */
record OperationElement(Element item, Element element) {

    DescriptionException problem(String finding) {
        return element.problem("operation " + element.text("operationId", "without id") + ": " + finding);
    }

    Element need(String key) {
        if (!element.has(key)) {
            throw problem(key + " is missing; add it");
        }
        return element.get(key);
    }

    /** Returns the parameters of the path and of the operation. */
    List<Element> parameters() {
        List<Element> declared = new ArrayList<>();
        for (Element owner : List.of(item, element)) {
            owner.get("parameters").elements().forEach(parameter -> declared.add(parameter.followed()));
        }
        return declared;
    }

    /** Returns the responses with a status of success. */
    List<Element> successes() {
        List<Element> successes = new ArrayList<>();
        need("responses").members().forEach((status, described) -> {
            if (status.startsWith("2")) {
                successes.add(described.followed());
            }
        });
        return successes;
    }
}
