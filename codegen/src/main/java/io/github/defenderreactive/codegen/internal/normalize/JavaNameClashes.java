package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.ArgumentNames;
import io.github.defenderreactive.codegen.internal.description.ConstantNames;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.MemberNames;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Gives a name to what has the same name in Java as something else. A name from the description stays, and so does one
 * that is spelled in the description as it is in Java; otherwise the first keeps it. Members, arguments and values get
 * an underscore and the first free number, from 2; classes get the number alone. A class with the name of a type that
 * generated code uses gets the ending {@code Model}.
 */
final class JavaNameClashes implements Stage {

    @Override
    public void apply(Draft draft) {
        types(draft);
        for (Slot slot : draft.named()) {
            members(slot, draft);
            constants(slot, draft);
        }
        for (Draft.Operation operation : draft.operations()) {
            parameters(operation, draft);
        }
    }

    private static String key(String type) {
        return type.toLowerCase(Locale.ROOT);
    }

    private static void types(Draft draft) {
        Set<String> taken = new HashSet<>();
        Set<String> generated = generated(draft);
        for (boolean exact : new boolean[] {true, false}) {
            for (Slot slot : draft.named()) {
                boolean given = slot.schema().has(Shape.NAME);
                String type = given ? slot.schema().path(Shape.NAME).asText() : JavaNames.type(slot.key());
                if (exact != (given || type.equals(slot.key()))) {
                    continue;
                }
                String free = given || !Imports.taken(type) && !generated.contains(key(type)) ? type : type + "Model";
                for (int number = 2; !taken.add(key(free)) && !given; number++) {
                    free = type + number;
                }
                if (!free.equals(type)) {
                    slot.schema().put(Shape.NAME, free);
                    note(slot.place(), "class", slot.key(), free, draft);
                }
            }
        }
    }

    /** Returns the classes that operations have, which import classes of schemas. */
    private static Set<String> generated(Draft draft) {
        Set<String> types = new HashSet<>(Set.of("operations", "fileexports"));
        for (Draft.Operation operation : draft.operations()) {
            types.add(key(operation.node().path("operationId").asText() + "Query"));
            String tag = JavaNames.type(operation.node().path("tags").path(0).asText("x"));
            types.add(key(tag + "Api"));
            types.add(key(tag + "Operations"));
        }
        return types;
    }

    private static void note(Pointer place, String what, String wire, String name, Draft draft) {
        draft.note(
                place,
                "the name of the " + what + " " + wire + " is taken in Java, so it is " + name + "; "
                        + (what.equals("value") ? ConstantNames.KEY : Shape.NAME) + " gives it another.");
    }

    private static Element element(Slot slot, Draft draft) {
        return new Element(slot.get(), draft.root(), slot.place());
    }

    private static void members(Slot slot, Draft draft) {
        if (!(slot.schema().path("properties") instanceof ObjectNode properties)) {
            return;
        }
        Map<String, String> names;
        try {
            names = MemberNames.of(element(slot, draft));
        } catch (DescriptionException e) {
            // The check names what is wrong with a given name.
            return;
        }
        Set<String> given = new HashSet<>();
        names.keySet().forEach(wire -> {
            if (properties.path(wire).has(Shape.NAME)) {
                given.add(wire);
            }
        });
        rename(names, given, (wire, name) -> {
            if (properties.path(wire) instanceof ObjectNode property) {
                property.put(Shape.NAME, name);
                note(slot.place().child("properties").child(wire), "member", wire, name, draft);
            }
        });
    }

    private static void constants(Slot slot, Draft draft) {
        if (!slot.schema().has("enum")) {
            return;
        }
        Map<String, String> names;
        try {
            names = ConstantNames.of(element(slot, draft));
        } catch (DescriptionException e) {
            return;
        }
        Set<String> given = new HashSet<>();
        slot.schema().path(ConstantNames.KEY).fieldNames().forEachRemaining(given::add);
        rename(names, given, (value, name) -> {
            slot.schema().withObjectProperty(ConstantNames.KEY).put(value, name);
            note(slot.place().child("enum"), "value", value, name, draft);
        });
    }

    private static void rename(Map<String, String> names, Set<String> given, BiConsumer<String, String> renamed) {
        Map<String, String> owners = new HashMap<>();
        names.forEach((wire, name) -> {
            String owner = owners.putIfAbsent(name, wire);
            boolean better = given.contains(wire) || wire.equals(name) && !given.contains(String.valueOf(owner));
            if (owner != null && better) {
                owners.put(name, wire);
            }
        });
        Set<String> taken = new HashSet<>(names.values());
        names.forEach((wire, name) -> {
            if (wire.equals(owners.get(name)) || given.contains(wire)) {
                return;
            }
            String free = name;
            for (int number = 2; !taken.add(free); number++) {
                free = name + "_" + number;
            }
            renamed.accept(wire, free);
        });
    }

    /** Parameters in the path are arguments of a method; the others are members of the query. */
    private static void parameters(Draft.Operation operation, Draft draft) {
        Pointer item = Pointer.ROOT.child("paths").child(operation.path());
        for (boolean inPath : new boolean[] {true, false}) {
            Map<String, String> names = new LinkedHashMap<>();
            Set<String> given = new HashSet<>();
            Map<String, Declared> declared = new LinkedHashMap<>();
            declared(operation.item(), item, declared, inPath, draft);
            declared(operation.node(), operation.place(), declared, inPath, draft);
            try {
                declared.forEach((wire, one) -> {
                    Element element = new Element(one.resolved(), draft.root(), one.place());
                    names.put(
                            wire, inPath ? ArgumentNames.inPath(element, wire) : ArgumentNames.inQuery(element, wire));
                    if (one.resolved().has(Shape.NAME)) {
                        given.add(wire);
                    }
                });
            } catch (DescriptionException e) {
                return;
            }
            rename(names, given, (wire, name) -> {
                Declared one = declared.get(wire);
                if (one != null && one.resolved() instanceof ObjectNode parameter) {
                    // Other operations may share the parameter.
                    ObjectNode own = parameter.deepCopy().put(Shape.NAME, name);
                    one.list().set(one.index(), own);
                    note(one.place(), "parameter", wire, name, draft);
                }
            });
        }
    }

    /** A parameter with its place in a list of parameters. */
    private record Declared(ArrayNode list, int index, JsonNode resolved, Pointer place) {}

    private static void declared(
            ObjectNode owner, Pointer place, Map<String, Declared> declared, boolean inPath, Draft draft) {
        if (!(owner.path("parameters") instanceof ArrayNode list)) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode parameter = draft.shared(list.path(i));
            String in = parameter.path("in").asText();
            boolean constant = parameter.path("schema").has("const");
            if (in.equals("path") == inPath && (!in.equals("header") || !constant)) {
                declared.put(
                        parameter.path("name").asText(),
                        new Declared(
                                list, i, parameter, place.child("parameters").child(i)));
            }
        }
    }
}
