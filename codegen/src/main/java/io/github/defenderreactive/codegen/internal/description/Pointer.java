package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON pointer (RFC 6901), as it follows the number sign of a reference. */
public record Pointer(List<String> segments) {

    public static final Pointer ROOT = new Pointer(List.of());

    public Pointer {
        segments = List.copyOf(segments);
    }

    public static Pointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (!text.startsWith("/")) {
            throw new DescriptionException("not a JSON pointer: " + text);
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            // The decoder would replace a plus by a blank, which is wrong in a fragment.
            String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            segments.add(decoded.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(segments);
    }

    public Pointer child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new Pointer(longer);
    }

    public Pointer child(int index) {
        return child(Integer.toString(index));
    }

    public JsonNode in(JsonNode document) {
        JsonNode node = document;
        for (String segment : segments) {
            node = node.isObject() ? node.path(segment) : MissingNode.getInstance();
        }
        return node;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (String segment : segments) {
            out.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return out.toString();
    }
}
