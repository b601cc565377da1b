package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON pointer (RFC 6901), as it stands behind the number sign of a reference. */
record Pointer(List<String> segments) {

    static final Pointer ROOT = new Pointer(List.of());

    Pointer {
        segments = List.copyOf(segments);
    }

    static Pointer parse(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (!text.startsWith("/")) {
            throw new DescriptionException("not a JSON pointer: " + text);
        }
        List<String> segments = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            // A plus is itself in a fragment, but the decoder would make a blank of it.
            String decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            segments.add(decoded.replace("~1", "/").replace("~0", "~"));
        }
        return new Pointer(segments);
    }

    Pointer child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new Pointer(longer);
    }

    Pointer child(int index) {
        return child(Integer.toString(index));
    }

    JsonNode in(JsonNode document) {
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
