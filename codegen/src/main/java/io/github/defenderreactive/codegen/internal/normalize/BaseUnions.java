package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes a base schema with a discriminator the union of the schemas that extend it. A base that is a case itself, or a
 * case of another base, gets a class of its own with the ending {@code Base}.
 */
final class BaseUnions implements Stage {

    @Override
    public void apply(Draft draft) {
        Map<String, Map<String, String>> casesByBase = new LinkedHashMap<>();
        for (Slot slot : draft.named()) {
            if (slot.schema().path("discriminator").has("propertyName") && Shape.choiceKey(slot.schema()) == null) {
                Map<String, String> cases = cases(slot, draft);
                if (cases.isEmpty()) {
                    slot.schema().remove("discriminator");
                    draft.note(slot.place().child("discriminator"), "no schema extends this one, so it is ignored.");
                } else {
                    casesByBase.put(slot.key(), cases);
                }
            }
        }
        Map<String, String> concrete = new LinkedHashMap<>();
        PlaceNames names = new PlaceNames(draft);
        casesByBase.forEach((base, cases) -> cases.values().forEach(name -> {
            if (casesByBase.containsKey(name) && !concrete.containsKey(name)) {
                concrete.put(name, concrete(name, names, draft));
            }
        }));
        casesByBase.forEach((base, cases) -> union(base, cases, concrete, draft));
    }

    /** Returns the cases by the value of the discriminator: those of the mapping, then the others by their names. */
    private static Map<String, String> cases(Slot base, Draft draft) {
        Map<String, String> cases = new LinkedHashMap<>();
        base.schema().path("discriminator").path("mapping").properties().forEach(entry -> {
            String text = entry.getValue().asText();
            String name = Shape.named(text) == null ? text : Shape.named(text);
            if (draft.schemas().has(name)) {
                cases.put(entry.getKey(), name);
            }
        });
        for (String name : draft.parents().keySet()) {
            if (!cases.containsValue(name) && extendsBase(name, base.key(), draft, new LinkedHashSet<>())) {
                cases.putIfAbsent(name, name);
            }
        }
        return cases;
    }

    private static boolean extendsBase(String name, String base, Draft draft, Set<String> seen) {
        return seen.add(name)
                && draft.parents().getOrDefault(name, Set.of()).stream()
                        .anyMatch(parent -> parent.equals(base) || extendsBase(parent, base, draft, seen));
    }

    private static String concrete(String name, PlaceNames names, Draft draft) {
        String own = names.free(JavaNames.type(name) + "Base");
        ObjectNode copy = draft.schemas().path(name).deepCopy();
        copy.remove("discriminator");
        copy.remove(Shape.NAME);
        draft.schemas().set(own, copy);
        draft.places().moved(Shape.place(name), Shape.place(own));
        draft.note(
                Shape.place(name),
                "the schema is a union and one of the cases; values of the schema itself have the class " + own + ".");
        return own;
    }

    private static void union(String base, Map<String, String> cases, Map<String, String> concrete, Draft draft) {
        ObjectNode schema = (ObjectNode) draft.schemas().path(base);
        String property = schema.path("discriminator").path("propertyName").asText();
        ObjectNode union = Shape.nothing();
        schema.properties().forEach(entry -> {
            if (Shape.isAnnotation(entry.getKey())) {
                union.set(entry.getKey(), entry.getValue());
            }
        });
        ArrayNode choices = union.putArray("oneOf");
        ObjectNode mapping =
                union.putObject("discriminator").put("propertyName", property).putObject("mapping");
        Set<String> listed = new LinkedHashSet<>();
        cases.forEach((value, name) -> {
            String target = concrete.getOrDefault(name, name);
            mapping.put(value, Shape.reference(target));
            if (listed.add(target)) {
                choices.add(Shape.referring(target));
            }
        });
        draft.schemas().set(base, union);
    }

    /** Returns whether a case has the member that selects it; adds it to an object without. */
    static boolean hasDiscriminator(String name, String property, Draft draft) {
        ObjectNode target = draft.named(name);
        if (target == null || !(target.path("properties") instanceof ObjectNode || Shape.isType(target, "object"))) {
            return false;
        }
        if (Shape.isUnion(target) || target.has(Shape.ANY)) {
            return false;
        }
        JsonNode properties = target.path("properties");
        if (!properties.has(property)) {
            target.withObjectProperty("properties")
                    .putObject(property)
                    .put("type", "string")
                    .put("description", "The case of the union.");
            draft.note(Shape.place(name), "the member " + property + ", which selects the case, is added.");
        }
        return true;
    }
}
