package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Origin;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.Set;

/** Makes each object, enumeration and union inside of another schema or of an operation a named schema. */
final class InlineSchemas implements Stage {

    /** What a schema says about the member or parameter that has it. */
    private static final Set<String> OF_MEMBER = Set.of(
            "description",
            "deprecated",
            "readOnly",
            "writeOnly",
            "default",
            "x-defender-alias",
            Citation.KEY,
            "x-defender-secret",
            "x-defender-spellings");

    @Override
    public void apply(Draft draft) {
        PlaceNames names = new PlaceNames(draft);
        draft.slots().forEach(slot -> descend(slot, names, draft));
    }

    private static void descend(Slot slot, PlaceNames names, Draft draft) {
        Slot at = slot.isComponent() || !needsName(slot.schema()) ? slot : moved(slot, names, draft);
        at.children().forEach(child -> descend(child, names, draft));
    }

    private static boolean needsName(ObjectNode schema) {
        return !schema.has("$ref")
                && !schema.path(Shape.ANY).asBoolean()
                && (schema.has("enum")
                        || Shape.isUnion(schema)
                        || Shape.isType(schema, "object") && schema.has("properties"));
    }

    private static Slot moved(Slot slot, PlaceNames names, Draft draft) {
        ObjectNode schema = slot.schema();
        String given = schema.path(Shape.NAME).asText();
        boolean named = given.matches("[A-Z].*");
        String name = named ? given : names.take(slot.place());
        Pointer target = Shape.place(name);
        ObjectNode reference = Shape.referring(name);
        schema.properties().forEach(entry -> {
            if (OF_MEMBER.contains(entry.getKey()) || Origin.isKey(entry.getKey())) {
                reference.set(entry.getKey(), entry.getValue());
            }
        });
        if (!given.isEmpty() && !named) {
            reference.put(Shape.NAME, given);
        }
        OF_MEMBER.stream().filter(key -> key.startsWith("x-")).forEach(schema::remove);
        schema.remove(Shape.NAME);
        if (named && draft.schemas().has(name)) {
            if (!draft.schemas().path(name).equals(schema)) {
                draft.find(slot.place(), "another schema has the name " + name + " too; choose another " + Shape.NAME);
            }
        } else {
            if (named) {
                names.free(name);
            }
            draft.schemas().set(name, schema);
            draft.places().moved(slot.place(), target);
        }
        slot.set(reference);
        return new Slot(draft.schemas(), name, target);
    }
}
