package io.github.defenderreactive.emulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in a parsed JSON document; what is missing reads as empty. */
final class Node {

    private final @Nullable Object value;

    Node(@Nullable Object value) {
        this.value = value;
    }

    Node get(String member) {
        return new Node(value instanceof Map<?, ?> map ? map.get(member) : null);
    }

    boolean present() {
        return value != null;
    }

    @Nullable
    Object value() {
        return value;
    }

    @Nullable
    String text() {
        return value instanceof String text ? text : null;
    }

    String requiredText() {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalStateException("The API description lacks a text: " + value);
    }

    @Nullable
    Integer integer() {
        return value instanceof Number number ? number.intValue() : null;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    List<Node> elements() {
        return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
    }

    List<String> texts() {
        return elements().stream().map(Node::requiredText).toList();
    }

    Map<String, Node> members() {
        Map<String, Node> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, new Node(member)));
        }
        return members;
    }
}
