package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schemas, properties and operations that overlays added or changed, with the names of the overlays. */
final class Provenance {

    private static final Set<String> METHODS =
            Set.of("delete", "get", "head", "options", "patch", "post", "put", "trace");
    private static final String PROPERTIES = "properties";

    private final Map<Pointer, Origin> origins = new LinkedHashMap<>();

    Map<Pointer, Origin> origins() {
        return Collections.unmodifiableMap(origins);
    }

    /** Compares a document before and after an overlay. */
    void compare(JsonNode before, JsonNode after, String overlay) {
        origins.keySet().removeIf(place -> place.in(after).isMissingNode());
        Pointer paths = Pointer.ROOT.child("paths");
        after.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> {
                            JsonNode old =
                                    before.path("paths").path(path.getKey()).path(operation.getKey());
                            if (!old.equals(operation.getValue())) {
                                add(paths.child(path.getKey()).child(operation.getKey()), old, overlay);
                            }
                        }));
        Pointer schemas = Pointer.ROOT.child("components").child("schemas");
        after.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> schema(
                        schemas.child(schema.getKey()),
                        before.path("components").path("schemas").path(schema.getKey()),
                        schema.getValue(),
                        overlay));
    }

    private void schema(Pointer place, JsonNode before, JsonNode after, String overlay) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isObject() || !after.isObject() || differ(before, after)) {
            add(place, before, overlay);
        }
        if (before.isMissingNode()) {
            return;
        }
        after.path(PROPERTIES)
                .properties()
                .forEach(property -> schema(
                        place.child(PROPERTIES).child(property.getKey()),
                        before.path(PROPERTIES).path(property.getKey()),
                        property.getValue(),
                        overlay));
    }

    /** Returns whether more than properties were changed or added; a removed property has no place of its own. */
    private static boolean differ(JsonNode before, JsonNode after) {
        ObjectNode a = before.deepCopy();
        ObjectNode b = after.deepCopy();
        JsonNode old = a.has(PROPERTIES) ? a.remove(PROPERTIES) : MissingNode.getInstance();
        JsonNode now = b.has(PROPERTIES) ? b.remove(PROPERTIES) : MissingNode.getInstance();
        return !a.equals(b) || old.properties().stream().anyMatch(property -> !now.has(property.getKey()));
    }

    private void add(Pointer place, JsonNode before, String overlay) {
        if (before.isMissingNode()) {
            origins.put(place, new Origin(overlay, List.of()));
            return;
        }
        Origin known = origins.getOrDefault(place, new Origin("", List.of()));
        List<String> changed = new ArrayList<>(known.changed());
        changed.add(overlay);
        origins.put(place, new Origin(known.added(), changed));
    }

    /** Writes the origins into a document. */
    void write(ObjectNode document) {
        origins.forEach((place, origin) -> {
            if (place.in(document) instanceof ObjectNode node) {
                if (!origin.added().isEmpty()) {
                    node.put(Origin.ADDED, origin.added());
                }
                if (!origin.changed().isEmpty()) {
                    var list = node.putArray(Origin.CHANGED);
                    origin.changed().forEach(list::add);
                }
            }
        });
    }
}
