package io.github.defenderreactive.codegen.internal.diff;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.diff.Verdict.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes changes as text. The same changes are the same bytes on every machine. */
public final class Report {

    private static final String DOCUMENTATION = "documentation";
    private static final String TABLE = """
            | Before | After | Affects | Change |
            |---|---|---|---|
            """;

    private final Element before;
    private final Element after;
    private final List<Change> changes;

    /**
     * Creates a report.
     *
     * @param before the root of the old description
     * @param after the root of the new description
     */
    public Report(Element before, Element after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    /** The parts of the report. */
    private enum Part {
        BREAKING("Breaking"),
        WIRE("Changed on the wire"),
        BEHAVIOUR("Changed behaviour"),
        WARNING("Warnings of the compiler"),
        COMPATIBLE("Compatible"),
        DOCUMENTED("Documentation");

        private final String heading;

        Part(String heading) {
            this.heading = heading;
        }

        /** Returns the first part that fits. */
        static Part of(Change change) {
            Verdict verdict = change.verdict();
            if (verdict.isBreaking()) {
                return BREAKING;
            }
            if (verdict.wire()) {
                return WIRE;
            }
            if (verdict.behaviour()) {
                return BEHAVIOUR;
            }
            if (verdict.source() == Source.WARNING) {
                return WARNING;
            }
            return change.kind().equals(DOCUMENTATION) ? DOCUMENTED : COMPATIBLE;
        }
    }

    private static String text(Element root, String key) {
        return root.get("info").get(key).node().asText();
    }

    private long count(Predicate<Verdict> fits) {
        return changes.stream().filter(change -> fits.test(change.verdict())).count();
    }

    /** Returns one line with the numbers of changes. */
    public String summary() {
        if (changes.isEmpty()) {
            return "No changes.";
        }
        return changes.size() + (changes.size() == 1 ? " change" : " changes") + ": source "
                + count(verdict -> verdict.source() == Source.BREAKING) + " breaking and "
                + count(verdict -> verdict.source() == Source.WARNING) + " with a warning, binary "
                + count(verdict -> !verdict.binary()) + " breaking, wire " + count(Verdict::wire)
                + " changed, behaviour " + count(Verdict::behaviour) + " changed, "
                + count(Verdict::isCompatible) + " compatible.";
    }

    /** Returns a Markdown document, the breaking changes first. */
    public String markdown() {
        StringBuilder out = new StringBuilder("# API changes: " + plain(text(after, "title")) + " "
                + plain(text(before, "version")) + " to " + plain(text(after, "version")) + "\n\n" + summary() + "\n");
        for (Part part : Part.values()) {
            List<Change> of =
                    changes.stream().filter(change -> Part.of(change) == part).toList();
            if (!of.isEmpty()) {
                out.append("\n## ").append(part.heading).append("\n\n").append(TABLE);
                of.forEach(change -> out.append("| ")
                        .append(names(change.before()))
                        .append(" | ")
                        .append(names(change.after()))
                        .append(" | ")
                        .append(affects(change.verdict()))
                        .append(" | ")
                        .append(plain(change.text()))
                        .append(". |\n"));
            }
        }
        return out.toString();
    }

    private static String names(List<String> names) {
        return names.isEmpty()
                ? "–"
                : names.stream()
                        .map(name -> "`" + name.replace("|", "\\|").replace("`", "'") + "`")
                        .collect(Collectors.joining("<br>"));
    }

    private static String affects(Verdict verdict) {
        List<String> affects = new ArrayList<>();
        if (verdict.source() != Source.COMPATIBLE) {
            affects.add(verdict.source() == Source.WARNING ? "source (warning)" : "source");
        }
        if (!verdict.binary()) {
            affects.add("binary");
        }
        if (verdict.wire()) {
            affects.add("wire");
        }
        if (verdict.behaviour()) {
            affects.add("behaviour");
        }
        return affects.isEmpty() ? "–" : String.join(", ", affects);
    }

    /** Returns text in one cell of a table, without markup. */
    private static String plain(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("[", "\\[");
    }

    /** Returns the report as a tree with the members in a fixed order. */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        description(root.putObject("before"), before);
        description(root.putObject("after"), after);
        ObjectNode summary = root.putObject("summary");
        summary.put("changes", changes.size());
        summary.put("sourceBreaking", count(verdict -> verdict.source() == Source.BREAKING));
        summary.put("sourceWarning", count(verdict -> verdict.source() == Source.WARNING));
        summary.put("binaryBreaking", count(verdict -> !verdict.binary()));
        summary.put("wireChanged", count(Verdict::wire));
        summary.put("behaviourChanged", count(Verdict::behaviour));
        summary.put("compatible", count(Verdict::isCompatible));
        var list = root.putArray("changes");
        for (Change change : changes) {
            ObjectNode node = list.addObject();
            node.put("kind", change.kind());
            node.put("place", "#" + change.place());
            var old = node.putArray("before");
            change.before().forEach(old::add);
            var now = node.putArray("after");
            change.after().forEach(now::add);
            node.put("likelyRename", change.likelyRename());
            Verdict verdict = change.verdict();
            node.put("source", verdict.source().name().toLowerCase(Locale.ROOT));
            node.put("binary", verdict.binary() ? "compatible" : "breaking");
            node.put("wire", verdict.wire() ? "changed" : "same");
            node.put("behaviour", verdict.behaviour() ? "changed" : "same");
            node.put("text", change.text());
        }
        return root;
    }

    private static void description(ObjectNode node, Element root) {
        node.put("title", text(root, "title"));
        node.put("version", text(root, "version"));
    }
}
