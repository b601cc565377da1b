package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Anchors;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes each reference to a schema one to a named schema. A schema inside of another that is referred to gets a name by
 * its place; {@code $id} and {@code $anchor} are followed.
 */
final class References implements Stage {

    @Override
    public void apply(Draft draft) {
        Anchors anchors = Anchors.of(draft.root());
        Map<Pointer, String> moved = new LinkedHashMap<>();
        List<Slot> references = new ArrayList<>();
        draft.visit(slot -> {
            if (slot.schema().path("$ref").isTextual()) {
                references.add(slot);
            }
        });
        PlaceNames names = new PlaceNames(draft);
        for (Slot slot : references) {
            String text = slot.schema().path("$ref").asText();
            if (Shape.named(text) != null) {
                continue;
            }
            Pointer target = anchors.find(text, slot.place());
            if (target == null || target.segments().isEmpty()) {
                continue;
            }
            List<String> segments = target.segments();
            boolean named = segments.size() == 3 && segments.subList(0, 2).equals(List.of("components", "schemas"));
            String name = named ? segments.get(2) : moved.get(target);
            if (name == null) {
                name = move(target, draft, names);
                if (name == null) {
                    continue;
                }
                moved.put(target, name);
            }
            slot.schema().put("$ref", Shape.reference(name));
        }
        mappings(draft, anchors);
    }

    /** Makes a schema inside of another one a named one. */
    private static @Nullable String move(Pointer target, Draft draft, PlaceNames names) {
        JsonNode parent = draft.root();
        List<String> segments = target.segments();
        for (String segment : segments.subList(0, segments.size() - 1)) {
            parent = parent.isArray() && segment.matches("[0-9]{1,6}")
                    ? parent.path(Integer.parseInt(segment))
                    : parent.path(segment);
        }
        Slot slot = new Slot(parent, segments.get(segments.size() - 1), target);
        if (!slot.isSchema()) {
            return null;
        }
        if (Shape.named(slot.schema().path("$ref").asText()) != null) {
            return Shape.referenced(slot.schema());
        }
        String name = names.take(target);
        ObjectNode schema = slot.schema();
        slot.set(Shape.referring(name));
        draft.places().moved(target, Shape.place(name));
        draft.schemas().set(name, schema);
        draft.note(target, "another schema refers to this one, so it has the name " + name + ".");
        return name;
    }

    private static void mappings(Draft draft, Anchors anchors) {
        draft.visit(slot -> {
            if (slot.schema().path("discriminator").path("mapping") instanceof ObjectNode mapping) {
                for (var entry : List.copyOf(mapping.properties())) {
                    String text = entry.getValue().asText();
                    if (Shape.named(text) == null && !draft.schemas().has(text) && text.contains("/")) {
                        Pointer target = anchors.find(text, slot.place());
                        if (target != null && target.segments().size() == 3) {
                            mapping.put(
                                    entry.getKey(),
                                    Shape.reference(target.segments().get(2)));
                        }
                    }
                }
            }
        });
    }
}
