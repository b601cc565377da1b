package io.github.defenderreactive.emulator.internal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a parsed JSON document; missing nodes read as empty. */
public final class Node {

    private static final String REFERENCE = "$ref";

    private final @Nullable Object value;
    private final @Nullable Object document;

    private Node(@Nullable Object value, @Nullable Object document) {
        this.value = value;
        this.document = document;
    }

    /** The root of a document. */
    public Node(@Nullable Object document) {
        this(document, document);
    }

    private Node at(@Nullable Object other) {
        return new Node(other, document);
    }

    public Node get(String member) {
        return at(value instanceof Map<?, ?> map ? map.get(member) : null);
    }

    /** Returns a reference to another node of the document. */
    public Node reference(String pointer) {
        return at(Map.of(REFERENCE, pointer));
    }

    /** Returns the target of this reference, or this node if it is not a reference. */
    public Node followed() {
        String pointer = get(REFERENCE).text();
        if (pointer == null) {
            return this;
        }
        Node node = at(document);
        for (String step : pointer.substring("#/".length()).split("/")) {
            node = node.get(step.replace("~1", "/").replace("~0", "~"));
        }
        if (!node.present()) {
            throw new IllegalStateException("Dangling reference in the API description: " + pointer);
        }
        return node.followed();
    }

    public boolean present() {
        return value != null;
    }

    @Nullable
    Object value() {
        return value;
    }

    public @Nullable String text() {
        return value instanceof String text ? text : null;
    }

    public String requiredText() {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalStateException("The API description has " + value + " where a string is required");
    }

    public @Nullable Integer integer() {
        return value instanceof Number number ? number.intValue() : null;
    }

    public boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    public List<Node> elements() {
        return value instanceof List<?> list ? list.stream().map(this::at).toList() : List.of();
    }

    public List<String> texts() {
        return elements().stream().map(Node::requiredText).toList();
    }

    public Map<String, Node> members() {
        Map<String, Node> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, at(member)));
        }
        return members;
    }
}
