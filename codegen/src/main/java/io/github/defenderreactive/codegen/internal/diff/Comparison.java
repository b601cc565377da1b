package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A comparison of two descriptions. */
public final class Comparison {

    private static final Pattern WORD = Pattern.compile("[\\p{L}_$][\\p{L}\\p{Nd}_$]*");

    private final Surface before;
    private final Surface after;
    private final List<Change> changes = new ArrayList<>();
    private final Map<String, String> classes = new LinkedHashMap<>();

    private Comparison(Surface before, Surface after) {
        this.before = before;
        this.after = after;
    }

    /** Returns the changes, those of the whole description first, then operations, then schemas. */
    public static List<Change> of(Surface before, Surface after) {
        Comparison comparison = new Comparison(before, after);
        SchemaChanges schemas = new SchemaChanges(comparison);
        // Types are compared by their new names.
        schemas.rename();
        new DocumentChanges(comparison).find();
        new OperationChanges(comparison).find();
        schemas.find();
        comparison.findLost();
        return List.copyOf(comparison.changes);
    }

    Surface before() {
        return before;
    }

    Surface after() {
        return after;
    }

    void renamed(String oldClass, String newClass) {
        classes.put(oldClass, newClass);
    }

    /** Returns a type with the new names of classes. */
    String mapped(String type) {
        return WORD.matcher(type)
                .replaceAll(word -> Matcher.quoteReplacement(classes.getOrDefault(word.group(), word.group())));
    }

    void add(String kind, Pointer place, List<String> old, List<String> now, Verdict verdict, String text) {
        changes.add(new Change(kind, place, old, now, false, verdict, text));
    }

    void addRename(String kind, Pointer place, List<String> old, List<String> now, Verdict verdict, String text) {
        changes.add(new Change(kind, place, old, now, true, verdict, text));
    }

    /** Adds a change of one element if a fact of it differs. */
    <T> void fact(
            String kind, Pointer place, String java, Verdict verdict, T old, T now, Function<String, String> text) {
        if (!old.equals(now)) {
            add(kind, place, List.of(java), List.of(java), verdict, text.apply(old + " -> " + now));
        }
    }

    /** Adds a change of documentation if one of the keys differs. */
    void documentation(Pointer place, String java, Element old, Element now, List<String> keys) {
        List<String> different = keys.stream()
                .filter(key -> !old.get(key).node().equals(now.get(key).node()))
                .toList();
        if (!different.isEmpty()) {
            add(
                    "documentation",
                    place,
                    List.of(java),
                    List.of(java),
                    Verdict.COMPATIBLE,
                    "The documentation of " + java + " has changed (" + String.join(", ", different) + ")");
        }
    }

    /**
     * Finds elements that are gone and that no change names. Each change is found in the description, so this is a net
     * below them.
     */
    private void findLost() {
        Map<String, String> now = after.elements();
        Map<String, String> old = new LinkedHashMap<>();
        before.elements().forEach((name, type) -> old.put(mapped(name), mapped(type)));
        TreeSet<String> known = new TreeSet<>();
        changes.stream()
                .filter(change -> change.verdict().source() == Verdict.Source.BREAKING)
                .forEach(change -> change.before().forEach(name -> known.add(mapped(name))));
        old.forEach((name, type) -> {
            String found = now.get(name);
            Verdict verdict = found == null ? Verdict.BREAKING : Verdict.ofTypes(type, found);
            if (!verdict.isCompatible() && known.stream().noneMatch(change -> covers(change, name))) {
                add(
                        found == null ? "java-removed" : "java-retyped",
                        Pointer.ROOT,
                        List.of(name),
                        found == null ? List.of() : List.of(name),
                        verdict,
                        found == null ? name + " is no longer generated" : name + " " + type + " -> " + found);
            }
        });
    }

    /** Returns whether an element is another one, or a part of it; a setter is part of its property. */
    private static boolean covers(String whole, String part) {
        String plain = whole.endsWith("()") ? whole.substring(0, whole.length() - 2) : whole;
        for (String name : List.of(part, part.replace(".Builder.", "."))) {
            boolean inner = name.startsWith(plain)
                    && (name.length() == plain.length()
                            || !Character.isJavaIdentifierPart(name.charAt(plain.length())));
            if (inner) {
                return true;
            }
        }
        return false;
    }
}
