package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One action, applied to its targets. */
final class Application {

    private final ObjectNode document;
    private final Action action;
    private final boolean first;
    private final Consumer<DescriptionException> findings;

    Application(ObjectNode document, Action action, boolean first, Consumer<DescriptionException> findings) {
        this.document = document;
        this.action = action;
        this.first = first;
        this.findings = findings;
    }

    /** The kinds of nodes that can be merged with each other. */
    private enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        SINGLE("a single value");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        static Kind of(JsonNode node) {
            return node.isObject() ? OBJECT : node.isArray() ? LIST : SINGLE;
        }
    }

    private void find(Element at, String finding) {
        findings.accept(at.problem(finding));
    }

    void to(Collection<Match> targets) {
        JsonPath copy = action.copy();
        Element update = action.update();
        if (action.remove()) {
            remove(targets);
        } else if (copy != null) {
            copy(copy, targets);
        } else if (update != null) {
            merge(targets, update);
        }
    }

    private void remove(Collection<Match> targets) {
        IdentityHashMap<ArrayNode, Set<Integer>> indexes = new IdentityHashMap<>();
        for (Match target : targets) {
            Match parent = target.parent();
            if (parent == null) {
                find(
                        action.element().get("target"),
                        "selects the root, which cannot be removed; select nodes below it");
            } else if (parent.node() instanceof ArrayNode array) {
                // The last element is removed first, so that no index moves before it is used.
                indexes.computeIfAbsent(array, key -> new TreeSet<>(Collections.reverseOrder()))
                        .add(Integer.valueOf(target.key()));
            } else if (parent.node() instanceof ObjectNode object) {
                object.remove(target.key());
            }
        }
        indexes.forEach((array, removed) -> removed.forEach(array::remove));
    }

    private void copy(JsonPath path, Collection<Match> targets) {
        Element at = action.element().get("copy");
        List<Match> sources = path.select(document);
        if (sources.size() != 1) {
            find(
                    at,
                    "the source " + path.text() + " selects "
                            + (sources.isEmpty() ? "nothing" : sources.size() + " nodes")
                            + ", and one is copied; correct the path");
            return;
        }
        // A target may be part of the source.
        JsonNode source = sources.get(0).node().deepCopy();
        merge(targets, new Element(source, source, at.place()));
    }

    private void merge(Collection<Match> targets, Element value) {
        Set<Kind> kinds = new TreeSet<>();
        targets.forEach(target -> kinds.add(Kind.of(target.node())));
        if (kinds.size() > 1) {
            find(
                    action.element().get("target"),
                    "selects "
                            + String.join(
                                    " and ",
                                    kinds.stream().map(kind -> kind.text).toList())
                            + ", and an action changes nodes of one kind; write an action for each kind");
            return;
        }
        try {
            targets.forEach(target -> merge(target, value));
        } catch (DescriptionException e) {
            findings.accept(e);
        }
    }

    private void merge(Match target, Element value) {
        Match parent = target.parent();
        if (target.node() instanceof ArrayNode array) {
            append(array, value.node());
        } else if (target.node() instanceof ObjectNode object) {
            requireSame(object, value, target.pointer());
            merge(object, value, target.pointer());
        } else if (first) {
            throw action.element()
                    .get("target")
                    .problem("selects a single value, which is updated since version 1.1; write overlay: 1.1.0, or"
                            + " update the object around it");
        } else if (parent != null) {
            requireSame(target.node(), value, target.pointer());
            if (parent.node() instanceof ArrayNode array) {
                array.set(Integer.parseInt(target.key()), value.node());
            } else if (parent.node() instanceof ObjectNode object) {
                object.set(target.key(), value.node());
            }
        }
    }

    /** Adds the elements of a list, and a value of another kind as one element. */
    private static void append(ArrayNode array, JsonNode value) {
        if (value instanceof ArrayNode more) {
            array.addAll(more.deepCopy());
        } else {
            array.add(value.<JsonNode>deepCopy());
        }
    }

    private static void merge(ObjectNode target, Element value, Pointer place) {
        value.members().forEach((name, member) -> {
            JsonNode old = target.get(name);
            if (old != null) {
                requireSame(old, member, place.child(name));
            }
            if (old instanceof ObjectNode object) {
                merge(object, member, place.child(name));
            } else if (old instanceof ArrayNode array) {
                append(array, member.node());
            } else {
                target.set(name, member.node().deepCopy());
            }
        });
    }

    private static void requireSame(JsonNode target, Element value, Pointer place) {
        Kind kind = Kind.of(target);
        if (Kind.of(value.node()) != kind) {
            throw value.problem("is " + Kind.of(value.node()).text + ", and #" + place + " of the description is "
                    + kind.text + "; write " + kind.text + ", or remove the node with an action before");
        }
    }
}
