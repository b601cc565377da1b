package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schemas of a document that have an identifier ({@code $id}) or an anchor ({@code $anchor}). */
public final class Anchors {

    private static final String ID = "$id";
    private static final String ANCHOR = "$anchor";

    private final JsonNode document;
    private final Map<String, Pointer> byIdentifier = new HashMap<>();
    private final Map<Pointer, String> bases = new HashMap<>();

    private Anchors(JsonNode document) {
        this.document = document;
    }

    public static Anchors of(JsonNode document) {
        Anchors anchors = new Anchors(document);
        anchors.index(
                document.path("components").path("schemas"),
                Pointer.ROOT.child("components").child("schemas"),
                "");
        return anchors;
    }

    private void index(JsonNode node, Pointer place, String around) {
        String base = around;
        if (node.path(ID).isTextual()) {
            base = resolved(around, node.path(ID).asText());
            byIdentifier.putIfAbsent(base, place);
            bases.put(place, base);
        }
        if (node.path(ANCHOR).isTextual()) {
            byIdentifier.putIfAbsent(base + "#" + node.path(ANCHOR).asText(), place);
        }
        if (node.isObject()) {
            for (var entry : node.properties()) {
                index(entry.getValue(), place.child(entry.getKey()), base);
            }
        } else {
            for (int i = 0; i < node.size(); i++) {
                index(node.path(i), place.child(i), base);
            }
        }
    }

    private static String resolved(String base, String reference) {
        try {
            URI resolved =
                    base.isEmpty() ? URI.create(reference) : URI.create(base).resolve(reference);
            return resolved.toString().replaceFirst("#$", "");
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    /**
     * Returns the place that a reference points to inside of the document, or null if there is none.
     *
     * @param from the place of the schema with the reference
     */
    public @Nullable Pointer find(String reference, Pointer from) {
        if (reference.startsWith("#/")) {
            Pointer pointer = pointer(reference.substring(1));
            if (pointer != null && exists(pointer)) {
                return pointer;
            }
        }
        String base = base(from);
        String target = reference.startsWith("#") ? base + reference : resolved(base, reference);
        Pointer found = byIdentifier.get(target.replaceFirst("#$", ""));
        int fragment = target.indexOf("#/");
        if (found != null || fragment < 0) {
            return found;
        }
        Pointer resource = byIdentifier.get(target.substring(0, fragment));
        Pointer inside = pointer(target.substring(fragment + 1));
        if (resource == null || inside == null) {
            return null;
        }
        Pointer whole = resource;
        for (String segment : inside.segments()) {
            whole = whole.child(segment);
        }
        return exists(whole) ? whole : null;
    }

    private String base(Pointer from) {
        for (int length = from.segments().size(); length > 0; length--) {
            String base = bases.get(new Pointer(from.segments().subList(0, length)));
            if (base != null) {
                return base;
            }
        }
        return "";
    }

    private static @Nullable Pointer pointer(String text) {
        try {
            return Pointer.parse(text);
        } catch (DescriptionException | IllegalArgumentException e) {
            return null;
        }
    }

    private boolean exists(Pointer pointer) {
        JsonNode node = document;
        for (String segment : pointer.segments()) {
            node = node.isArray() && segment.matches("[0-9]{1,6}")
                    ? node.path(Integer.parseInt(segment))
                    : node.path(segment);
        }
        return !node.isMissingNode();
    }
}
