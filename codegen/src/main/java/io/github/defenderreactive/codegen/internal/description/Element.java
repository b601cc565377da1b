package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node of the bundled description with its place, for messages. */
public record Element(JsonNode node, JsonNode document, Pointer place) {

    public static Element root(ObjectNode document) {
        return new Element(document, document, Pointer.ROOT);
    }

    /** Returns the document that this element is part of. */
    public Element root() {
        return new Element(document, document, Pointer.ROOT);
    }

    public DescriptionException problem(String finding) {
        return new DescriptionException(place, finding);
    }

    public boolean exists() {
        return !node.isMissingNode();
    }

    public boolean has(String key) {
        return node.has(key);
    }

    /** Returns whether a member exists and is not null. */
    public boolean hasValue(String key) {
        return node.hasNonNull(key);
    }

    /** Returns a text as it is, and another value as JSON. */
    public String shown() {
        return node.isTextual() ? node.asText() : node.toString();
    }

    public Element get(String key) {
        return new Element(node.path(key), document, place.child(key));
    }

    public Element need(String key) {
        Element child = get(key);
        if (!child.exists()) {
            throw problem(key + " is missing; add it");
        }
        return child;
    }

    public String text() {
        if (!node.isTextual()) {
            throw problem("must be a text; write it in quotes");
        }
        return node.asText();
    }

    public String text(String key, String otherwise) {
        return has(key) ? get(key).text() : otherwise;
    }

    public int number(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode number = get(key).node;
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < 0) {
            throw get(key).problem("must be a whole number, zero or more");
        }
        return number.intValue();
    }

    public boolean flag(String key) {
        if (has(key) && !get(key).node.isBoolean()) {
            throw get(key).problem("must be true or false");
        }
        return node.path(key).booleanValue();
    }

    public List<Element> elements() {
        if (exists() && !node.isArray()) {
            throw problem("must be a list; write each element after a dash");
        }
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new Element(node.path(i), document, place.child(i)));
        }
        return elements;
    }

    public List<String> texts() {
        return elements().stream().map(Element::text).toList();
    }

    public Map<String, Element> members() {
        if (exists() && !node.isObject()) {
            throw problem("must be a mapping; write each entry as key: value");
        }
        Map<String, Element> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> members.put(key, get(key)));
        return members;
    }

    /** Returns the target of a reference, or this element if it is not a reference. */
    public Element followed() {
        Element at = this;
        Set<Pointer> seen = new HashSet<>();
        for (int steps = 0; at.has("$ref"); steps++) {
            if (!seen.add(at.place)) {
                throw problem("refers to nothing but itself; replace one of the references by a schema");
            }
            String reference = at.get("$ref").text();
            if (!reference.startsWith("#/")) {
                throw at.problem("reference to another file, bundle the description first: " + reference);
            }
            Pointer pointer = Pointer.parse(reference.substring(1));
            at = new Element(pointer.in(document), document, pointer);
            if (!at.exists()) {
                throw problem("unresolved reference " + reference + "; correct the name, or add the definition");
            }
            if (steps > 20) {
                throw problem("more than 20 references in a row; refer to the last one directly");
            }
        }
        return at;
    }

    /** Rejects unknown extensions, because a misspelt one would otherwise be ignored. */
    void allowExtensions(Set<String> allowed) {
        node.fieldNames().forEachRemaining(key -> {
            if (key.startsWith("x-defender-") && !allowed.contains(key) && !Origin.isKey(key)) {
                throw get(key).problem("is not known at this place; correct or remove it");
            }
        });
    }
}
