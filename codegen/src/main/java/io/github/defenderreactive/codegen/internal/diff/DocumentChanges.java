package io.github.defenderreactive.codegen.internal.diff;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.view.Surface;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds changes of the document itself and of its groups. */
final class DocumentChanges {

    private static final Pointer TAGS = Pointer.ROOT.child("tags");

    private final Comparison comparison;
    private final Surface before;
    private final Surface after;

    DocumentChanges(Comparison comparison) {
        this.comparison = comparison;
        this.before = comparison.before();
        this.after = comparison.after();
    }

    void find() {
        String entry = after.entry();
        if (!before.entry().equals(entry)) {
            comparison.renamed(before.entry(), entry);
            comparison.addRename(
                    "api-renamed",
                    Pointer.ROOT.child("x-defender-api"),
                    List.of(before.entry()),
                    List.of(entry),
                    Verdict.BREAKING,
                    before.entry() + " is now " + entry + ", because the name of the API has changed");
        }
        comparison.fact(
                "server-moved",
                Pointer.ROOT.child("servers"),
                entry,
                Verdict.BEHAVIOUR,
                servers(before.root()),
                servers(after.root()),
                change -> "The API root " + change + "; programs that configure it themselves are not concerned");
        comparison.fact(
                "security",
                Pointer.ROOT.child("security"),
                entry,
                Verdict.BEHAVIOUR,
                security(before.root()),
                security(after.root()),
                change -> "The authorization of all operations: " + change);
        comparison.documentation(
                Pointer.ROOT.child("info"),
                entry,
                before.root().get("info"),
                after.root().get("info"),
                List.of("title", "summary", "description", Citation.KEY));
        groups();
    }

    private static String servers(Element root) {
        List<String> urls = root.get("servers").elements().stream()
                .map(server -> server.get("url").node().asText())
                .toList();
        return urls.isEmpty() ? "/" : String.join(" or ", urls);
    }

    private static String security(Element root) {
        Set<String> alternatives = new TreeSet<>();
        root.get("security")
                .elements()
                .forEach(alternative -> alternatives.add(
                        String.join(" and ", alternative.members().keySet())));
        return alternatives.isEmpty() ? "none" : String.join(" or ", alternatives);
    }

    private static Map<String, Group> byTag(Surface surface) {
        Map<String, Group> groups = new LinkedHashMap<>();
        surface.groups().forEach(group -> groups.put(group.tag(), group));
        return groups;
    }

    private void groups() {
        Map<String, Group> old = byTag(before);
        Map<String, Group> now = byTag(after);
        Pairs pairs = Pairs.of(old.keySet(), now.keySet())
                .renaming((a, b) -> hasSameOperation(Pairs.get(old, a), Pairs.get(now, b)));
        pairs.both().forEach((a, b) -> compare(Pairs.get(old, a), Pairs.get(now, b)));
        for (String tag : pairs.removed()) {
            String type = Pairs.get(old, tag).type();
            comparison.add(
                    "group-removed",
                    TAGS,
                    List.of(type, accessor(before, Pairs.get(old, tag))),
                    List.of(),
                    Verdict.BREAKING,
                    type + " is gone, because the tag " + tag + " has no operations");
        }
        for (String tag : pairs.added()) {
            String type = Pairs.get(now, tag).type();
            comparison.add(
                    "group-added",
                    TAGS,
                    List.of(),
                    List.of(type, accessor(after, Pairs.get(now, tag))),
                    Verdict.COMPATIBLE,
                    type + " is new");
        }
    }

    private static boolean hasSameOperation(Group a, Group b) {
        return a.operations().stream()
                .anyMatch(one -> b.operations().stream()
                        .anyMatch(other -> one.id().equals(other.id()) || OperationChanges.isSameRequest(one, other)));
    }

    private static String accessor(Surface surface, Group group) {
        return surface.entry() + "." + group.accessor() + "()";
    }

    private void compare(Group old, Group now) {
        String accessor = accessor(after, now);
        if (!old.type().equals(now.type())) {
            comparison.renamed(old.type(), now.type());
            comparison.addRename(
                    "group-renamed",
                    TAGS,
                    List.of(old.type(), accessor(before, old)),
                    List.of(now.type(), accessor),
                    Verdict.BREAKING,
                    old.type() + " is now " + now.type() + "; likely a rename, because it has the same operations");
        } else if (!old.accessor().equals(now.accessor())) {
            comparison.addRename(
                    "group-renamed",
                    TAGS,
                    List.of(accessor(before, old)),
                    List.of(accessor),
                    Verdict.BREAKING,
                    accessor(before, old) + " is now " + accessor);
        }
        if (!old.description().equals(now.description()) && old.tag().equals(now.tag())) {
            comparison.add(
                    "documentation",
                    TAGS,
                    List.of(now.type()),
                    List.of(now.type()),
                    Verdict.COMPATIBLE,
                    "The documentation of " + now.type() + " has changed");
        }
    }
}
