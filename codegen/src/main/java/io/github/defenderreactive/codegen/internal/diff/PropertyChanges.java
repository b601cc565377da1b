package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.description.Spellings;
import io.github.defenderreactive.codegen.internal.view.Surface.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds changes of the members of a model. */
final class PropertyChanges {

    private final Comparison comparison;
    private final Element oldSchema;
    private final Element newSchema;
    private final Map<String, Property> old;
    private final Map<String, Property> now;
    private final String oldClass;
    private final String newClass;
    private final Pointer place;

    PropertyChanges(Comparison comparison, String oldName, String newName, Pointer place) {
        this.comparison = comparison;
        this.place = place.child("properties");
        this.oldSchema = comparison
                .before()
                .schemas()
                .all()
                .getOrDefault(oldName, comparison.before().root());
        this.newSchema = comparison
                .after()
                .schemas()
                .all()
                .getOrDefault(newName, comparison.after().root());
        this.old = comparison.before().properties(oldName);
        this.now = comparison.after().properties(newName);
        this.oldClass = comparison.before().schemas().className(oldName);
        this.newClass = comparison.after().schemas().className(newName);
    }

    private static String accessor(String type, Property property) {
        return type + "." + property.name() + "()";
    }

    void find() {
        Pairs pairs = Pairs.of(old.keySet(), now.keySet());
        Pairs spelled = Pairs.of(pairs.removed(), pairs.added())
                .renaming((a, b) ->
                        Pairs.get(old, a).name().equals(Pairs.get(now, b).name()));
        spelled.renamed().forEach((a, b) -> {
            String name = accessor(newClass, Pairs.get(now, b));
            comparison.add(
                    "member-wire-case",
                    place.child(b),
                    List.of(name),
                    List.of(name),
                    Verdict.WIRE,
                    name + " is read and written as " + b + ", before as " + a);
            compare(a, b);
        });
        Pairs renamed = Pairs.of(spelled.removed(), spelled.added()).renaming(this::isLikelyRename);
        renamed.renamed()
                .forEach((a, b) -> comparison.addRename(
                        "member-renamed",
                        place.child(b),
                        List.of(accessor(oldClass, Pairs.get(old, a))),
                        List.of(accessor(newClass, Pairs.get(now, b))),
                        Verdict.BREAKING,
                        accessor(oldClass, Pairs.get(old, a)) + " is now "
                                + Pairs.get(now, b).name()
                                + "(); likely a rename, because type and position are the same"));
        for (String wire : renamed.removed()) {
            String name = accessor(oldClass, Pairs.get(old, wire));
            comparison.add(
                    "member-removed", place.child(wire), List.of(name), List.of(), Verdict.BREAKING, name + " is gone");
        }
        for (String wire : renamed.added()) {
            Property property = Pairs.get(now, wire);
            String name = accessor(newClass, property);
            comparison.add(
                    "member-added",
                    place.child(wire),
                    List.of(),
                    List.of(name),
                    property.required() ? Verdict.BEHAVIOUR : Verdict.COMPATIBLE,
                    property.required()
                            ? name + " is new and required; " + newClass + ".Builder.build() refuses without " + wire
                            : name + " is new");
        }
        pairs.kept().forEach(wire -> compare(wire, wire));
    }

    /** Returns whether a member has the type and a neighbour of another one. */
    private boolean isLikelyRename(String a, String b) {
        if (!comparison
                .mapped(Pairs.get(old, a).type())
                .equals(Pairs.get(now, b).type())) {
            return false;
        }
        List<String> before = List.copyOf(old.keySet());
        List<String> after = List.copyOf(now.keySet());
        boolean position = before.size() == after.size() && before.indexOf(a) == after.indexOf(b);
        return position
                || neighbour(before, a, -1).equals(neighbour(after, b, -1))
                        && neighbour(before, a, 1).equals(neighbour(after, b, 1));
    }

    private static String neighbour(List<String> names, String name, int step) {
        int index = names.indexOf(name) + step;
        return index < 0 || index >= names.size() ? "" : names.get(index);
    }

    private void compare(String oldWire, String newWire) {
        Property was = Pairs.get(old, oldWire);
        Property is = Pairs.get(now, newWire);
        Pointer at = place.child(newWire);
        String name = accessor(newClass, is);
        Element before = oldSchema.get("properties").get(oldWire);
        Element after = newSchema.get("properties").get(newWire);
        if (!was.name().equals(is.name())) {
            comparison.addRename(
                    "member-renamed",
                    at,
                    List.of(accessor(oldClass, was)),
                    List.of(name),
                    Verdict.BREAKING,
                    accessor(oldClass, was) + " is now " + is.name() + "(); the name on the wire is the same");
        }
        String type = comparison.mapped(was.type());
        if (!type.equals(is.type())) {
            Verdict verdict = Verdict.ofTypes(type, is.type());
            comparison.add(
                    "member-retyped",
                    at,
                    List.of(accessor(oldClass, was)),
                    List.of(name),
                    verdict,
                    name + " " + was.type() + " -> " + is.type()
                            + (verdict.binary() ? "; compiled programs link, and fail when they use an element" : ""));
        }
        flag(is.deprecated(), was.deprecated(), at, name, "member-deprecated", Verdict.WARNING, "is deprecated");
        flag(
                was.deprecated(),
                is.deprecated(),
                at,
                name,
                "member-undeprecated",
                Verdict.COMPATIBLE,
                "is no longer" + " deprecated");
        flag(
                is.secret(),
                was.secret(),
                at,
                name,
                "member-secret",
                Verdict.BEHAVIOUR,
                "is a secret; toString() of " + newClass + " hides " + is.name());
        flag(
                was.secret(),
                is.secret(),
                at,
                name,
                "member-not-secret",
                Verdict.BEHAVIOUR,
                "is no longer a secret;" + " toString() of " + newClass + " shows " + is.name());
        String builder = newClass + ".Builder.build()";
        flag(
                is.required(),
                was.required(),
                at,
                builder,
                "member-required",
                Verdict.BEHAVIOUR,
                "refuses without " + newWire);
        flag(
                was.required(),
                is.required(),
                at,
                builder,
                "member-optional",
                Verdict.COMPATIBLE,
                "no longer refuses" + " without " + newWire);
        comparison.fact(
                "member-constant",
                at,
                newClass + ".Builder",
                Verdict.BEHAVIOUR,
                comparison.mapped(was.start()),
                is.start(),
                change -> "The value of " + is.name() + " that " + newClass + ".Builder starts with: " + change);
        if (was.name().equals(is.name()) && type.equals(is.type())) {
            comparison.fact(
                    "member-alias",
                    at,
                    name,
                    Verdict.BEHAVIOUR,
                    was.result(),
                    is.result(),
                    change -> name + " is taken from " + is.result() + ", before from " + was.result());
        }
        choices(was, is, at);
        spellings(oldWire, newWire, at, name);
        comparison.fact(
                "member-default",
                at,
                name,
                Verdict.BEHAVIOUR,
                text(before),
                text(after),
                change -> "The default of " + name + " that the service documents: " + change);
        comparison.documentation(at, name, before, after, List.of("description", "title", "example", Citation.KEY));
    }

    /** Compares the methods that read a free value as one of its choices. Those of a renamed member are renamed, too. */
    private void choices(Property was, Property is, Pointer at) {
        Pairs methods = Pairs.of(was.choices(), is.choices());
        for (String method : methods.removed()) {
            String name = oldClass + "." + method + "()";
            comparison.add("member-choice-removed", at, List.of(name), List.of(), Verdict.BREAKING, name + " is gone");
        }
        for (String method : methods.added()) {
            String name = newClass + "." + method + "()";
            comparison.add("member-choice-added", at, List.of(), List.of(name), Verdict.COMPATIBLE, name + " is new");
        }
    }

    private static String text(Element property) {
        return property.has("default") ? property.get("default").node().toString() : "none";
    }

    private void flag(
            boolean present, boolean other, Pointer at, String name, String kind, Verdict verdict, String text) {
        if (present && !other) {
            comparison.add(kind, at, List.of(name), List.of(name), verdict, name + " " + text);
        }
    }

    private void spellings(String oldWire, String newWire, Pointer at, String name) {
        List<String> was = new ArrayList<>();
        Spellings.of(oldSchema).of(oldWire).forEach(spelling -> was.add(spelling.literal()));
        List<String> is = new ArrayList<>();
        Spellings.of(newSchema).of(newWire).forEach(spelling -> is.add(spelling.literal()));
        Pairs pairs = Pairs.of(was.subList(1, was.size()), is.subList(1, is.size()));
        if (!pairs.removed().isEmpty() && oldWire.equals(newWire)) {
            comparison.add(
                    "member-spelling-removed",
                    at,
                    List.of(name),
                    List.of(name),
                    Verdict.WIRE,
                    name + " is no longer read from " + String.join(", ", pairs.removed()));
        }
        if (!pairs.added().isEmpty() && oldWire.equals(newWire)) {
            comparison.add(
                    "member-spelling-added",
                    at,
                    List.of(name),
                    List.of(name),
                    Verdict.COMPATIBLE,
                    name + " is also read from " + String.join(", ", pairs.added()));
        }
    }
}
