package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Unions.Union;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds changes of models, enumerations and unions. */
final class SchemaChanges {

    private static final Pointer PLACE = Pointer.ROOT.child("components").child("schemas");

    private final Comparison comparison;
    private final Surface before;
    private final Surface after;

    /** The classes that changes of unions name. */
    private final Set<String> cases = new HashSet<>();

    private Pairs pairs = Pairs.of(List.of(), List.of());

    SchemaChanges(Comparison comparison) {
        this.comparison = comparison;
        this.before = comparison.before();
        this.after = comparison.after();
    }

    private static List<String> classes(Surface surface) {
        return surface.schemas().all().keySet().stream()
                .filter(surface::hasClass)
                .toList();
    }

    private static Element schema(Surface surface, String name) {
        return surface.root().get("components").get("schemas").get(name);
    }

    /** Finds schemas with a new name, so that types are compared by it. */
    void rename() {
        pairs = Pairs.of(classes(before), classes(after)).renaming(this::isAlike);
        pairs.renamed().forEach((old, now) -> {
            String oldClass = before.schemas().className(old);
            String newClass = after.schemas().className(now);
            List<String> oldNames = new ArrayList<>(List.of(oldClass));
            List<String> newNames = new ArrayList<>(List.of(newClass));
            if (!before.fields(old).isEmpty() && !after.fields(now).isEmpty()) {
                oldNames.add(oldClass + "Fields");
                newNames.add(newClass + "Fields");
            }
            for (int i = 0; i < oldNames.size(); i++) {
                comparison.renamed(oldNames.get(i), newNames.get(i));
            }
            comparison.addRename(
                    "schema-renamed",
                    PLACE.child(now),
                    oldNames,
                    newNames,
                    Verdict.BREAKING,
                    oldClass + " is now " + newClass + "; likely a rename, because both have the same "
                            + (Schemas.isEnum(schema(before, old)) ? "values" : "members"));
        });
    }

    private static String kind(Surface surface, String name) {
        Element schema = schema(surface, name);
        return Schemas.isEnum(schema)
                ? "an enumeration"
                : surface.unions().all().containsKey(name) ? "a union" : "an object";
    }

    /** Returns the parts by which a schema is recognised under another name. */
    private static Set<String> parts(Surface surface, String name) {
        Element schema = schema(surface, name);
        Set<String> parts = new TreeSet<>();
        Union union = surface.unions().all().get(name);
        if (Schemas.isEnum(schema)) {
            schema.get("enum")
                    .elements()
                    .forEach(value -> parts.add(value.node().asText()));
        } else if (union != null) {
            parts.addAll(union.cases().keySet());
        } else {
            parts.addAll(surface.properties(name).keySet());
        }
        return parts;
    }

    private boolean isAlike(String old, String now) {
        Set<String> a = parts(before, old);
        Set<String> b = parts(after, now);
        Set<String> common = new TreeSet<>(a);
        common.retainAll(b);
        // Three of four parts are the same, and a schema without parts is like no other.
        return kind(before, old).equals(kind(after, now))
                && !common.isEmpty()
                && common.size() * 4 >= Math.max(a.size(), b.size()) * 3;
    }

    void find() {
        pairs.both().forEach(this::compare);
        for (String name : pairs.removed()) {
            String className = before.schemas().className(name);
            if (!cases.contains(className)) {
                comparison.add(
                        "schema-removed",
                        PLACE.child(name),
                        List.of(className),
                        List.of(),
                        Verdict.BREAKING,
                        className + " is no longer generated");
            }
        }
        for (String name : pairs.added()) {
            String className = after.schemas().className(name);
            if (!cases.contains(className)) {
                comparison.add(
                        "schema-added",
                        PLACE.child(name),
                        List.of(),
                        List.of(className),
                        Verdict.COMPATIBLE,
                        className + " is new");
            }
        }
    }

    private void compare(String old, String now) {
        String oldKind = kind(before, old);
        String newKind = kind(after, now);
        String oldClass = before.schemas().className(old);
        String java = after.schemas().className(now);
        Pointer place = PLACE.child(now);
        if (!comparison.mapped(oldClass).equals(java)) {
            comparison.addRename(
                    "schema-renamed",
                    place,
                    List.of(oldClass),
                    List.of(java),
                    Verdict.BREAKING,
                    oldClass + " is now " + java);
        }
        comparison.documentation(
                place, java, schema(before, old), schema(after, now), List.of("description", Citation.KEY));
        if (!oldKind.equals(newKind)) {
            comparison.add(
                    "schema-kind",
                    place,
                    List.of(oldClass),
                    List.of(java),
                    Verdict.BREAKING,
                    oldClass + " was " + oldKind + " and is " + newKind);
        } else if (newKind.equals("an enumeration")) {
            values(old, now, place);
        } else if (newKind.equals("a union")) {
            cases(
                    Pairs.get(before.unions().all(), old),
                    Pairs.get(after.unions().all(), now),
                    java,
                    place);
        } else {
            new PropertyChanges(comparison, old, now, place).find();
            patch(schema(before, old), schema(after, now), java, place);
        }
        fields(old, now);
    }

    private void patch(Element old, Element now, String java, Pointer place) {
        boolean was = old.flag("x-defender-patch");
        boolean is = now.flag("x-defender-patch");
        if (was && !is) {
            comparison.add(
                    "patch-removed",
                    place,
                    List.of(java + ".nullMembers()"),
                    List.of(),
                    Verdict.BREAKING,
                    java + " no longer tells null from a missing member");
        } else if (is && !was) {
            comparison.add(
                    "patch-added",
                    place,
                    List.of(java + ".Builder"),
                    List.of(java + ".Builder", java + ".nullMembers()"),
                    Verdict.BEHAVIOUR,
                    "A setter of " + java + ".Builder that is called with null now sends null");
        }
    }

    private static Map<String, String> constants(Surface surface, String name) {
        List<String> constants = surface.constants(name);
        List<String> values = Schemas.enumValues(schema(surface, name));
        Map<String, String> byValue = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(values.size(), constants.size()); i++) {
            byValue.put(values.get(i), constants.get(i));
        }
        return byValue;
    }

    private void values(String oldName, String newName, Pointer place) {
        Map<String, String> old = constants(before, oldName);
        Map<String, String> now = constants(after, newName);
        String oldClass = before.schemas().className(oldName) + ".";
        String java = after.schemas().className(newName) + ".";
        Element oldSchema = schema(before, oldName);
        Element newSchema = schema(after, newName);
        Pointer at = place.child("enum");
        List<String> oldOrder = List.copyOf(old.keySet());
        List<String> newOrder = List.copyOf(now.keySet());
        Pairs values = Pairs.of(oldOrder, newOrder)
                .renaming((a, b) -> Pairs.get(now, b).equals(old.get(a)));
        values.renamed()
                .forEach((a, b) -> comparison.add(
                        "enum-value-wire-case",
                        at,
                        List.of(oldClass + old.get(a)),
                        List.of(java + now.get(b)),
                        Verdict.WIRE,
                        java + now.get(b) + " is read and written as " + b + ", before as " + a));
        Pairs likely = Pairs.of(values.removed(), values.added())
                .renaming((a, b) -> oldOrder.size() == newOrder.size() && oldOrder.indexOf(a) == newOrder.indexOf(b));
        likely.renamed()
                .forEach((a, b) -> comparison.addRename(
                        "enum-value-renamed",
                        at,
                        List.of(oldClass + old.get(a)),
                        List.of(java + now.get(b)),
                        Verdict.BREAKING,
                        oldClass + old.get(a) + " is now " + java + now.get(b)
                                + "; likely a rename, because both have the same position"));
        for (String value : likely.removed()) {
            comparison.add(
                    "enum-value-removed",
                    at,
                    List.of(oldClass + old.get(value)),
                    List.of(),
                    Verdict.BREAKING,
                    oldClass + old.get(value) + " is gone; the value " + value + " is read as an unknown one");
        }
        for (String value : likely.added()) {
            comparison.add(
                    "enum-value-added",
                    at,
                    List.of(),
                    List.of(java + now.get(value)),
                    Verdict.COMPATIBLE,
                    java + now.get(value) + " is new; code that treats unknown values sees a known one");
        }
        legacy(texts(oldSchema, "x-defender-legacy"), texts(newSchema, "x-defender-legacy"), now, java, at);
        finals(texts(oldSchema, "x-defender-final"), texts(newSchema, "x-defender-final"), java, at);
        for (String value : values.kept()) {
            String constant = now.getOrDefault(value, "");
            if (!constant.equals(old.get(value))) {
                comparison.addRename(
                        "enum-value-renamed",
                        at,
                        List.of(oldClass + old.get(value)),
                        List.of(java + constant),
                        Verdict.BREAKING,
                        oldClass + old.get(value) + " is now " + java + constant + "; the value is the same");
            }
        }
    }

    private static List<String> texts(Element schema, String key) {
        return schema.get(key).elements().stream()
                .map(value -> value.node().asText())
                .toList();
    }

    private void legacy(List<String> old, List<String> now, Map<String, String> constants, String java, Pointer place) {
        Pairs pairs = Pairs.of(old, now);
        for (String value : pairs.added()) {
            String name = java + constants.get(value);
            comparison.add(
                    "enum-value-legacy",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.BEHAVIOUR,
                    name + " is no longer written by the service");
        }
        for (String value : pairs.removed()) {
            if (constants.containsKey(value)) {
                String name = java + constants.get(value);
                comparison.add(
                        "enum-value-not-legacy",
                        place,
                        List.of(name),
                        List.of(name),
                        Verdict.BEHAVIOUR,
                        name + " is written by the service again");
            }
        }
    }

    private void finals(List<String> old, List<String> now, String java, Pointer place) {
        if (Set.copyOf(old).equals(Set.copyOf(now))) {
            return;
        }
        String name = java + "isFinal()";
        if (old.isEmpty()) {
            comparison.add("enum-finals", place, List.of(), List.of(name), Verdict.COMPATIBLE, name + " is new");
        } else if (now.isEmpty()) {
            comparison.add("enum-finals", place, List.of(name), List.of(), Verdict.BREAKING, name + " is gone");
        } else {
            comparison.add(
                    "enum-finals",
                    place,
                    List.of(name),
                    List.of(name),
                    Verdict.BEHAVIOUR,
                    name + " is true for " + String.join(", ", now) + ", before for " + String.join(", ", old));
        }
    }

    private void cases(Union old, Union now, String java, Pointer place) {
        comparison.fact(
                "union-discriminator",
                place.child("discriminator").child("propertyName"),
                java,
                Verdict.WIRE,
                old.discriminator(),
                now.discriminator(),
                change -> "The member that selects the case of " + java + ": " + change);
        Map<String, String> oldClasses = new LinkedHashMap<>();
        old.cases()
                .forEach((value, name) -> oldClasses.put(value, before.schemas().className(name)));
        Map<String, String> newClasses = new LinkedHashMap<>();
        now.cases()
                .forEach((value, name) -> newClasses.put(value, after.schemas().className(name)));
        Set<String> gone = new TreeSet<>(oldClasses.values());
        gone.removeIf(name -> newClasses.containsValue(comparison.mapped(name)));
        cases.addAll(gone);
        for (String name : gone) {
            comparison.add(
                    "union-case-removed",
                    place.child("oneOf"),
                    List.of(name),
                    List.of(),
                    Verdict.BREAKING,
                    name + " is no longer a case of " + java + "; its values are read as " + java + ".Unknown");
        }
        Set<String> added = new TreeSet<>(newClasses.values());
        oldClasses.values().forEach(name -> added.remove(comparison.mapped(name)));
        cases.addAll(added);
        for (String name : added) {
            comparison.add(
                    "union-case-added",
                    place.child("oneOf"),
                    List.of(),
                    List.of(name),
                    Verdict.COMPATIBLE,
                    name + " is a new case of " + java + "; its values were " + java + ".Unknown, and a switch over the"
                            + " cases needs a default branch");
        }
        mapping(oldClasses, newClasses, java, place.child("discriminator").child("mapping"));
    }

    private void mapping(Map<String, String> old, Map<String, String> now, String java, Pointer place) {
        Set<String> values = new TreeSet<>(old.keySet());
        values.addAll(now.keySet());
        for (String value : values) {
            String was = comparison.mapped(old.getOrDefault(value, ""));
            String is = now.getOrDefault(value, "");
            boolean known = (was.isEmpty() || now.containsValue(was))
                    && (is.isEmpty()
                            || old.values().stream()
                                    .anyMatch(name -> comparison.mapped(name).equals(is)));
            if (!was.equals(is) && known) {
                comparison.add(
                        "union-mapping",
                        place.child(value),
                        was.isEmpty() ? List.of() : List.of(was),
                        is.isEmpty() ? List.of() : List.of(is),
                        Verdict.WIRE,
                        "The value " + value + " selects " + (is.isEmpty() ? java + ".Unknown" : is) + ", before "
                                + (was.isEmpty() ? java + ".Unknown" : was));
            }
        }
    }

    private void fields(String oldName, String newName) {
        Map<String, String> old = new LinkedHashMap<>();
        before.fields(oldName).forEach((name, type) -> old.put(comparison.mapped(name), comparison.mapped(type)));
        Map<String, String> now = after.fields(newName);
        Pairs fields = Pairs.of(old.keySet(), now.keySet());
        Pointer place = PLACE.child(newName);
        for (String name : fields.removed()) {
            comparison.add(
                    "filterable-removed",
                    place,
                    List.of(name),
                    List.of(),
                    Verdict.BREAKING,
                    name + " is gone; no operation can be filtered by it");
        }
        for (String name : fields.added()) {
            comparison.add("filterable-added", place, List.of(), List.of(name), Verdict.COMPATIBLE, name + " is new");
        }
        for (String name : fields.kept()) {
            String was = old.getOrDefault(name, "");
            String is = now.getOrDefault(name, "");
            if (!was.equals(is)) {
                comparison.add(
                        "filterable-retyped",
                        place,
                        List.of(name),
                        List.of(name),
                        Verdict.ofTypes(was, is),
                        name + " " + was + " -> " + is);
            }
        }
    }
}
