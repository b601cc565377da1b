package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A JSONPath query (RFC 9535). */
record JsonPath(String text, List<Segment> segments) {

    /**
     * The selectors between two dots.
     *
     * @param deep whether they apply to all descendants of a node as well
     */
    record Segment(boolean deep, List<Selector> selectors) {

        private void select(Match node, JsonNode root, List<Match> selected) {
            if (deep) {
                Selector.descendants(node, descendant -> children(descendant, root, selected));
            } else {
                children(node, root, selected);
            }
        }

        private void children(Match node, JsonNode root, List<Match> selected) {
            selectors.forEach(selector -> selector.select(node, root, selected::add));
        }
    }

    /**
     * Parses a query.
     *
     * @throws PathException if the text is not a query
     */
    static JsonPath parse(String text) {
        return new PathParser(text).parse();
    }

    /** Returns whether the query selects at most one node of every document. */
    boolean isSingular() {
        return segments.stream()
                .allMatch(segment -> !segment.deep()
                        && segment.selectors().size() == 1
                        && segment.selectors().get(0).isSingular());
    }

    /** Returns the selected nodes, each as often as it is selected. */
    List<Match> select(JsonNode root) {
        return select(root, root);
    }

    /** Returns the nodes that are selected from a node of a document. */
    List<Match> select(JsonNode from, JsonNode root) {
        List<Match> nodes = List.of(Match.root(from));
        for (Segment segment : segments) {
            List<Match> next = new ArrayList<>();
            nodes.forEach(node -> segment.select(node, root, next));
            nodes = next;
        }
        return nodes;
    }
}
