package io.github.defenderreactive.codegen.internal.overlay;

import io.github.defenderreactive.codegen.internal.description.Element;
import org.jspecify.annotations.Nullable;

/**
 * A change of a document.
 *
 * @param element the element of the action
 * @param target the nodes to change
 * @param remove whether to remove them; {@code update} and {@code copy} have no effect then
 * @param update what to merge with the nodes, or null
 * @param copy the node of the document to merge with the nodes, or null
 */
record Action(
        Element element,
        JsonPath target,
        boolean remove,
        @Nullable Element update,
        @Nullable JsonPath copy) {}
